#!/usr/bin/env bash
# The list of planted faults is true: every fault stands once in its file, every file has one, every folder every kind.
# scripts/mutants, which runs by hand, says so where it is not.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

[ -x /usr/bin/python3 ] || skip "scripts/mutants needs /usr/bin/python3"
"$SOURCE_DIR/scripts/mutants" --check || fail "tests/mutants.txt is not true"

copy=$SCRATCH/tree
# refuse MESSAGE: in the copy as it is now, the check says so and ends with 2.
refuse() {
  local out status=0
  out=$("$copy/scripts/mutants" --check 2>&1) || status=$?
  [ "$status" -eq 2 ] || fail "exit code $status instead of 2 where it should say \"$1\": $out"
  grep -qF "$1" <<<"$out" || fail "\"$1\" is not said: $out"
  printf 'said: %s\n' "$1"
}
fresh() {
  rm -rf "$copy"
  mkdir -p "$copy/scripts"
  cp -r "$SOURCE_DIR"/{src,tests} "$copy"
  cp "$SOURCE_DIR/scripts/mutants" "$copy/scripts"
}

fresh
sed -i 's/x \/ (1.0 + x)/(x \/ (x + 1.0))/' "$copy/src/donor/recapture.hpp"
refuse 'the text stands 0 times in src/donor/recapture.hpp: x / (1.0 + x)'
fresh
echo '// x / (1.0 + x)' >>"$copy/src/donor/recapture.hpp"
refuse 'the text stands 2 times in src/donor/recapture.hpp'
fresh
echo 'inline double one() { return 1.0; }' >"$copy/src/recipient/new_process.hpp"
refuse 'src/recipient/new_process.hpp has no fault in tests/mutants.txt'
fresh
echo 'inline double twice(double x) { return 2.0 * x; }' >>"$copy/src/exchange/exchange.hpp"
refuse 'src/exchange/exchange.hpp has code that a fault could be in'
fresh
sed -i 's/^sign: x /dropped: x /; /^sign:/d' "$copy/tests/mutants.txt"
refuse 'no fault of the kind "sign" in src/step'
fresh
printf '[src/donor/recapture.hpp]\nfactor: 1.0 + x => 2.0 + x  # nothing  @ No.Test\n' >>"$copy/tests/mutants.txt"
refuse 'there is no test No.Test'
fresh
printf '[src/recipient/delivery.hpp]\nfactor: step.stays + arrived => 2.0  # cuts\n' >>"$copy/tests/mutants.txt"
refuse 'brackets round the text would change what src/recipient/delivery.hpp computes'
