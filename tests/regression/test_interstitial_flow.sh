#!/usr/bin/env bash
# configs/interstitial_flow.toml: regions, an obstacle, vessels, Darcy flow, a face that changes and one that resists. The
# ledger closes with every account in use, tissue and flow are written, and three ranks agree with one to the last bit,
# from a stationary start too.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

for ranks in 1 3; do
  launch "$ranks" run "$SOURCE_DIR/configs/interstitial_flow.toml" --set 'run.end="70 min"' --output "$SCRATCH/run_$ranks"
  expect_status 0 "$ranks ranks"
done
for file in fields.pvd interstitium.pvd flow.pvd interstitium/interstitium_000000.pvti flow/flow_000000.pvti; do
  [ -s "$SCRATCH/run_3/$file" ] || fail "the run has no $file"
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

same_runs "$SCRATCH/run_1" "$SCRATCH/run_3"

# With the pressure of the first run nothing is solved, to the same bits.
launch 2 run "$SOURCE_DIR/configs/interstitial_flow.toml" --set 'run.end="70 min"' \
  --set "flow.solved.file=\"$SCRATCH/run_3/flow/flow_000000.pvti\"" --set 'flow.solved.array="pressure [Pa]"' \
  --output "$SCRATCH/stored_2"
expect_status 0 "the stored pressure"
grep -q "Darcy's law, pressure from" "$SCRATCH/stored_2/log.txt" || fail "log.txt does not say where the pressure is from"
same_runs "$SCRATCH/stored_2" "$SCRATCH/run_1"
launch 1 run "$SOURCE_DIR/configs/interstitial_flow.toml" --set 'run.end="70 min"' --set 'flow.conductivity="0.02 um^2/Pa/s"' \
  --set "flow.solved.file=\"$SCRATCH/run_3/flow/flow_000000.pvti\"" --set 'flow.solved.array="pressure [Pa]"' \
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
same_runs "$SCRATCH/steady_1" "$SCRATCH/steady_2"
awk -F, '$3 == "residual" && $5 > 1e-12 { print $2, "leaves", $5; exit 1 }' "$SCRATCH/steady_1/ledger.csv" ||
  fail "the ledger of the stationary start does not close"
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
printf 'the ledger closes and three ranks agree with one\n'
