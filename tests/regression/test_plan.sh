#!/usr/bin/env bash
# The cut by weights, what `plan` says of it, and a scaling study: numbers that fit each other, and bad options.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

cat >"$SCRATCH/nodule.toml" <<'TOML'
# A heavy spheroid beside the middle of an empty box.
[run]
end = "2 min"
step = "30 s"
[domain]
size = ["320 um", "320 um", "320 um"]
voxel = "10 um"
[vesicle.exosome]
diffusivity = "0.8 um^2/s"
[cell_type.tumour.donor.pathway]
[cell_type.tumour.recipient]
[[tissue.cells]]
shape = "spheroid"
centre = ["100 um", "100 um", "100 um"]
radius = "80 um"
type = "tumour"
density = "5e8 /ml"
[output]
fields = { every = "1 min" }
cells = { every = "1 min" }
TOML

# Any cut gives the same bits; the weighted one is evener and says so.
launch 8 run "$SCRATCH/nodule.toml" --output "$SCRATCH/weighted" --log-timing
expect_status 0 "the weighted cut"
expect_message "ranks differ from their predicted share by up to"
line=$(grep -E '^cut ' "$SCRATCH/out") || fail "the log does not tell the cut"
weighted=$(sed -nE 's/.* has ([0-9.]+) times the mean.*/\1/p' <<<"$line")
uniform=$(sed -nE 's/.*uniform cut: ([0-9.]+)\).*/\1/p' <<<"$line")
awk -v w="$weighted" -v u="$uniform" 'BEGIN { exit !(w < 1.5 && u > 1.5 && w < u) }' || fail "not evener: $line"
launch 8 run "$SCRATCH/nodule.toml" --set 'run.cut="uniform"' --output "$SCRATCH/uniform"
expect_status 0 "the uniform cut"
expect_message "2 x 2 x 2 ranks, uniform"
same_runs "$SCRATCH/weighted" "$SCRATCH/uniform"
# A run that is taken up again is cut anew, and may be cut otherwise.
for cut in weighted uniform; do
  cp -r "$SCRATCH/uniform" "$SCRATCH/further_$cut"
  launch 3 resume "$SCRATCH/further_$cut" --set run.end="4 min" --set "run.cut=\"$cut\""
  expect_status 0 "resume with the $cut cut"
done
expect_message "uniform"
launch 1 run "$SCRATCH/nodule.toml" --set run.end="4 min" --output "$SCRATCH/straight"
same_runs "$SCRATCH/straight" "$SCRATCH/further_weighted"
same_runs "$SCRATCH/straight" "$SCRATCH/further_uniform"

# The plan: a line per number of ranks, and the command for one of them.
launch 1 plan "$SCRATCH/nodule.toml" --ranks 1,2,8,64,512
expect_status 0 "plan"
for ranks in 1 2 8 64 512; do
  grep -qE "^ +$ranks +[0-9]+ x [0-9]+ x [0-9]+ +[0-9.]+ " "$SCRATCH/out" || fail "plan says nothing of $ranks ranks"
done
grep -qE '^[0-9]+ ranks?: (mpirun -n [0-9]+ )?vesicast run ' "$SCRATCH/out" || fail "plan suggests no command"
expect_message "extrapolated"
launch 1 plan "$SCRATCH/nodule.toml" --ranks 1,4 --json
expect_status 0 "plan --json"
/usr/bin/python3 - "$SCRATCH/out" <<'PY' || fail "plan --json does not add up"
import json, math, sys
plan = json.load(open(sys.argv[1]))
one, four = plan["ranks"]
assert plan["voxels"] == 32768 and plan["steps"] == 4, plan
assert one["ranks"] == 1 and one["messages"] == 0 and one["efficiency"] == 1 and not one["extrapolated"], one
assert four["ranks"] == 4 and four["messages"] > 0 and math.prod(four["cut"]) == 4 and four["extrapolated"], four
assert four["memory_bytes"] < one["memory_bytes"] and four["step_s"] < one["step_s"], plan
assert abs(four["efficiency"] - one["step_s"] / (4 * four["step_s"])) < 1e-9, plan
PY
# This machine, kept for later.
launch 2 plan "$SCRATCH/nodule.toml" --ranks 1,2 --measure --machine "$SCRATCH/machine.json"
expect_status 0 "plan --measure"
expect_message "a step on 2 ranks takes"
if grep -qE '^ +2 .*\*' "$SCRATCH/out"; then fail "two ranks were measured and are said to be extrapolated"; fi
launch 1 plan "$SCRATCH/nodule.toml" --ranks 2,4 --machine "$SCRATCH/machine.json"
expect_status 0 "plan with the machine's numbers"
expect_message "a step on 2 ranks takes"
# Bad options.
launch 1 plan "$SCRATCH/nodule.toml" --ranks 0
expect_status 2 "no ranks"
launch 1 plan "$SCRATCH/nodule.toml" --ranks 40000
expect_status 2 "more ranks than voxels"
expect_message "the largest count that works is"
launch 1 plan "$SCRATCH/nodule.toml" --ranks 2 --machine "$SCRATCH/nodule.toml"
expect_status 2 "another file than a machine's"
expect_message "not the numbers of a machine"
launch 1 plan "$SCRATCH/nodule.toml" --efficiency 2
expect_status 2 "an efficiency of 2"
launch 1 plan "$SCRATCH/missing.toml"
expect_status 2 "no configuration"

# A scaling study, strong and weak.
[ -x /usr/bin/python3 ] || exit 0
study() { /usr/bin/python3 "$SOURCE_DIR/scripts/scaling_study" "$@" >"$SCRATCH/out" 2>"$SCRATCH/err" </dev/null; }
launcher="$MPIEXEC -n {ranks}"
study prepare "$SCRATCH/nodule.toml" --ranks 1,2 --steps 5 --repeat 2 --launcher "$launcher" --vesicast "$VESICAST" \
  --folder "$SCRATCH/strong" || { show_output; fail "scaling_study prepare"; }
study run "$SCRATCH/strong" || { show_output; fail "scaling_study run"; }
study collect "$SCRATCH/strong" || { show_output; fail "scaling_study collect"; }
[ "$(wc -l <"$SCRATCH/strong/scaling.csv")" -eq 3 ] || fail "scaling.csv has not a line per number of ranks"
sed -e 's/"spheroid"/"domain"/; /^centre\|^radius\|^density/d; $!b' -e '' "$SCRATCH/nodule.toml" >"$SCRATCH/full.toml"
sed -i 's/^type = "tumour"$/type = "tumour"\ncount = 300/' "$SCRATCH/full.toml"
study prepare "$SCRATCH/full.toml" --weak --ranks 1,4 --steps 5 --repeat 1 --launcher "$launcher" --vesicast "$VESICAST" \
  --folder "$SCRATCH/weak" || { show_output; fail "scaling_study prepare --weak"; }
study run "$SCRATCH/weak" || { show_output; fail "scaling_study run, weak"; }
grep -qE 'cells +1200$' "$SCRATCH/weak/4/run_1/log.txt" || fail "four ranks have not four times the cells"
grep -qE '\(131072 voxels\)' "$SCRATCH/weak/4/run_1/log.txt" || fail "four ranks have not four times the voxels"
study collect "$SCRATCH/weak" || { show_output; fail "scaling_study collect, weak"; }
if study prepare "$SCRATCH/nodule.toml" --weak --ranks 1,2 --vesicast "$VESICAST" --folder "$SCRATCH/no"; then
  fail "a spheroid cannot be repeated"
fi
grep -q 'shape = "domain" only' "$SCRATCH/err" || { show_output; fail "no reason why"; }
if study prepare "$SCRATCH/full.toml" --ranks 1 --vesicast "$VESICAST" --folder "$SCRATCH/weak"; then
  fail "a folder that holds something was taken"
fi
echo "cut, plan and scaling study agree: imbalance $uniform of the uniform cut, $weighted of the weighted"
