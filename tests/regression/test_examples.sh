#!/usr/bin/env bash
# Every configuration that is shipped is a good one. crc_section.toml needs a table beside the repository and has its own test.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

checked=0
for config in "$SOURCE_DIR"/configs/*.toml "$SOURCE_DIR"/configs/experiments/*.toml; do
  [ "$(basename "$config")" != crc_section.toml ] || continue
  [ -e "$config" ] || continue
  launch 1 validate "$config"
  expect_status 0 "$config"
  # None of what io/config/warn_of_*.cpp finds hardly meant.
  ! grep -E '^warning: (cell_type\.|perturbation\..*activity:|.*(stops at 1|outside 4 to 8))' "$SCRATCH/out" || fail "$config"
  checked=$((checked + 1))
done
[ "$checked" -ge 6 ] || fail "only $checked configurations were found"
echo "$checked configurations are good"
