#!/usr/bin/env bash
# Only code for wide vectors is compiled for processors that have them: every function that the linker could pick from
# these objects in the place of another's has such a vector in its name.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

build=$(dirname "$VESICAST")
found=0
for level in v3 v4; do
  while IFS= read -r -d '' object; do
    found=$((found + 1))
    others=$(nm -C "$object" | awk '$2 ~ /^[WVu]$/ || $2 == "T"' | grep -v -e "__vector(" -e "step_donors_$level" \
      -e "DW.ref" || true)
    if [ -n "$others" ]; then
      echo "compiled for $level, and used anywhere:"
      echo "$others"
      exit 1
    fi
  done < <(find "$build" -name "donor_cells_$level.cpp.o" -print0)
done
[ "$found" -eq 2 ] || skip "the objects of this build are not in $build"
echo "no other code is compiled for wide vectors"
