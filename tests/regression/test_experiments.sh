#!/usr/bin/env bash
# scripts/experiments: the quickest experiments give the rows that docs/experiments.md shows, and a donor that hardly docks is
# called a miss.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"
[ -x /usr/bin/python3 ] || skip "the table needs /usr/bin/python3"
export VESICAST
experiments=$SOURCE_DIR/scripts/experiments
page=$SOURCE_DIR/docs/experiments.md

"$experiments" --only rab27 --only snare --only collagen >"$SCRATCH/table" 2>"$SCRATCH/err" || {
  cat "$SCRATCH/table" "$SCRATCH/err" >&2
  fail "scripts/experiments fails"
}
grep '^|' "$SCRATCH/table" >"$SCRATCH/rows" || fail "no table is printed"
awk -F' *[|] *' '
  NF != 8 { print "no row of six columns:", $0; exit 1 }
  NR > 2 && $2 !~ /^[*][*]`/ {
    if ($4 != "" && $7 !~ /^(agrees|[*][*]misses[*][*]|direction only(, outside the range)?|no verdict)$/) { print "no verdict:", $0; exit 1 }
    ++rows
  }
  END { if (rows < 15) { print "only", rows, "rows"; exit 1 } }' "$SCRATCH/rows" || fail "the table is not what it should be"
while read -r row; do
  grep -qxF -e "$row" "$page" || fail "docs/experiments.md has no row \"$row\"; scripts/experiments --write"
done <"$SCRATCH/rows"

# verdict OF: the last column of the row that begins so.
verdict() {
  awk -F' *[|] *' -v name="$1" 'index($2, name) == 1 { print $7 }' "$SCRATCH/rows"
}
[ "$(verdict 'vesicles, RAB27A')" = agrees ] || fail "RAB27A does not agree, though its weight is set from the experiment"
[ "$(verdict 'MVBs at the periphery, RAB27B')" = "direction only" ] || fail "RAB27B does not lower the MVBs at the periphery"
[ "$(verdict 'MVBs, SNAP23 lost')" = "direction only" ] || fail "the number of MVBs follows the SNAREs"

# The same with a program that takes nearly all docking away: nothing agrees by itself.
cat >"$SCRATCH/without_docking" <<PROGRAM
#!/usr/bin/env bash
exec "$VESICAST" "\$@" --set 'cell_type.RAB27A.donor.pathway.docking="0.001 /h"'
PROGRAM
chmod +x "$SCRATCH/without_docking"
VESICAST=$SCRATCH/without_docking "$experiments" --only rab27 2>/dev/null | grep '^|' >"$SCRATCH/rows" || fail "no table"
[ "$(verdict 'vesicles, RAB27A')" = "**misses**" ] || fail "a donor whose MVBs do not dock is not called a miss"

VESICAST=/bin/false "$experiments" --only collagen >/dev/null 2>&1 && fail "a program that fails is not noticed"
"$experiments" --only no_such_thing >/dev/null 2>&1 && fail "an unknown experiment is not refused"
"$experiments" --only rab27 --write >/dev/null 2>&1 && fail "a part of the table would be written down"
for name in $(sed -n 's/^    "\([a-z0-9_]*\)": .*/\1/p' "$SOURCE_DIR/tests/experiments/report.py"); do
  grep -qF -e "| **\`$name\`**" "$page" || fail "docs/experiments.md does not show $name"
done
echo "the experiments give what docs/experiments.md shows"
