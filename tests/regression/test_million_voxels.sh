#!/usr/bin/env bash
# A million voxels and a hundred thousand cells, a hundred steps on two ranks, within 4 GiB in all.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

launch 2 run "$SOURCE_DIR/benchmarks/million_voxels.toml" --output "$SCRATCH/run" --log-timing
expect_status 0 "the run"
for part in transport cells output; do
  grep -qE "^ *$part .* ms" "$SCRATCH/out" || fail "--log-timing does not report $part"
done
grep -q '^100 steps' "$SCRATCH/out" || fail "not 100 steps"
grep -q '1000000 voxels' "$SCRATCH/out" || fail "not a million voxels"
grep -qE '^cells +100000$' "$SCRATCH/out" || fail "not a hundred thousand cells"
peak=$(sed -nE 's/.* ([0-9]+) MiB on all.*/\1/p' "$SCRATCH/out")
[ "$peak" -lt 4096 ] || fail "$peak MiB is more than 4 GiB"
grep -E 'transport|cells  |ledger|output|peak' "$SCRATCH/out"
