#!/usr/bin/env bash
# Same bits on any number of ranks, with everything on: several classes, every boundary kind, Poisson release, cargo.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

for ranks in 1 2 3 4 7; do
  launch "$ranks" run "$SOURCE_DIR/tests/data/runs/rank_identity.toml" --output "$SCRATCH/run_$ranks"
  expect_status 0 "$ranks ranks"
done
for ranks in 2 3 4 7; do same_runs "$SCRATCH/run_1" "$SCRATCH/run_$ranks"; done
cat "$SCRATCH/compare"

# The comparison is worth something only if the runs did something, and if another seed is noticed.
grep -q ',back-fused,' "$SCRATCH/run_1/communication.csv" || fail "communication.csv has no delivery"
grep -q ',matrix-bound,' "$SCRATCH/run_1/ledger.csv" || fail "ledger.csv has nothing on the matrix"
grep -q 'Name="matrix-bound exosome \[1/um^3\]"' "$SCRATCH/run_1/fields/fields_000001.pvti" ||
  fail "the fields have nothing on the matrix"
"$VESICAST" validate "$SOURCE_DIR/tests/data/runs/rank_identity.toml" >"$SCRATCH/validated"
grep -q 'K = k_on S/k_off = 2 bound per free vesicle, D/(1 + K) = 0.233 um^2/s' "$SCRATCH/validated" ||
  fail "validate does not say how the matrix slows the exosomes"
launch 2 run "$SOURCE_DIR/tests/data/runs/rank_identity.toml" --set run.seed=21 --output "$SCRATCH/other_seed"
expect_status 0 "another seed"
if "$VESICAST" compare "$SCRATCH/run_1" "$SCRATCH/other_seed" >"$SCRATCH/compare"; then
  fail "two seeds give the same run: nothing random was compared"
fi
# Steps that the program chooses are a function of the state: the same ones everywhere.
for ranks in 1 2 3 4; do
  launch "$ranks" run "$SOURCE_DIR/tests/data/runs/rank_identity.toml" --set run.step=auto --output "$SCRATCH/auto_$ranks"
  expect_status 0 "automatic steps on $ranks ranks"
  expect_message "limited by"
  grep 'steps taken' "$SCRATCH/auto_$ranks/log.txt" | sed 's/.*steps taken/steps taken/' >"$SCRATCH/taken_$ranks"
done
for ranks in 2 3 4; do
  same_runs "$SCRATCH/auto_1" "$SCRATCH/auto_$ranks"
  cmp "$SCRATCH/taken_1" "$SCRATCH/taken_$ranks" || fail "other steps on $ranks ranks than on one"
done
cat "$SCRATCH/taken_1"
tail -n 1 "$SCRATCH/auto_1/series.csv" | grep -q '^7200,' || fail "the run in automatic steps did not end at run.end"

printf 'the same bits on 1, 2, 3, 4 and 7 ranks\n'
