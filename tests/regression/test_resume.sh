#!/usr/bin/env bash
# A run that is stopped goes on to the bits of the run that was not; what may stop it, what may change, whose a folder is.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

config=$SOURCE_DIR/tests/data/config/every_process.toml
outputs=(--set 'output.fields.every="20 min"' --set 'output.cells.every="30 min"' --set 'output.series.every="36 s"')

# --- on other numbers of ranks, again and again, in each way of stepping: 1 -> 4 -> 3 -> 2
for way in 'run.step="20 s"' 'run.step="auto"' 'run.mode="stochastic-release"'; do
  rm -rf "$SCRATCH/straight" "$SCRATCH/run"
  launch 2 run "$config" --set "$way" "${outputs[@]}" --output "$SCRATCH/straight"
  expect_status 0 "a run that is not stopped ($way)"
  launch 1 run "$config" --set "$way" "${outputs[@]}" --set 'run.end="700 s"' --output "$SCRATCH/run"
  expect_status 0 "$way"
  ranks=(4 3 2)
  for end in 1901 2500 3600; do
    launch "${ranks[0]}" resume "$SCRATCH/run" --set "run.end=\"$end s\"" --set 'checkpoint.every="2 min"'
    expect_status 0 "resumed to $end s on ${ranks[0]} ranks ($way)"
    ranks=("${ranks[@]:1}")
  done
  same_runs "$SCRATCH/straight" "$SCRATCH/run"
  grep -q 'the last checkpoint' "$SCRATCH/compare" || fail "no checkpoints were compared"
done
[ "$(python3 -c "import json; print(len(json.load(open('$SCRATCH/run/provenance.json'))['earlier']))")" -eq 3 ] ||
  fail "provenance.json does not have the three earlier attempts"

# --- outputs and checkpoints change no step
for way in 'run.step="20 s"' 'run.step="auto"'; do
  rm -rf "$SCRATCH"/seven "$SCRATCH"/ten
  launch 1 run "$config" --set "$way" --set 'output.series.every="7 min"' --output "$SCRATCH/seven"
  launch 1 run "$config" --set "$way" --set 'output.series.every="10 min"' --set 'checkpoint.every="3 min"' \
    --output "$SCRATCH/ten"
  "$VESICAST" compare "$SCRATCH/seven" "$SCRATCH/ten" >"$SCRATCH/compare" || true
  if grep -q '^checkpoint' "$SCRATCH/compare"; then
    fail "with $way the times of outputs change the state: $(grep '^checkpoint' "$SCRATCH/compare" | head -1)"
  fi
  grep -q 'the last checkpoint' "$SCRATCH/compare" || fail "no checkpoints were compared"
  [ "$(tail -1 "$SCRATCH/seven/series.csv")" = "$(tail -1 "$SCRATCH/ten/series.csv")" ] || fail "$way: other last rows"
done

"$VESICAST" run "$config" --set run.seed=6 --output "$SCRATCH/seed" >"$SCRATCH/out"
"$VESICAST" run "$config" --set run.seed=5 --output "$SCRATCH/fixed" >"$SCRATCH/out"
"$VESICAST" compare "$SCRATCH/fixed" "$SCRATCH/seed" >"$SCRATCH/compare" && fail "two seeds give the same run"
grep -q '^checkpoint "cells/secreted' "$SCRATCH/compare" || fail "compare does not see that two checkpoints differ"

# --- the newest checkpoint is damaged: the older one is used, and what is kept then is not lost to it
launch 2 run "$config" --set 'run.end="10 min"' --output "$SCRATCH/damaged"
cp -r "$SCRATCH/damaged/checkpoints/000000000030" "$SCRATCH/older"
launch 2 resume "$SCRATCH/damaged" --set 'run.end="20 min"'
expect_status 0 "a later end"
mv "$SCRATCH/older" "$SCRATCH/damaged/checkpoints/000000000030"
printf 'x' | dd of="$SCRATCH/damaged/checkpoints/000000000060/manifest" bs=1 seek=2000 conv=notrunc status=none
launch 3 resume "$SCRATCH/damaged" --set 'run.end="13 min"' --set checkpoint.keep=1
expect_status 0 "from the older checkpoint"
expect_message 'checksum does not hold'
expect_message 'an older checkpoint is used'
[ "$(ls "$SCRATCH/damaged/checkpoints")" = 000000000039 ] || fail "kept: $(ls "$SCRATCH/damaged/checkpoints")"
launch 1 resume "$SCRATCH/damaged" --set 'run.end="1 h"'
expect_status 0 "to the end"
launch 2 run "$config" --output "$SCRATCH/whole"
same_runs "$SCRATCH/whole" "$SCRATCH/damaged"

# --- a later end, where the last step was cut: the run that would have been run at once
launch 2 run "$config" --set 'run.end="1810 s"' --set 'output.series.every="5 min"' --output "$SCRATCH/short"
expect_status 0 "an end that cuts a step"
[ "$(tail -1 "$SCRATCH/short/series.csv" | cut -d, -f1)" = 1810 ] || fail "the last step is not cut to the end"
launch 3 resume "$SCRATCH/short"
expect_status 0 "resuming what has ended"
expect_message 'has reached its end'
launch 3 resume "$SCRATCH/short" --set 'run.end="40 min"'
expect_status 0 "a later end"
launch 1 run "$config" --set 'run.end="40 min"' --set 'output.series.every="5 min"' --output "$SCRATCH/long"
same_runs "$SCRATCH/long" "$SCRATCH/short"

# --- what may not change
launch 1 resume "$SCRATCH/short" --set run.seed=6 --set 'cell_type.first.radius="7.5 um"' --set 'run.end="1 h"'
expect_status 2 "another configuration"
expect_message 'run.seed = 6, was 5'
expect_message 'cell_type.first.radius = "7.5 um", was "7 um"'
launch 1 resume "$SCRATCH/short" --set 'run.end="10 min"'
expect_status 2 "an end that is past"
expect_message 'the run is at 2400 s already'
launch 1 resume "$SCRATCH/short" --set 'run.end="1 h"' -- -ts_type rk
expect_status 2 "other PETSc options"
launch 1 resume "$SCRATCH/nowhere"
expect_status 2 "no such run"

# --- what stops a run: a file, the time on the wall, a signal
long=(--set 'run.end="200 h"')
begin() {
  "$MPIEXEC" -n 2 "$VESICAST" "$@" >"$SCRATCH/out" 2>"$SCRATCH/err" </dev/null &
  job=$!
}
await() {
  for _ in $(seq 200); do
    if [ -e "$1" ]; then return; fi
    sleep 0.1
  done
  show_output
  fail "there is no $1"
}
ended() {
  STATUS=0
  wait "$job" || STATUS=$?
}
begin run "$config" "${long[@]}" --output "$SCRATCH/stopped"
await "$SCRATCH/stopped/series.csv"
# Meanwhile the folder is its own, with --overwrite or without.
"$VESICAST" run "$config" --output "$SCRATCH/stopped" --overwrite >"$SCRATCH/second" 2>&1 && fail "a second run into it"
grep -q 'belongs to a run that goes on: process [0-9]* on host' "$SCRATCH/second" || fail "it does not say whose it is"
"$VESICAST" resume "$SCRATCH/stopped" >"$SCRATCH/second" 2>&1 && fail "a second run of it"
touch "$SCRATCH/stopped/STOP"
ended
expect_status 3 "the file STOP"
expect_message 'by the file STOP; go on with: vesicast resume'
[ ! -e "$SCRATCH/stopped/run.lock" ] || fail "the lock is still there"
begin resume "$SCRATCH/stopped"
sleep 2
kill -USR1 "$job"
ended
expect_status 3 "SIGUSR1"
expect_message 'by SIGUSR1'
grep -q '"stopped_by": "SIGUSR1"' "$SCRATCH/stopped/provenance.json" || fail "provenance.json does not say what stopped it"
from=$(date +%s)
launch 2 resume "$SCRATCH/stopped" --max-walltime '4 s'
expect_status 3 "--max-walltime"
[ $(($(date +%s) - from)) -le 6 ] || fail "--max-walltime 4 s took $(($(date +%s) - from)) s"
launch 1 run "$config" --output "$SCRATCH/stopped"
expect_status 2 "into a folder of a run that can go on"
expect_message 'the run in it can go on: vesicast resume'
launch 1 run "$config" --set 'run.end="1 min"' --output "$SCRATCH/stopped" --overwrite
expect_status 0 "--overwrite"
[ -d "$SCRATCH/stopped.before-1/checkpoints" ] || fail "the run that could go on was not moved aside"
launch 1 run "$config" --set 'run.end="1 min"' --output "$SCRATCH/stopped" --overwrite
expect_status 0 "--overwrite of a run that has ended"
[ ! -e "$SCRATCH/stopped.before-2" ] || fail "a run that has ended was moved aside"

mkdir "$SCRATCH/theirs"
printf 'mine' >"$SCRATCH/theirs/run.lock"
for more in "" --overwrite; do
  launch 1 run "$config" --set 'run.end="1 min"' --output "$SCRATCH/theirs" $more
  expect_status 2 "a run.lock that is somebody else's"
  [ "$(cat "$SCRATCH/theirs/run.lock")" = mine ] || fail "it was written over"
done

# --- a launcher that starts programs which do not find each other
STATUS=0
SLURM_PROCID=1 SLURM_STEP_NUM_TASKS=4 "$VESICAST" run "$config" --output "$SCRATCH/alone" >"$SCRATCH/out" 2>&1 || STATUS=$?
expect_status 2 "four programs that know nothing of each other"
[ ! -e "$SCRATCH/alone" ] || fail "one of them wrote something"
SLURM_PROCID=0 SLURM_STEP_NUM_TASKS=4 launch 1 run "$config" --set 'run.end="1 min"' --output "$SCRATCH/alone"
expect_status 0 "mpirun -n 1 in a larger allocation"

# --- a reader that goes away ends no run
"$VESICAST" run "$config" --set 'run.end="5 min"' --output "$SCRATCH/piped" | head -1 >/dev/null
grep -q '"exit_status": 0' "$SCRATCH/piped/provenance.json" || fail "a closed pipe ended the run"

# --- the folder needs nothing else
mkdir "$SCRATCH/here"
cp "$SOURCE_DIR"/configs/measured_cells.* "$SCRATCH/here"
launch 1 run "$SCRATCH/here/measured_cells.toml" --set 'run.end="5 min"' --set 'output.series.every="1 min"' \
  --output "$SCRATCH/own"
expect_status 0 "a run from a table"
cp -r "$SCRATCH/own" "$SCRATCH/moved"
rm -r "$SCRATCH/here"
for run in own moved; do
  launch 3 resume "$SCRATCH/$run" --set 'run.end="10 min"'
  expect_status 0 "without the table it was made from: $run"
done
same_runs "$SCRATCH/own" "$SCRATCH/moved"
printf 'stopped, killed, moved and taken further: the same bits\n'
