#!/usr/bin/env bash
# A disk that fills up in the middle of a run: exit 4, the message names the file, and what was written before is whole.
# Stood in for by a limit on the size of files; and, where mounting is allowed, by a real file system that is too small.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/faults.sh"

# Field output after field output, and a series.csv that outgrows them.
config=$SOURCE_DIR/tests/data/runs/small.toml
size=(--set 'domain.size=["200 um", "200 um", "200 um"]' --set 'tissue.cells.0.centre=["100 um", "100 um", "100 um"]'
  --set 'run.end="10 h"' --set 'output.fields.every="1 h"' --set 'output.cells.every="0 s"' --set 'output.series.every="30 s"')

# check_left_over RUN AT_LEAST: as many field outputs as fields.pvd says, all whole, no half-written file beside them, and
# whole rows in series.csv.
check_left_over() {
  local run=$1 outputs
  outputs=$(grep -c '<DataSet' "$run/fields.pvd" || true)
  [ "$outputs" -ge "$2" ] || fail "$outputs outputs were kept instead of $2 or more"
  if grep -q 'timestep="36000"' "$run/fields.pvd"; then fail "the run came to its end in spite of the limit"; fi
  "$VESICAST" compare "$run" "$run" >"$SCRATCH/compare" 2>&1 || {
    cat "$SCRATCH/compare" >&2
    fail "what was written before cannot be read"
  }
  grep -qF "$outputs field output" "$SCRATCH/compare" || {
    cat "$SCRATCH/compare" >&2
    fail "not all of the $outputs outputs in fields.pvd were read"
  }
  [ "$(find "$run/fields" -name '*.pvti' | wc -l)" -eq "$outputs" ] || fail "fields/ and fields.pvd do not agree"
  if find "$run" -type f | grep -vE '\.(csv|pvd|pvti|vti|toml|json|txt)$'; then fail "half-written files are left"; fi
  awk -F, 'NR == 1 { columns = NF } NF != columns { exit 1 }' "$run/series.csv" || fail "series.csv has a torn row"
  [ "$(tail -c 1 "$run/series.csv" | od -An -tx1 | tr -d ' ')" = 0a ] || fail "the last row of series.csv is torn"
  printf '%s field outputs and %s rows kept, all whole\n' "$outputs" "$(grep -c . "$run/series.csv")"
}

# limited KIB RANKS RUN [ARGUMENT...]: the limit holds in the ranks only, and Open MPI's shared-memory files are kept out of its way.
limited() {
  STATUS=0
  # shellcheck disable=SC2016
  OMPI_MCA_btl=self,tcp "$MPIEXEC" -n "$2" bash -c 'trap "" XFSZ; ulimit -f "$1"; shift; exec "$@"' limited "$1" \
    "$VESICAST" run "$config" "${size[@]}" "${@:4}" --output "$3" >"$SCRATCH/out" 2>"$SCRATCH/err" </dev/null || STATUS=$?
}

launch 1 run "$config" "${size[@]}" --output "$SCRATCH/whole"
expect_status 0 "without a limit"
piece=$(find "$SCRATCH/whole/fields" -name '*.vti' -printf '%s\n' | sort -n | tail -n 1)
series=$(stat -c %s "$SCRATCH/whole/series.csv")
[ "$series" -gt $((piece * 3 / 2)) ] || fail "series.csv ($series bytes) does not outgrow a field ($piece bytes)"

# --- a field does not fit
for ranks in 1 2; do
  limited "$((piece / 2048 / ranks))" "$ranks" "$SCRATCH/field_$ranks" --set 'output.series.every="2 h"'
  expect_status 4 "a limit below a field, on $ranks ranks"
  expect_message "fields/"
  check_left_over "$SCRATCH/field_$ranks" 1
done

# --- the fields fit, series.csv does not in the end
limited "$((piece * 5 / 4 / 1024))" 2 "$SCRATCH/series"
expect_status 4 "a limit below series.csv"
expect_message "series.csv"
check_left_over "$SCRATCH/series" 3

# --- a real full disk
mkdir "$SCRATCH/disk"
if mount -t tmpfs -o size="$(($(du -sk "$SCRATCH/whole" | cut -f 1) / 2))k" vesicast "$SCRATCH/disk" 2>/dev/null; then
  trap 'umount "$SCRATCH/disk"; rm -rf "$SCRATCH"' EXIT
  launch 2 run "$config" "${size[@]}" --output "$SCRATCH/disk/run"
  expect_status 4 "on a full disk"
  expect_message "No space left on device"
  check_left_over "$SCRATCH/disk/run" 2
else
  printf 'a real full disk was not tried: mounting is not allowed here\n'
fi
