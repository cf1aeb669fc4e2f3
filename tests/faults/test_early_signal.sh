#!/usr/bin/env bash
# A signal that comes as the run begins, before MPI is up or the first step is done: never lost, never a half-made folder
# that nobody can use.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/faults.sh"

straight=$SCRATCH/straight
run=$SCRATCH/run
straight_run "$straight" --set 'run.end="200 min"'

stopped=0
died=0
for milliseconds in 5 20 40 60 80 100 130 160 200 250 300; do
  rm -rf "$run"
  "$VESICAST" run "${SMALL[@]}" --set 'run.end="200 min"' --output "$run" >"$SCRATCH/out" 2>"$SCRATCH/err" </dev/null &
  pid=$!
  sleep "$(printf '0.%03d' "$milliseconds")"
  kill -USR1 "$pid"
  STATUS=0
  wait "$pid" 2>/dev/null || STATUS=$?
  if [ "$STATUS" -eq 138 ]; then  # the loader was at work, and nothing has happened yet
    [ ! -e "$run" ] || fail "it died of a signal after $milliseconds ms with a folder"
    died=$((died + 1))
    continue
  fi
  expect_status 3 "a signal after $milliseconds ms"
  expect_message 'by SIGUSR1; go on with: vesicast resume'
  stopped=$((stopped + 1))
  [ $((stopped % 3)) -eq 1 ] || continue
  launch 2 resume "$run"
  expect_status 0 "resumed"
  same_runs "$straight" "$run"
done
[ "$stopped" -ge 5 ] || fail "only $stopped runs were stopped in order"
printf 'a signal within 0.3 s: %s runs stopped in order, %s before the program had begun\n' "$stopped" "$died"
