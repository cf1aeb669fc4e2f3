#!/usr/bin/env bash
# A disk that is full, a quota, a device that fails, at each kind of call that writes: exit 4, a message that names a file
# of the run and why, the checkpoint before is whole, and the run comes to the same bits when there is room again. By
# default at each third kind of call:
#   bash tests/faults/test_full_at_calls.sh [all]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/faults.sh"

straight=$SCRATCH/straight
run=$SCRATCH/run
straight_run "$straight"

# errno and its text, by the call: what file systems give there.
fault_of() {
  case $1 in
    fsync) printf '5 Input/output error\n' ;;
    close) printf '122 Disk quota exceeded\n' ;;
    rename | remove | unlink) printf '30 Read-only file system\n' ;;
    *) printf '28 No space left on device\n' ;;
  esac
}

calls_of "$run" run "${SMALL[@]}" --output "$run"
one_of_each "$run" last >"$SCRATCH/points"
[ "${1:-}" = all ] || some 3
told=0
borne=0
while read -r number; do
  read -r call path < <(awk -v n="$number" '$1 == n { print $2, $3 }' "$SCRATCH/trace")
  case $call in ftruncate | pwrite) continue ;; esac  # of the lock, before anything
  read -r errno text < <(fault_of "$call")
  rm -rf "$run"
  FAULT_AT=$number FAULT_KIND=$errno struck 0 "$run" run "${SMALL[@]}" --output "$run"
  what="$STRUCK: $text"
  if [ "$STATUS" -eq 0 ]; then
    # Folders whose renames cannot be made to last, and a lock that cannot be removed, end no run.
    case "$call $path" in
      "fsync $run" | "fsync $run/fields" | "fsync $run/cells" | "fsync $run/checkpoints" | "fsync $run/checkpoints/"*[0-9].tmp | "fsync $run/"*"/"*_[0-9]* | *run.lock*) ;;
      *) fail "$what: the run does not notice" ;;
    esac
    rm -f "$run/run.lock"
    same_runs "$straight" "$run"
    borne=$((borne + 1))
    continue
  fi
  expect_status 4 "$what"
  expect_message "$text"
  expect_message "$run"
  # The config tells from a fault of the input; the run is recorded where the disk lets it.
  grep -q 'vesicast: .*cannot \|vesicast: .*written' "$SCRATCH/err" || fail "$what: no message"
  goes_on 1 "$run" "$straight" "$what"
  told=$((told + 1))
done <"$SCRATCH/points"
[ "$told" -ge 20 ] || fail "only $told kinds of calls were told of"
printf '%s calls fail and are told of, %s are borne: no difference\n' "$told" "$borne"

# --- on several ranks each of which writes: one whose disk is full ends all, once told
for where in 'write */piece_0001.vti.tmp 2' 'fsync */piece_0002.vtp.tmp 2' 'rename */piece_0001.vti 2'; do
  rm -rf "$run"
  rank=1
  case $where in *0002*) rank=2 ;; esac
  read -r errno text < <(fault_of "${where%% *}")
  FAULT_AT=$where FAULT_KIND=$errno FAULT_RANK=$rank struck 3 "$run" run "${SMALL[@]}" --set output.writers=3 --output "$run"
  expect_status 4 "$where on rank $rank of 3"
  expect_message "$text [rank $rank of 3]"
  [ "$(grep -c 'vesicast: ' "$SCRATCH/err")" -eq 1 ] || fail "$where: told more than once"
  grep -q '"exit_status": 4' "$run/provenance.json" || fail "$where: provenance.json does not say so"
  goes_on 2 "$run" "$straight" "$where on rank $rank of 3"
done
