#!/usr/bin/env bash
# configs/interstitial_flow.toml: regions, an obstacle, vessels, Darcy flow, a face that changes and one that resists. The
# ledger closes with every account in use, tissue and flow are written, and two ranks agree with one to the pressure's
# rounding.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

for ranks in 1 2; do
  launch "$ranks" run "$SOURCE_DIR/configs/interstitial_flow.toml" --set 'run.end="70 min"' --output "$SCRATCH/run_$ranks"
  expect_status 0 "$ranks ranks"
done
for file in fields.pvd interstitium.pvd flow.pvd interstitium/interstitium_000000.pvti flow/flow_000000.pvti; do
  [ -s "$SCRATCH/run_2/$file" ] || fail "the run has no $file"
done
grep -q "Darcy's law solved in" "$SCRATCH/run_1/log.txt" || fail "log.txt does not speak of the flow"
grep -q "900 voxels of obstacles" "$SCRATCH/run_1/log.txt" || fail "log.txt does not speak of the obstacle"

# ledger.csv: time [s],balance,side,account,value,unit
awk -F, '
  $3 == "residual" && $5 > 1e-12 { print $2, "leaves", $5; exit 1 }
  $2 == "exosome from external" { used[$4] = $5 }
  END {
    split("entered,from blood,left,to blood,to lymph,decayed", names, ",")
    for (i in names) if (!(used[names[i]] > 0)) { print "nothing in", names[i]; exit 1 }
  }' "$SCRATCH/run_1/ledger.csv" || fail "the ledger is not what it should be"

# A Krylov solver's sums depend on the cut, so the flow agrees to rounding only, and with it all else.
paste -d, "$SCRATCH/run_1/ledger.csv" "$SCRATCH/run_2/ledger.csv" | awk -F, '
  $3 == "in" || $3 == "pool" || $3 == "fate" {
    d = $5 - $11; if (d < 0) d = -d
    if (d > 1e-9 * (1 + $5)) { print $2, $4, $5, $11; exit 1 }
    ++compared
  }
  END { exit !(compared > 20) }' || fail "two ranks disagree with one"

# With the pressure of the first run nothing is solved, and all ranks have the same bits.
for ranks in 1 3; do
  launch "$ranks" run "$SOURCE_DIR/configs/interstitial_flow.toml" --set 'run.end="70 min"' \
    --set "flow.solved.file=\"$SCRATCH/run_2/flow/flow_000000.pvti\"" --set 'flow.solved.array="pressure [Pa]"' \
    --output "$SCRATCH/stored_$ranks"
  expect_status 0 "the stored pressure on $ranks ranks"
done
grep -q "Darcy's law, pressure from" "$SCRATCH/stored_1/log.txt" || fail "log.txt does not say where the pressure is from"
same_runs "$SCRATCH/stored_1" "$SCRATCH/stored_3"
same_runs "$SCRATCH/stored_1" "$SCRATCH/run_2"
launch 1 run "$SOURCE_DIR/configs/interstitial_flow.toml" --set 'run.end="70 min"' --set 'flow.conductivity="0.02 um^2/Pa/s"' \
  --set "flow.solved.file=\"$SCRATCH/run_2/flow/flow_000000.pvti\"" --set 'flow.solved.array="pressure [Pa]"' \
  --output "$SCRATCH/other_tissue"
expect_status 2 "the pressure of another tissue"
expect_message_once "the given pressure does not solve Darcy's law here"

# The share of fluid from the cells, instead of a number.
launch 2 run "$SOURCE_DIR/configs/interstitial_flow.toml" --set 'run.end="10 min"' \
  --set 'domain.extracellular_fraction="from cells"' --output "$SCRATCH/from_cells"
expect_status 0 "alpha from cells"

# A start from the stationary field: the vesicles that the fluid carries are there at once, and go on as they are.
for ranks in 1 2; do
  launch "$ranks" run "$SOURCE_DIR/configs/interstitial_flow.toml" --set 'run.steady=true' --set 'run.end="10 min"' \
    --output "$SCRATCH/steady_$ranks"
  expect_status 0 "a stationary start on $ranks ranks"
  grep -q "exosome.*: stationary, .* outside cells; [0-9]* iterations" "$SCRATCH/steady_$ranks/log.txt" ||
    fail "log.txt does not speak of the stationary field"
done
paste -d, "$SCRATCH/steady_1/ledger.csv" "$SCRATCH/steady_2/ledger.csv" | awk -F, '
  $3 == "residual" && $5 > 1e-12 { print $2, "leaves", $5; exit 1 }
  $3 == "in" || $3 == "pool" || $3 == "fate" {
    d = $5 - $11; if (d < 0) d = -d
    if (d > 1e-6 * (1 + $5)) { print $2, $4, $5, $11; exit 1 }
  }' || fail "the stationary start depends on the ranks, or its ledger does not close"
cat >"$SCRATCH/ring.toml" <<'CONFIG'
[run]
end = "1 min"
step = "10 s"
steady = true
[domain]
size = ["160 um", "120 um", "80 um"]
voxel = "10 um"
boundary = { x = "periodic" }
[vesicle.exosome]
diffusivity = "0.5 um^2/s"
decay = "0 /h"
[flow]
kind = "uniform"
velocity = ["0.05 um/s", "0 um/s", "0 um/s"]
[cell_type.tumour.donor]
secretion = "60 vesicle/h"
[[tissue.cells]]
type = "tumour"
shape = "domain"
count = 20
CONFIG
launch 2 run "$SCRATCH/ring.toml" --output "$SCRATCH/ring"
expect_status 5 "a flow in a ring from which nothing is removed"
expect_message_once "no stationary field was found"

launch 2 validate "$SOURCE_DIR/configs/interstitial_flow.toml"
expect_status 0 "validate on two ranks"
expect_message_once '900 voxels of region "bone"'
printf 'the ledger closes and two ranks agree with one\n'
