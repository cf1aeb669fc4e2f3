#!/usr/bin/env bash
# A run that is killed at a call that writes, each kind of call in turn: nothing older is lost, and it comes to the same
# bits as the run that nothing happened to. So is a resumed one. By default at each third kind of call; with `all` at the
# first and the last of every kind, and before and in the middle of each write:
#   bash tests/faults/test_killed_at_calls.sh [all]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/faults.sh"

all=${1:-}
straight=$SCRATCH/straight
run=$SCRATCH/run
straight_run "$straight"

calls_of "$run" run "${SMALL[@]}" --output "$run"
one_of_each "$run" last >"$SCRATCH/points"
if [ "$all" = all ]; then one_of_each "$run" first >>"$SCRATCH/points"; else some 3; fi
total=$(tail -n 1 "$SCRATCH/trace" | cut -d ' ' -f 1)
points=0
anew=0
while read -r number; do
  call=$(awk -v n="$number" '$1 == n { print $2 }' "$SCRATCH/trace")
  kinds=(kill)
  if [ "$call" = write ]; then kinds=(half); fi
  if [ "$call" = write ] && [ "$all" = all ]; then kinds=(kill half); fi
  for kind in "${kinds[@]}"; do
    rm -rf "$run"
    FAULT_AT=$number FAULT_KIND=$kind struck 0 "$run" run "${SMALL[@]}" --output "$run"
    expect_status 137 "killed at $STRUCK"
    whole=$(checkpoints "$run")
    if [ -f "$run/provenance.json" ] && [ "$whole" -eq 0 ]; then
      # Nothing to go on from: the messages say what can be done.
      "$VESICAST" resume "$run" >"$SCRATCH/out" 2>&1 && fail "$STRUCK: resumed from nothing"
      expect_message 'has no checkpoint to go on from; begin anew'
    fi
    goes_on 1 "$run" "$straight" "killed at $STRUCK"
    if [ "$RESUMED" -gt 0 ]; then
      grep -q 'the last attempt.*was killed: it left no exit status\|ended at t = 960 s, exit code 0\|has reached its end' "$SCRATCH/out" ||
        fail "killed at $STRUCK: resume does not say what happened"
    else
      anew=$((anew + 1))
    fi
    points=$((points + 1))
  done
done <"$SCRATCH/points"
[ "$points" -ge 20 ] || fail "only $points kinds of calls were found among $total"
printf '%s of %s calls, killed at each: %s begun anew, the others resumed, no difference\n' "$points" "$total" "$anew"

# --- killed while it is taken up again: what is taken back, and what is written first
FAULT_AT='write */checkpoints/*8.tmp/data 5' FAULT_KIND=kill struck 0 "$run-2" run "${SMALL[@]}" --output "$run-2"
expect_status 137 "killed in the last checkpoint"
rm -rf "$run"
cp -r "$run-2" "$run"
calls_of "$run" resume "$run"
one_of_each "$run" first | head -n 30 >"$SCRATCH/points"
[ "$all" = all ] || some 2
points=0
while read -r number; do
  rm -rf "$run"
  cp -r "$run-2" "$run"
  FAULT_AT=$number FAULT_KIND=kill struck 0 "$run" resume "$run"
  expect_status 137 "killed at $STRUCK, resuming"
  goes_on 1 "$run" "$straight" "killed at $STRUCK, resuming"
  [ "$RESUMED" -gt 0 ] || fail "killed at $STRUCK, resuming: the checkpoints are lost"
  points=$((points + 1))
done <"$SCRATCH/points"
[ "$points" -ge 10 ] || fail "only $points kinds of calls were found in resume"
printf '%s calls of resume, killed at each: no difference\n' "$points"
