# shellcheck shell=bash
# What tests/faults share beside program.sh: a small run that writes everything it can, faults at its calls to the
# operating system (fault_at_call.cpp), and whether it is taken up to the same bits.
# In memory where there is room: these tests wait for the disk thousands of times.
if [ -z "${TMPDIR:-}" ] && [ -w /dev/shm ] && [ "$(df -Pk /dev/shm | awk 'NR == 2 { print $4 }')" -gt 524288 ]; then
  export TMPDIR=/dev/shm
fi
source "$(dirname "${BASH_SOURCE[0]}")/program.sh"

FAULT_AT_CALL=${FAULT_AT_CALL:-$(dirname "$VESICAST")/tests/libfault_at_call.so}
[ -f "$FAULT_AT_CALL" ] || skip "there is no $FAULT_AT_CALL; build the target fault_at_call"

# Every process on; outputs, rows and checkpoints at times of their own.
SMALL=("$SOURCE_DIR/tests/data/config/every_process.toml" --set 'run.end="16 min"' --set 'checkpoint.every="4 min"'
  --set 'output.fields.every="5 min"' --set 'output.cells.every="10 min"' --set 'output.series.every="2 min"')

# straight_run FOLDER [ARGUMENT...]: the run that nothing happens to.
straight_run() {
  local folder=$1
  shift
  launch 1 run "${SMALL[@]}" "$@" --output "$folder"
  expect_status 0 "the run that nothing happens to"
}

# struck RANKS RUN COMMAND...: the program with the fault that FAULT_AT, FAULT_KIND and FAULT_RANK name. RANKS 0: without
# a launcher. What it was that the fault struck goes to STRUCK; not to meet it is an error.
struck() {
  local ranks=$1 run=$2 launcher=()
  shift 2
  rm -f "$SCRATCH/struck"
  export FAULT_FOLDER=$run FAULT_STRUCK=$SCRATCH/struck FAULT_AT FAULT_KIND FAULT_RANK=${FAULT_RANK:-}
  [ "$ranks" -eq 0 ] || launcher=("$MPIEXEC" -n "$ranks")
  STATUS=0
  # In a shell of its own, which says "Killed" to nobody.
  ("${launcher[@]}" env LD_PRELOAD="$FAULT_AT_CALL" "$VESICAST" "$@" >"$SCRATCH/out" 2>"$SCRATCH/err" </dev/null
    exit $?) 2>/dev/null || STATUS=$?
  unset FAULT_FOLDER FAULT_STRUCK FAULT_AT FAULT_KIND FAULT_RANK
  STRUCK=$(head -n 1 "$SCRATCH/struck" 2>/dev/null | cut -d ' ' -f 2-) || true
  if [ -z "$STRUCK" ]; then
    show_output
    fail "the fault at $FAULT_AT did not come"
  fi
}

# calls_of RUN COMMAND...: every call that writes in RUN, a line each "NUMBER CALL PATH", in $SCRATCH/trace.
calls_of() {
  local run=$1
  shift
  rm -f "$SCRATCH/trace"
  env -u FAULT_AT -u FAULT_KIND -u FAULT_RANK FAULT_FOLDER="$run" FAULT_TRACE="$SCRATCH/trace" LD_PRELOAD="$FAULT_AT_CALL" \
    "$VESICAST" "$@" >"$SCRATCH/out" 2>"$SCRATCH/err" </dev/null || { show_output; fail "the run whose calls are listed"; }
  [ -s "$SCRATCH/trace" ] || fail "no calls were seen"
}

# one_of_each RUN first|last: of $SCRATCH/trace the first or last call of each kind: numbers of outputs and checkpoints
# aside, the same call on the same file.
one_of_each() {
  awk -v run="$1" -v which="$2" '{
    kind = $2 " " substr($3, length(run) + 2)
    gsub(/[0-9]+/, "#", kind)
    if (!(kind in at)) order[++kinds] = kind
    if (!(kind in at) || which == "last") at[kind] = $1
  } END { for (i = 1; i <= kinds; ++i) print at[order[i]] }' "$SCRATCH/trace"
}

# some N: leaves every Nth of $SCRATCH/points, others on every day of the year.
some() {
  awk -v n="$1" -v day="$(date +%j)" '(NR + day) % n == 0' "$SCRATCH/points" >"$SCRATCH/some"
  mv "$SCRATCH/some" "$SCRATCH/points"
}

# checkpoints RUN: how many have their final name.
checkpoints() {
  { ls "$1/checkpoints" 2>/dev/null || true; } | grep -cv tmp || true
}

# goes_on RANKS RUN STRAIGHT WHAT: resumed, or where there was no checkpoint yet begun anew, the run comes to the bits of
# STRAIGHT, and nothing half-written is left.
goes_on() {
  local ranks=$1 run=$2 straight=$3 what=$4 before left
  before=$(checkpoints "$run")
  if [ "$before" -gt 0 ]; then
    launch "$ranks" resume "$run"
    expect_status 0 "$what: resumed"
  else
    launch "$ranks" run "${SMALL[@]}" --output "$run" --overwrite
    expect_status 0 "$what: begun anew"
  fi
  same_runs "$straight" "$run"
  grep -q 'the last checkpoint' "$SCRATCH/compare" || fail "$what: no checkpoints were compared"
  left=$(find "$run" -name '*.tmp' -o -name run.lock)
  [ -z "$left" ] || fail "$what: left behind: $left"
  RESUMED=$before
}
