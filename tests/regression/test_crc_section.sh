#!/usr/bin/env bash
# The real section of configs/crc_section.toml, shortened: same bits on 1, 2, 3 and 4 ranks.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

table=$SOURCE_DIR/../shared/data/crc_codex_reg009.csv
[ -f "$table" ] || skip "the cell table $table is not here"

for ranks in 1 2 3 4; do
  launch "$ranks" run "$SOURCE_DIR/configs/crc_section.toml" --set 'run.end="1 h"' --set 'output.fields.every="30 min"' \
    --set 'output.cells.every="30 min"' --output "$SCRATCH/run_$ranks"
  expect_status 0 "$ranks ranks"
done
for ranks in 2 3 4; do same_runs "$SCRATCH/run_1" "$SCRATCH/run_$ranks"; done
cat "$SCRATCH/compare"

# Every row of the table but the two NA is a cell of the run.
[ "$(grep -c . "$table")" -eq 2435 ] || fail "the table does not have its 2434 rows"
grep -qE '2,?432' "$SCRATCH/run_1/log.txt" || fail "log.txt does not speak of 2432 cells"
printf 'the same bits on 1, 2, 3 and 4 ranks\n'
