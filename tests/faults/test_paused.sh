#!/usr/bin/env bash
# A rank that stops for a while (SIGSTOP, SIGCONT: a suspended job, a machine that swaps) changes no bit, in a step, in an
# output and in a checkpoint; nor does a whole job that is suspended.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/faults.sh"

straight=$SCRATCH/straight
run=$SCRATCH/run
straight_run "$straight"

# held POINT RANK: a run of three ranks, RANK of which stops at POINT for a second and a half.
held() {
  rm -rf "$run" "$SCRATCH/struck"
  FAULT_FOLDER=$run FAULT_STRUCK=$SCRATCH/struck FAULT_AT=$1 FAULT_KIND=pause FAULT_RANK=$2 \
    "$MPIEXEC" -n 3 env LD_PRELOAD="$FAULT_AT_CALL" "$VESICAST" run "${SMALL[@]}" --set output.writers=3 --output "$run" \
    >"$SCRATCH/out" 2>"$SCRATCH/err" </dev/null &
  local launcher=$! child
  for _ in $(seq 300); do
    if [ -s "$SCRATCH/struck" ]; then break; fi
    sleep 0.05
  done
  [ -s "$SCRATCH/struck" ] || { show_output; fail "no rank stopped at $1"; }
  sleep 1.5
  kill -0 "$launcher" || fail "the run did not wait"
  for child in $(pgrep -P "$launcher"); do kill -CONT "$child"; done
  STATUS=0
  wait "$launcher" || STATUS=$?
  expect_status 0 "rank $2 stopped at $1"
  same_runs "$straight" "$run"
  printf 'rank %s stopped at %s: no difference\n' "$2" "$1"
}
held 'write */series.csv 5' 0
held 'write */fields_000002/piece_0001.vti.tmp' 1
held 'write */000000000024.tmp/data 9' 0

# --- all of a job at once, twice
rm -rf "$run"
"$MPIEXEC" -n 2 "$VESICAST" run "${SMALL[@]}" --set 'run.end="2 h"' --output "$run" >"$SCRATCH/out" 2>"$SCRATCH/err" </dev/null &
job=$!
for _ in $(seq 300); do
  if [ -e "$run/checkpoints" ]; then break; fi
  sleep 0.05
done
for _ in 1 2; do
  for child in $(pgrep -P "$job"); do kill -STOP "$child"; done
  sleep 1
  for child in $(pgrep -P "$job"); do kill -CONT "$child"; done
  sleep 0.2
done
STATUS=0
wait "$job" || STATUS=$?
expect_status 0 "a job that was suspended twice"
launch 1 run "${SMALL[@]}" --set 'run.end="2 h"' --output "$SCRATCH/two_hours"
same_runs "$SCRATCH/two_hours" "$run"
printf 'a job that was suspended twice: no difference\n'
