#!/usr/bin/env bash
# The donor pathway's defaults are those that scripts/fit-donor finds, to the digits that they are given with.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

fit=$("$SOURCE_DIR/scripts/fit-donor")
"$VESICAST" describe --markdown >"$SCRATCH/described.md"
python3 - "$fit" "$SCRATCH/described.md" <<'PY'
import re
import sys

fit, described = sys.argv[1], open(sys.argv[2]).read()


def default(key):
    found = re.search(rf"`cell_type\.\*\.donor\.pathway\.{key}`[^\n]*?([0-9.]+) /h", described)
    assert found, f"no default of {key} in the description"
    return float(found.group(1))


fitted = {"transport": float(re.search(r"k_tr ([0-9.]+)", fit).group(1))}
for name, key in (("ESCRT", "escrt"), ("SYN", "syntenin"), ("CER", "ceramide"), ("TET", "tetraspanin")):
    fitted[key] = float(re.search(rf"{name} ([0-9.]+)", fit).group(1))
for key, value in fitted.items():
    assert abs(default(key) / value - 1.0) < 2e-3, f"{key}: {default(key)} in the program, {value} by the fit"
print("the defaults are the fitted ones:", fitted)
PY
