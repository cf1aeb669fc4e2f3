#!/usr/bin/env bash
# Folders that cannot be written: for this user, on a file system that is read-only from the start or becomes so, a run folder
# or one file of it that may not change; and a real disk that fills up and gets room again.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/faults.sh"

straight=$SCRATCH/straight
run=$SCRATCH/run
straight_run "$straight"
config=$SOURCE_DIR/tests/data/runs/small.toml
tried=0

# --- as a user who may not write there; root may write anywhere
as_user=()
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then as_user=(setpriv --reuid 65534 --regid 65534 --clear-groups); fi
if [ "$(id -u)" -ne 0 ] || [ ${#as_user[@]} -gt 0 ]; then
  chmod 755 "$SCRATCH"
  mkdir -m 555 "$SCRATCH/closed"
  cp -r "$straight" "$SCRATCH/closed_run"
  chmod -R a=rX "$SCRATCH/closed_run"
  cp "$config" "$SCRATCH/small.toml"
  mkdir -m 777 "$SCRATCH/home"
  unprivileged() {
    STATUS=0
    (cd "$SCRATCH/home" && HOME=$SCRATCH/home TMPDIR=$SCRATCH/home "${as_user[@]}" "$VESICAST" "$@") \
      >"$SCRATCH/out" 2>"$SCRATCH/err" </dev/null || STATUS=$?
  }
  if [ ${#as_user[@]} -gt 0 ] && ! "${as_user[@]}" test -x "$VESICAST"; then
    cp "$VESICAST" "$SCRATCH/vesicast"  # it lies where only root may look
    VESICAST_THERE=$SCRATCH/vesicast
    unprivileged() {
      STATUS=0
      (cd "$SCRATCH/home" && HOME=$SCRATCH/home TMPDIR=$SCRATCH/home "${as_user[@]}" "$VESICAST_THERE" "$@") \
        >"$SCRATCH/out" 2>"$SCRATCH/err" </dev/null || STATUS=$?
    }
  fi
  unprivileged run "$SCRATCH/small.toml" --output "$SCRATCH/closed/run"
  expect_status 4 "a folder without permission"
  expect_message_once "cannot write $SCRATCH/closed/run: Permission denied"
  fingerprint "$SCRATCH/closed_run" >"$SCRATCH/before"
  unprivileged resume "$SCRATCH/closed_run" --set 'run.end="20 min"'
  expect_status 4 "resuming a run that is somebody else's"
  expect_message 'Permission denied'
  unprivileged run "$SCRATCH/small.toml" --output "$SCRATCH/closed_run" --overwrite
  expect_status 4 "overwriting a run that is somebody else's"
  fingerprint "$SCRATCH/closed_run" | cmp - "$SCRATCH/before" || fail "a run that may not be written was changed"
  chmod 000 "$SCRATCH/small.toml"
  unprivileged run "$SCRATCH/small.toml" --output "$SCRATCH/home/run"
  expect_status 2 "a configuration that may not be read"
  expect_message_once 'Permission denied'
  tried=$((tried + 4))
else
  printf 'folders without permission were not tried: there is no other user to be\n'
fi

# --- a read-only file system, and one that becomes so in the run
mkdir "$SCRATCH/disk"
if mount -t tmpfs -o size=200m vesicast "$SCRATCH/disk" 2>/dev/null; then
  trap 'umount "$SCRATCH/disk"; rm -rf "$SCRATCH"' EXIT
  cp -r "$straight" "$SCRATCH/disk/old"
  mount -o remount,ro "$SCRATCH/disk"
  launch 2 run "$config" --output "$SCRATCH/disk/run"
  expect_status 4 "a read-only file system"
  expect_message_once 'Read-only file system'
  launch 2 resume "$SCRATCH/disk/old" --set 'run.end="20 min"'
  expect_status 4 "resuming on a read-only file system"
  expect_message_once 'Read-only file system'
  "$VESICAST" compare "$SCRATCH/disk/old" "$straight" >/dev/null || fail "a run on a read-only file system cannot be compared"
  mount -o remount,rw "$SCRATCH/disk"
  # Nobody may hold a file open for writing when it becomes read-only; so the folder of the outputs does.
  rm -rf "$run"
  ln -s "$SCRATCH/disk/run" "$SCRATCH/by_link"
  launch 1 run "${SMALL[@]}" --output "$SCRATCH/disk/run" --max-walltime '1 s'
  expect_status 3 "a run that is stopped"
  mkdir -p "$SCRATCH/disk/run/fields" "$SCRATCH/disk/run/checkpoints"
  for part in checkpoints ledger.csv; do
    if [ "$part" = ledger.csv ]; then touch "$SCRATCH/disk/run/$part.tmp" && mount --bind -o ro "$SCRATCH/disk/run/$part.tmp" "$SCRATCH/disk/run/$part.tmp" || break; fi
    if [ "$part" = checkpoints ]; then mount --bind "$SCRATCH/disk/run/$part" "$SCRATCH/disk/run/$part" && mount -o remount,bind,ro "$SCRATCH/disk/run/$part" || break; fi
    if [ "$part" = ledger.csv ]; then mount -o remount,bind,ro "$SCRATCH/disk/run/$part.tmp"; fi
    launch 2 resume "$SCRATCH/disk/run"
    [ "$part" = checkpoints ] && umount "$SCRATCH/disk/run/$part" || umount "$SCRATCH/disk/run/$part.tmp"
    expect_status 4 "$part that may not change"
    expect_message 'Read-only file system'
    expect_message "$SCRATCH/disk/run/$part"
    grep -q '"exit_status": 4' "$SCRATCH/disk/run/provenance.json" || fail "$part: provenance.json does not say so"
  done
  goes_on 3 "$SCRATCH/disk/run" "$straight" "parts that may not change"

  # --- a real disk that is full, at several sizes, and has room again
  needed=$(du -sk "$straight" | cut -f 1)
  for share in 15 35 55 75 90; do
    rm -rf "$SCRATCH/disk"/*
    mount -o remount,size=$((needed * share / 100))k "$SCRATCH/disk"
    launch 2 run "${SMALL[@]}" --output "$SCRATCH/disk/run"
    expect_status 4 "a disk of $share % of what the run needs"
    expect_message 'No space left on device'
    if [ -d "$SCRATCH/disk/run" ]; then
      [ -z "$(find "$SCRATCH/disk/run" -name '*.tmp')" ] || fail "$share %: half-written files are left"
      mount -o remount,size=200m "$SCRATCH/disk"
      goes_on 2 "$SCRATCH/disk/run" "$straight" "room again after $share %"
    fi
  done
  tried=$((tried + 5))
else
  printf 'file systems that are read-only or full were not tried: mounting is not allowed here\n'
fi

# --- a file that may not change, nor go
if command -v chattr >/dev/null && touch "$SCRATCH/fixed" && chattr +i "$SCRATCH/fixed" 2>/dev/null; then
  chattr -i "$SCRATCH/fixed"
  rm -rf "$run"
  launch 1 run "${SMALL[@]}" --output "$run" --max-walltime '1 s'
  chattr +i "$run/ledger.csv"
  launch 2 resume "$run"
  chattr -i "$run/ledger.csv"
  expect_status 4 "a file that may not change"
  expect_message 'ledger.csv: Operation not permitted'
  goes_on 2 "$run" "$straight" "a file that could not change"
  tried=$((tried + 1))
fi
[ "$tried" -gt 0 ] || skip "none of it is possible here"
printf 'what may not be written: exit 4, named, nothing lost\n'
