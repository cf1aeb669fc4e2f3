#!/usr/bin/env bash
# Each part of the newest checkpoint truncated, flipped in a bit, emptied, missing, of another version or machine: it is
# reported, the next older one is used, and the run comes to the same bits. With none that is whole: exit 2, and nothing
# is touched.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/faults.sh"

straight=$SCRATCH/straight
run=$SCRATCH/run
stopped=$SCRATCH/stopped
straight_run "$straight"
# Two checkpoints, and rows and outputs beyond both.
FAULT_AT='write */series.csv 9' FAULT_KIND=kill struck 0 "$stopped" run "${SMALL[@]}" --output "$stopped"
expect_status 137 "a run that is killed"
mapfile -t there < <(ls "$stopped/checkpoints" | sort -r)
[ ${#there[@]} -eq 2 ] || fail "there are ${#there[@]} checkpoints instead of 2"
newest=checkpoints/${there[0]}

# flip FILE OFFSET BIT: one bit is another.
flip() {
  python3 - "$@" <<'PYTHON'
import sys
name, offset, bit = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with open(name, "r+b") as file:
    file.seek(offset)
    byte = file.read(1)[0]
    file.seek(offset)
    file.write(bytes([byte ^ (1 << bit)]))
PYTHON
}

# damaged WHAT SAID COMMAND...: the command, in a copy of the run; the older checkpoint is used.
damaged() {
  local what=$1 said=$2
  shift 2
  rm -rf "$run"
  cp -r "$stopped" "$run"
  (cd "$run" && "$@")
  launch "$((1 + cases % 2))" resume "$run"
  expect_status 0 "$what"
  expect_message_once 'an older checkpoint is used'
  expect_message "$newest/$said"
  expect_message "from ${there[1]}"
  same_runs "$straight" "$run"
  cases=$((cases + 1))
}
cases=0

for part in data manifest; do
  size=$(stat -c %s "$stopped/$newest/$part")
  damaged "$part emptied" "$part" truncate -s 0 "$newest/$part"
  damaged "$part half as long" "$part" truncate -s $((size / 2)) "$newest/$part"
  damaged "$part a byte short" "$part" truncate -s $((size - 1)) "$newest/$part"
  damaged "$part missing" "$part" rm "$newest/$part"
  for tenth in 0 2 5 7 9; do
    damaged "$part with a flipped bit, tenth $tenth" "$part" flip "$newest/$part" $((size * tenth / 10)) $((tenth % 8))
  done
  damaged "$part with a flipped bit at the end" "$part" flip "$newest/$part" $((size - 1)) 0
done
damaged "data of another checkpoint" data cp "checkpoints/${there[1]}/data" "$newest/data"
damaged "a manifest of another version" 'manifest: is a checkpoint of another version' sed -i '1s/checkpoint 1/checkpoint 9/' "$newest/manifest"
damaged "a manifest of another machine" 'manifest: is a checkpoint of another version' sed -i '1s/little/big/' "$newest/manifest"
damaged "a folder in the place of data" data bash -c "rm $newest/data && mkdir $newest/data"
printf '%s kinds of damage: each is reported, the older checkpoint used, no difference\n' "$cases"

# --- both are damaged
rm -rf "$run"
cp -r "$stopped" "$run"
for one in "${there[@]}"; do printf 'x' | dd of="$run/checkpoints/$one/manifest" bs=1 seek=700 conv=notrunc status=none; done
fingerprint "$run" >"$SCRATCH/before"
launch 2 resume "$run"
expect_status 2 "no checkpoint is whole"
expect_message_once 'has no checkpoint that is whole; begin anew: vesicast run'
for one in "${there[@]}"; do expect_message "$one/manifest"; done
fingerprint "$run" | grep -v run.lock >"$SCRATCH/after"
grep -v run.lock "$SCRATCH/before" | cmp - "$SCRATCH/after" || fail "a resume that cannot be changed the folder"
launch 1 run "$run/config.toml" --output "$SCRATCH/anew"
expect_status 0 "begun anew as the message says"
same_runs "$straight" "$SCRATCH/anew"

# --- the rest of a run folder that resume reads
spoilt() {
  rm -rf "$run"
  cp -r "$stopped" "$run"
  (cd "$run" && "${@:4}")
  launch 2 resume "$run"
  expect_status "$1" "$2"
  expect_message "$3"
}
spoilt 2 "series.csv cut before the checkpoint" 'series.csv: has 2 whole rows, but' bash -c 'head -n 3 series.csv >s && mv s series.csv'
spoilt 2 "series.csv with another header" 'series.csv: the header is not that of this run' sed -i '1s/time/Time/' series.csv
spoilt 2 "no series.csv" 'series.csv' rm series.csv
spoilt 2 "a config.toml that is cut" 'config.toml' truncate -s 300 config.toml
spoilt 2 "no config.toml" 'config.toml' rm config.toml
spoilt 2 "a provenance.json that is cut" 'provenance.json' truncate -s 100 provenance.json
printf 'series.csv, config.toml and provenance.json that are not whole: exit 2, named\n'
