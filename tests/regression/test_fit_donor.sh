#!/usr/bin/env bash
# The donor pathway's defaults are those that scripts/fit-donor finds, to the digits that they are given with.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

fit=$("$SOURCE_DIR/scripts/fit-donor")

# fitted NAME: the number behind NAME in what the fit printed.
fitted() {
  sed -n "s/.*\<$1 \([0-9.]*\).*/\1/p" <<<"$fit" | head -n 1
}

# same NAME KEY: is the default of KEY, per hour, what was fitted?
same() {
  local default
  default=$("$VESICAST" describe "cell_type.*.donor.pathway.$2" | sed -n 's/^ *default *"\([0-9.]*\) \/h"$/\1/p')
  [ -n "$default" ] || fail "no default of $2 per hour"
  awk -v d="$default" -v f="$(fitted "$1")" 'BEGIN { exit !(f > 0 && d / f < 1.002 && d / f > 0.998) }' ||
    fail "$2 is $default /h by default, $(fitted "$1") by the fit"
}

same k_tr transport
same ESCRT escrt
same SYN syntenin
same CER ceramide
same TET tetraspanin
same k_endo endocytosis
