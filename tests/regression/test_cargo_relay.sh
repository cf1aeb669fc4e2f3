#!/usr/bin/env bash
# configs/cargo_relay.toml, shortened and with a quicker response: fibroblasts near the nodule become CAFs and no others, copies
# are delivered and sent on, their field is written, every rank count gives the same bits, and the resolved config runs again.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

short=(--set 'run.end="4 h"' --set 'run.step="5 min"' --set 'output.cells.every="4 h"' --set 'output.fields.every="4 h"'
  --set 'cell_type.fibroblast.response.SMAD7.decay="2 /h"' --set cell_type.fibroblast.response.SMAD7.half=20)
for ranks in 1 2; do
  launch "$ranks" run "$SOURCE_DIR/configs/cargo_relay.toml" "${short[@]}" --output "$SCRATCH/run_$ranks"
  expect_status 0 "$ranks ranks"
done
! grep -q 'no cell is a "CAF"' "$SCRATCH/run_1/log.txt" || fail "the log warns of a type that cells become"
same_runs "$SCRATCH/run_1" "$SCRATCH/run_2"
launch 1 run "$SCRATCH/run_1/config.toml" --output "$SCRATCH/again"
expect_status 0 "the resolved config"
same_runs "$SCRATCH/run_1" "$SCRATCH/again"

# communication.csv: vesicle,donor,recipient,kind,route,amount,unit,class
awk -F, '
  $1 == "miR-21 in exosome" && ($5 == "fused" || $5 == "back-fused") { to[$3] += $6; from[$2] += $6; if ($7 != "copies") exit 1 }
  $1 == "exosome" && $3 == "CAF" && $5 == "bound" { caf += $6 }
  END {
    if (!(to["fibroblast"] > 0) || !(to["CAF"] > 0) || !(caf > 0)) { print "no copies for fibroblasts or no CAFs"; exit 1 }
    if (!(from["fibroblast"] > 0)) { print "nothing is sent on"; exit 1 }
    if (!(from["tumour"] > 10 * from["fibroblast"])) { print "more is sent on than is sent"; exit 1 }
  }' "$SCRATCH/run_1/communication.csv" || fail "communication.csv is not what it should be"
# ledger.csv: time [s],balance,side,account,value,unit
awk -F, '
  $2 == "miR-21" && $3 == "residual" { seen = 1; if ($5 > 1e-12) exit 1 }
  $2 == "miR-21" { value[$4] = $5 }
  END { exit !(seen && value["synthesised"] > 0 && value["carried"] > 0 && value["digested in the donor"] > 0) }' \
  "$SCRATCH/run_1/ledger.csv" || fail "the ledger of the miRNA is not what it should be"
grep -qF 'Name="miR-21 in exosome [1/um^3]"' "$SCRATCH/run_1/fields/fields_000001.pvti" || fail "the copies are no field"
grep -qF 'Name="secreted miR-21 in exosome [copies]"' "$SCRATCH/run_1/cells/cells_000001.pvtp" || fail "no copies per cell"

[ -x /usr/bin/python3 ] || skip "the rest needs /usr/bin/python3"
/usr/bin/python3 "$SOURCE_DIR/scripts/summary" "$SCRATCH/run_1" >"$SCRATCH/summary" || fail "scripts/summary fails"
for text in "copies  " "in vesicles that were released now" "miR-21 in exosome: " "digested in the donor"; do
  grep -qF "$text" "$SCRATCH/summary" || { cat "$SCRATCH/summary"; fail "the summary does not say \"$text\""; }
done
/usr/bin/python3 -c 'import numpy, matplotlib, vtk' 2>/dev/null || skip "drawing needs numpy, matplotlib and vtk for /usr/bin/python3"
/usr/bin/python3 "$SOURCE_DIR/scripts/picture" "$SCRATCH/run_1" --vesicle "miR-21 in exosome" --output "$SCRATCH/picture.png" ||
  fail "scripts/picture fails"
[ "$(head -c 8 "$SCRATCH/picture.png" | od -An -tx1 | tr -d ' \n')" = 89504e470d0a1a0a ] || fail "the picture is no PNG"
