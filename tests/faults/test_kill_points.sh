#!/usr/bin/env bash
# A run with every process on, killed at random moments and taken up on other numbers of ranks, gives the bits of the run
# that never stopped. So many times, by default a few:
#   bash tests/faults/test_kill_points.sh [POINTS [SEED]]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/faults.sh"

points=${1:-10}
RANDOM=${2:-$$}
config=$SOURCE_DIR/tests/data/config/every_process.toml
settings=(--set 'checkpoint.every="4 min"' --set 'output.fields.every="10 min"' --set 'output.cells.every="20 min"')

# ways MODE: what the run is told beside the configuration.
ways() {
  case $1 in
    means) printf '%s\n' 'run.step="20 s"' ;;
    chance) printf '%s\n' 'run.mode="stochastic-release"' ;;
    auto) printf '%s\n' 'run.step="auto"' ;;
  esac
}

# ranks_of PID: the processes of the program under a launcher.
ranks_of() {
  local child
  for child in $(pgrep -P "$1" || true); do
    if [ "$(readlink "/proc/$child/exe" 2>/dev/null)" = "$(readlink -f "$VESICAST")" ]; then printf '%s\n' "$child"; fi
  done
}

# start_and_kill RANKS MILLISECONDS HOW COMMAND...: HOW is KILL (a random rank of it), TERM or USR1 (the launcher).
start_and_kill() {
  local ranks=$1 wait=$2 how=$3 pid
  shift 3
  "$MPIEXEC" -n "$ranks" "$VESICAST" "$@" >"$SCRATCH/out" 2>"$SCRATCH/err" </dev/null &
  pid=$!
  sleep "$((wait / 1000)).$(printf %03d $((wait % 1000)))"
  if [ "$how" = KILL ]; then
    mapfile -t all < <(ranks_of "$pid")
    if [ ${#all[@]} -gt 0 ]; then kill -KILL "${all[RANDOM % ${#all[@]}]}" 2>/dev/null || true; fi
  else
    kill -"$how" "$pid" 2>/dev/null || true
  fi
  STATUS=0
  wait "$pid" || STATUS=$?
}

declare -A takes
for mode in means chance auto; do
  begin=$(date +%s%N)
  launch 1 run "$config" --set "$(ways "$mode")" "${settings[@]}" --output "$SCRATCH/straight_$mode"
  expect_status 0 "the run that is not stopped ($mode)"
  takes[$mode]=$((($(date +%s%N) - begin) / 1000000))
done

modes=(means chance auto)
signals=(KILL TERM USR1)
declare -A ends
for point in $(seq "$points"); do
  mode=${modes[RANDOM % 3]}
  run=$SCRATCH/run
  rm -rf "$run"
  command=(run "$config" --set "$(ways "$mode")" "${settings[@]}" --output "$run")
  history=""
  STATUS=1
  while [ "$STATUS" -ne 0 ]; do
    ranks=$((1 + RANDOM % 8))
    how=${signals[RANDOM % 3]}
    if [ "$(wc -w <<<"$history")" -ge 3 ]; then
      launch "$ranks" "${command[@]}"
      history+=" $ranks:end"
      expect_status 0 "the last attempt ($history)"
    else
      start_and_kill "$ranks" $((200 + RANDOM % (takes[$mode] + 200 * ranks))) "$how" "${command[@]}"
      history+=" $ranks:$how:$STATUS"
      case $STATUS in
        2 | 4 | 5 | 70) show_output; fail "$mode, $history: an error of the program's own" ;;
      esac
      ends[$STATUS]=$((${ends[$STATUS]:-0} + 1))
    fi
    # Whoever was killed before the first checkpoint begins anew.
    if [ -n "$(ls -A "$run/checkpoints" 2>/dev/null | grep -v tmp || true)" ]; then
      command=(resume "$run")
    else
      rm -rf "$run"
      command=(run "$config" --set "$(ways "$mode")" "${settings[@]}" --output "$run")
    fi
  done
  same_runs "$SCRATCH/straight_$mode" "$run"
  grep -q 'the last checkpoint' "$SCRATCH/compare" || fail "no checkpoints were compared"
  printf '%3d %-7s%s\n' "$point" "$mode" "$history"
done
for status in "${!ends[@]}"; do printf 'ended with %s: %s times\n' "$status" "${ends[$status]}"; done
printf '%s runs killed at random moments: no difference\n' "$points"
