#!/usr/bin/env bash
# configs/quickstart.toml, shortened: vesicles leave the nodule, more than 10 % of the uptake falls on cells that are no
# donors, the ledger closes, and summary and picture can be made.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

run=$SCRATCH/run
launch 2 run "$SOURCE_DIR/configs/quickstart.toml" --set 'run.end="4 h"' --output "$run"
expect_status 0 "quickstart on 2 ranks"

# communication.csv: vesicle,donor,recipient,kind,route,amount,unit,class
awk -F, '
  NR > 1 && $4 == "uptake" { all += $6; if ($3 != $2) others += $6 }
  END {
    if (all <= 0) { print "nothing was taken up"; exit 1 }
    printf "%.1f %% of the uptake falls on cells that are no donors\n", 100 * others / all
    exit !(others > 0.1 * all)
  }' "$run/communication.csv" || fail "too little of the uptake falls on cells that are no donors"

[ -x /usr/bin/python3 ] || skip "the rest needs /usr/bin/python3"
/usr/bin/python3 "$SOURCE_DIR/scripts/summary" "$run" || fail "scripts/summary fails"
/usr/bin/python3 -c 'import numpy, matplotlib, vtk' 2>/dev/null || skip "drawing needs numpy, matplotlib and vtk for /usr/bin/python3"
/usr/bin/python3 "$SOURCE_DIR/scripts/picture" "$run" --output "$SCRATCH/picture.png" || fail "scripts/picture fails"
[ "$(head -c 8 "$SCRATCH/picture.png" | od -An -tx1 | tr -d ' \n')" = 89504e470d0a1a0a ] || fail "the picture is no PNG"
