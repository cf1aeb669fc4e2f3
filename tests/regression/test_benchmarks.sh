#!/usr/bin/env bash
# Every benchmark program runs, on a few voxels. The names of its cases are those that benchmarks/report.py looks up, there
# and in a full run, and the tables come out.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

programs=$(dirname "$VESICAST")/benchmarks
[ -x "$programs/benchmark_stream" ] || skip "built without VESICAST_BENCHMARKS"
[ -x /usr/bin/python3 ] || skip "reading the results needs /usr/bin/python3"

# NAME RANKS FILE CASE...: cases by edge N of the cube and number C or S of cells, 8 and 1,000 here, 100 and a million or 100,000
# in full.
smoke() {
  local name=$1 ranks=$2 file=$3 case
  shift 3
  "$MPIEXEC" -n "$ranks" "$programs/benchmark_$name" --smoke --benchmark_out="$SCRATCH/$file.json" \
    --benchmark_out_format=json >"$SCRATCH/out" 2>"$SCRATCH/err" </dev/null || { show_output; fail "benchmark_$name"; }
  "$MPIEXEC" -n 1 "$programs/benchmark_$name" --benchmark_list_tests >"$SCRATCH/listed" 2>"$SCRATCH/err" </dev/null ||
    { cat "$SCRATCH/err" >&2; fail "benchmark_$name does not list its cases"; }
  for case in "$@"; do
    grep -qF "$(sed 's/:N/:100/; s/:C/:1000000/; s/:S/:100000/' <<<"$case")/" "$SCRATCH/listed" || fail "no case $case in a full run"
    sed 's/:N/:8/; s/:[CS]/:1000/' <<<"$case" >>"$SCRATCH/$file.cases"
  done
  /usr/bin/python3 - "$SCRATCH/$file" <<'PYTHON' || fail "the results of benchmark_$name"
import json, math, sys

runs = {run["run_name"]: run for run in json.load(open(sys.argv[1] + ".json"))["benchmarks"]}
for case in open(sys.argv[1] + ".cases").read().splitlines():
    if not any(name.startswith(case + "/") for name in runs):
        sys.exit(f"no case {case} among {', '.join(runs)}")
for name, run in runs.items():
    if run.get("error_occurred") or not all(math.isfinite(x) for x in run.values() if isinstance(x, float)):
        sys.exit(f"{name}: {run}")
PYTHON
}

smoke stream 1 stream_1 stream/MB:1
smoke stream 2 stream_2 stream/MB:1
smoke sweep 1 sweep sweep/horner/n:N/uniform/v2/stages:1/tile:0 sweep/horner/n:N/mapped/v2/stages:8/tile:16 \
  sweep/clenshaw/n:N/uniform/v2/stages:8/tile:16 sweep/finish/n:N/uniform/v2/stages:1/tile:0 \
  sweep/finish_without_decay/n:N/mapped/v2/stages:1/tile:0
smoke transport 1 transport transport/n:N/r:0.24/fields:1/decay:1/mapped:0/exponential \
  transport/n:N/r:1/fields:4/decay:1/mapped:0/exponential transport/n:N/r:1/fields:1/decay:0/mapped:0/exponential \
  transport/n:N/r:0.24/fields:1/decay:1/mapped:1/exponential transport/n:N/r:1/fields:1/decay:1/mapped:0/rkl2 \
  petsc_cg/n:N/r:0.24
smoke scaling 2 scaling scaling/n:N/r:0.24/fields:1 scaling/n:N/r:1/fields:4
smoke integrators 1 integrators ev_hour/n:N/exponential/tolerance:0.0001/dt:6 ev_hour/n:N/ssprk2/tolerance:0.0001/dt:6 \
  "ev_hour/n:N/petsc cn, cg without matrix/rtol:1e-05/dt:60" "ev_hour/n:N/petsc -ts_type ssp -ts_ssp_type rks2/dt:60"
smoke memory 1 memory_0 memory/n:N/fields:1/mapped:0 memory/n:N/fields:4/mapped:1
smoke cells 1 cells cells/chain/cells:C/cargo:0/types:1 cells/chain/cells:C/cargo:1/types:4 \
  cells/step/cells:S/cargo:0/types:1 cells/step/cells:S/cargo:1/types:4 \
  cells/plain/cells:S/cargo:0/types:1 cells/plain_varied/cells:S/cargo:0/types:1 cells/step_varied/cells:S/cargo:0/types:1

/usr/bin/python3 -B "$SOURCE_DIR/benchmarks/report.py" "$SCRATCH" >"$SCRATCH/report" || fail "benchmarks/report.py"
# Of the small cube, one line of each table: sweep, step, run of the EV hour, two ranks, memory; and the stream, the cells.
for row in "1 MB" "horner, uniform, 8^3" "8^3 | exponential" "exponential | tolerance 0.0001, dt 6 s" \
  "8^3, 1 field(s), r 0.24" "8^3, 1 field(s), constants" "1,000 | 4 | 1 | 10"; do
  grep -qF "| $row |" "$SCRATCH/report" || { cat "$SCRATCH/report" >&2; fail "no row \"$row\" in the tables"; }
done
echo "$(ls "$SCRATCH"/*.json | wc -l) runs of $(ls "$programs"/benchmark_* | wc -l) programs, and their tables"
