#!/usr/bin/env bash
# Wrong input on two ranks: exit 2, said once, nothing written.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"
small=$SOURCE_DIR/tests/data/runs/small.toml
run=$SCRATCH/run

# refused WHAT MESSAGE ARGUMENT...: on two ranks, without a trace.
refused() {
  local what=$1 message=$2
  shift 2
  launch 2 "$@"
  expect_status 2 "$what"
  expect_message_once "$message"
  [ ! -e "$run" ] || fail "$what: something was written"
  printf 'refused: %s\n' "$what"
}

# --- the config
sed -e 's/^end = .*/end = "30"/' -e 's/diffusivity/diffusivty/' "$small" >"$SCRATCH/bad.toml"
refused "a bare number where a unit is due" 'bad.toml:3:' run "$SCRATCH/bad.toml" --output "$run"
expect_message_once 'did you mean "diffusivity"'
printf '[run\nend = "1 h"\n' >"$SCRATCH/broken.toml"
refused "no TOML" 'broken.toml:1:' run "$SCRATCH/broken.toml" --output "$run"
refused "no such config" "$SCRATCH/none.toml" run "$SCRATCH/none.toml" --output "$run"
refused "a wrong override" '--set' run "$small" --set 'run.stp="1 s"' --output "$run"
refused "a wrong override, in validate" 'run.step' validate "$small" --set 'run.step="1 um"'

keeps=(--set 'cargo.miR-21.decay="0 /h"' --set 'cell_type.tumour.cargo.miR-21.synthesis="1 /h"'
  --set 'vesicle.exosome.diameter="100 nm"' --set 'cell_type.tumour.cargo.miR-21.sorting=0')
refused "a cargo that does not settle, in validate" 'cargo "miR-21" of "tumour" does not settle' validate "$small" "${keeps[@]}"
refused "a cargo that does not settle" 'cargo "miR-21" of "tumour" does not settle' run "$small" "${keeps[@]}" --output "$run"

{
  sed -e '/^\[cell_type/,$d' "$small"
  printf '[cell_type.tumour.donor.pathway]\nautophagy = "0 /h"\n'
  for rate in k_lys k_fus; do printf '[[perturbation]]\nrate = "%s"\nfactor = 0\n' "$rate"; done
} >"$SCRATCH/blocked.toml"
blocked='cell type "tumour", perturbed by rate k_lys times 0 and rate k_fus times 0: the donor pathway does not settle'
refused "a perturbed pathway that does not settle, in validate" "$blocked" validate "$SCRATCH/blocked.toml"
refused "a perturbed pathway that does not settle" "$blocked" run "$SCRATCH/blocked.toml" --output "$run"

refused "a factor that no table describes" 'unknown factor "cytokine"' run "$small" \
  --set 'cell_type.tumour.factor.cytokine.secretion="60 molecules/h"' --output "$run"
refused "size bins without a diameter" 'vesicle.EV.diameter:' run "$small" --set 'vesicle.EV.size_bins=3' --output "$run"
refused "an unknown preset" 'did you mean "carcinoma"' run "$small" --set 'cell_type.tumour.preset=carcinom' --output "$run"
refused "a preset that is not there" 'none.toml' run "$small" --set 'cell_type.tumour.preset=./none.toml' --output "$run"

# --- the table
{
  sed '/^\[\[tissue/,/^$/d' "$small"
  printf '[[tissue.cells]]\nfile = "cells.csv"\n'
} >"$SCRATCH/table.toml"
refused "no such table" "cells.csv" run "$SCRATCH/table.toml" --output "$run"
printf 'x,y,z,type\n40,40,30,tumour\n41,40,30,tumor\n42,4O,30,tumour\n400,40,30,tumour\n' >"$SCRATCH/cells.csv"
refused "a bad table" "cells.csv:4" run "$SCRATCH/table.toml" --output "$run"
expect_message_once '"tumor"'

# --- ranks: 2 x 2 x 2 voxels on 11 ranks
tiny=(--set 'domain.size=["20 um", "20 um", "20 um"]' --set 'tissue.cells.0.centre=["10 um", "10 um", "10 um"]')
launch 11 run "$small" "${tiny[@]}" --output "$run"
expect_status 2 "more ranks than voxels"
expect_message_once "the largest count that works is 8"
[ ! -e "$run" ] || fail "too many ranks: something was written"

# --- the command line
refused "an unknown command" "unknown command" simulate "$small"
refused "an unknown option" "--ovrwrite" run "$small" --ovrwrite --output "$run"
refused "no config" "CONFIG" run
refused "an unknown key" "diffusivity" describe vesicle.exosome.diffusivty
refused "an unknown example" "quickstrt" example quickstrt
refused "no run folder" "$SCRATCH" compare "$SCRATCH" "$SCRATCH"

# --- PETSc's own options, after --
for ranks in 0 2; do  # 0: without a launcher
  STATUS=0
  launcher=()
  [ "$ranks" -eq 0 ] || launcher=("$MPIEXEC" -n "$ranks")
  "${launcher[@]}" "$VESICAST" run "$small" --output "$run" -- -ts_type cn -ksp_type cg -pc_type jacobi -ksp_rtol 1e-10 \
    >"$SCRATCH/out" 2>"$SCRATCH/err" </dev/null || STATUS=$?
  expect_status 0 "PETSc's Crank-Nicolson on $ranks ranks"
  grep -q '"integrator": "cn"' "$run/provenance.json" || fail "provenance.json does not name the integrator in use"
  rm -r "$run"
done
launch 2 run "$small" --output "$run" -- -ts_type cn -ksp_type cg -pc_type none -ksp_max_it 1 -ksp_rtol 1e-13
expect_status 5 "a solver that fails"
expect_message "cn"
grep -q '"exit_status": 5' "$run/provenance.json" || fail "provenance.json does not record the failure"
rm -r "$run"
launch 2 run "$small" --output "$run" -- -ts_type rk -ts_max_steps 2 -ts_dt 0.1 -ts_adapt_type none
expect_status 5 "a step that is not finished"
rm -r "$run"
STATUS=0
"$VESICAST" describe >/dev/full 2>"$SCRATCH/err" || STATUS=$?
expect_status 4 "a full standard output"
refused "an unknown -ts_type" "no_such_type" run "$small" --output "$run" -- -ts_type no_such_type
