#!/usr/bin/env bash
# The output folder: one that cannot be made, one that is there already, --overwrite, and one that goes away meanwhile.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/faults.sh"
config=$SOURCE_DIR/tests/data/runs/small.toml

# --- cannot be made or written
printf 'a file\n' >"$SCRATCH/file"
launch 2 run "$config" --output "$SCRATCH/file/run"
expect_status 4 "a folder below a file"
expect_message_once "$SCRATCH/file"
launch 2 run "$config" --output "$SCRATCH/file"
expect_status 2 "a file instead of a folder"
expect_message_once "is a file, not a folder"
[ "$(cat "$SCRATCH/file")" = "a file" ] || fail "the file was changed"
launch 2 run "$config" --output /proc/no_such_folder/run
expect_status 4 "a folder that the system refuses"
expect_message_once "/proc/no_such_folder"
if [ "$(id -u)" -ne 0 ]; then
  mkdir -m 555 "$SCRATCH/read_only"
  launch 2 run "$config" --output "$SCRATCH/read_only/run"
  expect_status 4 "a folder without write permission"
  expect_message_once "Permission denied"
fi

# --- there already
run=$SCRATCH/run
launch 2 run "$config" --output "$run"
expect_status 0 "a first run"
fingerprint "$run" >"$SCRATCH/before"
launch 2 run "$config" --output "$run"
expect_status 2 "an existing run"
expect_message_once "--overwrite"
fingerprint "$run" | cmp - "$SCRATCH/before" || fail "the refused run changed the folder"

# --- --overwrite replaces the run and nothing else
printf 'mine\n' >"$run/notes.txt"
printf 'mine\n' >"$run/fields/my_view.pvsm"
launch 2 run "$config" --set run.seed=2 --set 'run.end="10 min"' --output "$run" --overwrite
expect_status 0 "--overwrite"
[ "$(cat "$run/notes.txt" "$run/fields/my_view.pvsm")" = $'mine\nmine' ] || fail "--overwrite touched a file that is not the run's"
grep -q '^seed = 2' "$run/config.toml" || fail "config.toml is not the new run's"
[ ! -e "$run/fields/fields_000003.pvti" ] || fail "an output of the old run is left"
launch 1 run "$config" --set run.seed=2 --set 'run.end="10 min"' --output "$SCRATCH/fresh"
expect_status 0 "the same in a fresh folder"
same_runs "$run" "$SCRATCH/fresh"

# --- --overwrite spares a folder that is no run
mkdir "$SCRATCH/thesis"
printf 'years of work\n' >"$SCRATCH/thesis/series.csv"
launch 2 run "$config" --output "$SCRATCH/thesis" --overwrite
expect_status 2 "--overwrite on a folder that is no run"
expect_message_once "holds no vesicast run"
[ "$(cat "$SCRATCH/thesis/series.csv")" = "years of work" ] || fail "a foreign file was overwritten"

# --- an empty folder, and folders above it that are missing, are fine
mkdir "$SCRATCH/empty"
launch 1 run "$config" --set 'run.end="1 min"' --output "$SCRATCH/empty"
expect_status 0 "an empty folder"
launch 1 run "$config" --set 'run.end="1 min"' --output "$SCRATCH/a/b/c"
expect_status 0 "missing parents"

# --- goes away during the run
gone=$SCRATCH/gone
"$MPIEXEC" -n 2 "$VESICAST" run "$config" --set 'run.end="1000 h"' --output "$gone" >"$SCRATCH/out" 2>"$SCRATCH/err" </dev/null &
job=$!
for ((i = 0; i < 600; ++i)); do
  if [ -e "$gone/fields/fields_000002.pvti" ]; then break; fi
  sleep 0.05
done
mv "$gone" "$SCRATCH/moved"
STATUS=0
wait "$job" || STATUS=$?
expect_status 4 "the folder went away"
expect_message "$gone"
"$VESICAST" compare "$SCRATCH/moved" "$SCRATCH/moved" >"$SCRATCH/compare" || fail "what was written before cannot be read"
cat "$SCRATCH/compare"
