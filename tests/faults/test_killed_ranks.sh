#!/usr/bin/env bash
# One of several ranks gets SIGKILL in a step, in a checkpoint, in an output, or mpirun gets SIGTERM or SIGKILL: the
# launcher ends all with 137 or its own code, resume says what happened, and the run comes to the same bits.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/faults.sh"

straight=$SCRATCH/straight
run=$SCRATCH/run
straight_run "$straight"

# killed_at RANK POINT KIND WHAT: on three ranks, all of which write.
killed_at() {
  rm -rf "$run"
  FAULT_AT=$2 FAULT_KIND=$3 FAULT_RANK=$1 struck 3 "$run" run "${SMALL[@]}" --set output.writers=3 --output "$run"
  expect_status 137 "$4"
  grep -q '"exit_status": null' "$run/provenance.json" || fail "$4: provenance.json gives an exit status"
  after_a_kill "$4"
}

# after_a_kill WHAT: what resume says and makes of it.
after_a_kill() {
  goes_on 2 "$run" "$straight" "$1"
  [ "$RESUMED" -gt 0 ] || fail "$1: no checkpoint was there"
  expect_message 'was killed: it left no exit status'
  expect_message 'A launcher says 137'
  grep -q 'was killed: it left no exit status' "$run/log.txt" || fail "$1: log.txt does not say it"
  grep -q '"stopped_by": "killed"' "$run/provenance.json" || fail "$1: provenance.json does not say it of the earlier attempt"
  printf '%s\n' "$1"
}

killed_at 0 'write */000000000036.tmp/data 40' half 'rank 0 in a checkpoint'
killed_at 0 'rename */000000000036' kill 'rank 0 as a checkpoint gets its name'
killed_at 0 'write */fields_000002/piece_0000.vti.tmp' half 'rank 0 in an output'
killed_at 1 'write */fields_000002/piece_0001.vti.tmp' half 'rank 1 in an output'
killed_at 2 'rename */cells_000001/piece_0002.vtp' kill 'rank 2 as an output gets its name'
killed_at 0 'write */series.csv 6' half 'rank 0 in a row of series.csv'

# --- a rank that only sends: rank 0 is held in its checkpoint, or in a step, and another is killed
begin() {
  local point=$1
  shift
  rm -rf "$run" "$SCRATCH/struck"
  FAULT_FOLDER=$run FAULT_STRUCK=$SCRATCH/struck FAULT_AT=$point FAULT_KIND=pause FAULT_RANK=0 \
    "$MPIEXEC" -n 3 env LD_PRELOAD="$FAULT_AT_CALL" "$VESICAST" run "${SMALL[@]}" "$@" --output "$run" \
    >"$SCRATCH/out" 2>"$SCRATCH/err" </dev/null &
  launcher=$!
  for _ in $(seq 300); do
    if [ -s "$SCRATCH/struck" ]; then break; fi
    sleep 0.05
  done
  [ -s "$SCRATCH/struck" ] || { show_output; fail "the run did not come to $point"; }
}
# rank_of NUMBER: the process of a rank of the launcher's.
rank_of() {
  local child
  for child in $(pgrep -P "$launcher"); do
    if tr '\0' '\n' <"/proc/$child/environ" | grep -qx "OMPI_COMM_WORLD_RANK=$1"; then printf '%s\n' "$child"; fi
  done
}
ended() {
  STATUS=0
  wait "$launcher" 2>/dev/null || STATUS=$?
}
for where in 'write */000000000036.tmp/data 2|a checkpoint' 'write */series.csv 8|a step'; do
  begin "${where%|*}"
  first=$(rank_of 0)
  kill -KILL "$(rank_of 2)"
  kill -CONT "$first"
  ended
  expect_status 137 "rank 2 killed in ${where#*|}"
  after_a_kill "rank 2 in ${where#*|}"
done

# --- mpirun itself
straight_run "$SCRATCH/long" --set 'run.end="3 h"'
begin 'write */series.csv 8' --set 'run.end="3 h"'
kill -TERM "$launcher"
kill -CONT "$(rank_of 0)" || true
ended
[ "$STATUS" -ne 0 ] || fail "a run whose mpirun got SIGTERM ends with 0"
code=$STATUS
if grep -q '"exit_status": 3' "$run/provenance.json"; then
  grep -q '"stopped_by": "SIGTERM"' "$run/provenance.json" || fail "provenance.json does not say SIGTERM"
fi
goes_on 3 "$run" "$SCRATCH/long" "mpirun got SIGTERM"
expect_message 'the last attempt'
printf 'mpirun got SIGTERM: exit code %s\n' "$code"

begin 'write */series.csv 8'
mapfile -t ranks < <(pgrep -P "$launcher")
kill -KILL "$launcher"
ended
# Its ranks have lost their launcher: they end by themselves, or nobody misses them.
for rank in "${ranks[@]}"; do kill -KILL "$rank" 2>/dev/null || true; done
for rank in "${ranks[@]}"; do while kill -0 "$rank" 2>/dev/null; do sleep 0.05; done; done
after_a_kill "mpirun got SIGKILL"
