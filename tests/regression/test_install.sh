#!/usr/bin/env bash
# An installed tree works by itself, away from the source.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

cmake --install "$(dirname "$VESICAST")" --prefix "$SCRATCH/installed" >"$SCRATCH/log" || { cat "$SCRATCH/log"; fail "cmake --install"; }
VESICAST=$SCRATCH/installed/bin/vesicast
cd "$SCRATCH"
"$VESICAST" --version | grep -q '^vesicast ' || fail "--version"
"$VESICAST" example | grep -q '^quickstart' || fail "the examples are not listed"
"$VESICAST" example quickstart >/dev/null
launch 2 run quickstart.toml --output run --set 'run.end="5 min"' --set 'output.fields.every="0 s"'
expect_status 0 "an installed program's run"
[ -e run/series.csv ] || fail "no series.csv"
[ -e "$SCRATCH/installed/share/vesicast/configs/quickstart.toml" ] || fail "the configurations are not installed"
echo "installed, and runs"
