# shellcheck shell=bash
# What the shell tests share: the program under test, a scratch folder that goes at the end, runs and their checks.
# ctest sets VESICAST, SOURCE_DIR, MPIEXEC and KERNEL_COMPILER; by hand the release build is taken:
#   bash tests/regression/test_quickstart.sh

SOURCE_DIR=${SOURCE_DIR:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
VESICAST=${VESICAST:-$SOURCE_DIR/build/release/vesicast}
MPIEXEC=${MPIEXEC:-mpirun}
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1
export OMPI_MCA_hwloc_base_binding_policy=none OMPI_MCA_mpi_yield_when_idle=1 OMPI_MCA_btl_vader_single_copy_mechanism=none

SCRATCH=$(mktemp -d)
trap 'rm -rf "$SCRATCH"' EXIT

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

skip() {
  printf 'skipped: %s\n' "$*"
  exit 77
}

# launch RANKS ARGUMENT...: the program on that many ranks. What it prints goes to $SCRATCH/out and $SCRATCH/err, its exit
# code to STATUS.
launch() {
  local ranks=$1
  shift
  STATUS=0
  "$MPIEXEC" -n "$ranks" "$VESICAST" "$@" >"$SCRATCH/out" 2>"$SCRATCH/err" </dev/null || STATUS=$?
}

show_output() {
  cat "$SCRATCH/out" "$SCRATCH/err" >&2
}

# expect_status CODE WHAT: the last launch ended with that code.
expect_status() {
  if [ "$STATUS" -ne "$1" ]; then
    show_output
    fail "$2: exit code $STATUS instead of $1"
  fi
}

# expect_message TEXT: the last launch printed it.
expect_message() {
  if ! grep -qF -e "$1" "$SCRATCH/out" "$SCRATCH/err"; then
    show_output
    fail "nothing printed says \"$1\""
  fi
}

# expect_message_once TEXT: on one line, however many ranks there are.
expect_message_once() {
  local count
  count=$(cat "$SCRATCH/out" "$SCRATCH/err" | grep -cF -e "$1" || true)
  if [ "$count" -ne 1 ]; then
    show_output
    fail "\"$1\" is printed $count times instead of once"
  fi
}

# same_runs A B: the tables by byte, fields by voxel, cells by id.
same_runs() {
  local table
  for table in series.csv ledger.csv communication.csv; do
    cmp "$1/$table" "$2/$table" || fail "$table of $1 and $2 differ"
  done
  "$VESICAST" compare "$1" "$2" >"$SCRATCH/compare" 2>&1 || {
    cat "$SCRATCH/compare" >&2
    fail "vesicast compare $1 $2 finds a difference"
  }
}

# fingerprint DIR: checksum of every file in it, by name.
fingerprint() {
  (cd "$1" && find . -type f -print0 | sort -z | xargs -0 sha256sum)
}
