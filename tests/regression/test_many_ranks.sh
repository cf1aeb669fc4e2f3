#!/usr/bin/env bash
# The same bits on 1, 7, 16 and 64 ranks, on a small grid, with everything on; few files whatever their number.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

config=$SOURCE_DIR/tests/data/runs/rank_identity.toml
for ranks in 1 7 16 64; do
  launch "$ranks" run "$config" --set run.end="10 min" --output "$SCRATCH/run_$ranks"
  expect_status 0 "$ranks ranks"
done
for ranks in 7 16 64; do same_runs "$SCRATCH/run_1" "$SCRATCH/run_$ranks"; done
cat "$SCRATCH/compare"
# one writer, whatever the ranks: two files per kind of output and time, and less than 50 beside them
files=$(find "$SCRATCH/run_64" -type f | wc -l)
times=$(find "$SCRATCH/run_64/fields" "$SCRATCH/run_64/cells" -name '*.pvt[ip]' | wc -l)
[ "$files" -le $((50 + 2 * times)) ] || fail "$files files of $times outputs"
[ "$files" -eq "$(find "$SCRATCH/run_1" -type f | wc -l)" ] || fail "64 ranks write another number of files than one"
# and from 64 ranks to 5
launch 5 resume "$SCRATCH/run_64" --set run.end="20 min"
expect_status 0 "resume"
launch 1 run "$config" --set run.end="20 min" --output "$SCRATCH/straight"
same_runs "$SCRATCH/straight" "$SCRATCH/run_64"
echo "the same bits on 1, 7, 16 and 64 ranks, $files files"
