#!/usr/bin/env bash
# A launcher that starts programs which MPI does not join: each says so at once with exit code 2 and writes nothing. What
# only looks like it runs.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"
# Open MPI's mpirun calls itself OpenRTE.
"$MPIEXEC" --version 2>/dev/null | grep -q 'OpenRTE\|Open MPI' || skip "$MPIEXEC is not Open MPI's"

config=$SOURCE_DIR/tests/data/runs/small.toml
short=(run "$config" --set 'run.end="1 min"' --output)
run=$SCRATCH/run

# alone RANK COMMAND...: one of several programs, in under 2 s; a relative folder is not made either.
alone() {
  local rank=$1 from
  shift
  from=$(date +%s%N)
  STATUS=0
  mkdir -p "$SCRATCH/here"
  (cd "$SCRATCH/here" && env "$@") >"$SCRATCH/out" 2>"$SCRATCH/err" </dev/null || STATUS=$?
  local took=$((($(date +%s%N) - from) / 1000000))
  expect_status 2 "rank $rank of several that are not joined ($1)"
  [ "$took" -lt 2000 ] || fail "it took $took ms"
  [ ! -e "$run" ] && [ -z "$(ls -A "$SCRATCH/here")" ] || fail "rank $rank wrote something"
  if [ "$rank" -eq 0 ]; then
    expect_message_once 'but MPI joins none of them: each would run alone'
    expect_message 'srun --mpi=pmix'
  else
    [ ! -s "$SCRATCH/err" ] || { show_output; fail "rank $rank says it too"; }
  fi
}
for rank in 0 3; do
  alone "$rank" SLURM_STEP_NUM_TASKS=4 SLURM_PROCID="$rank" "$VESICAST" "${short[@]}" "$run"
  alone "$rank" PMI_SIZE=4 PMI_RANK="$rank" "$VESICAST" "${short[@]}" "$run"
  alone "$rank" PMI_SIZE=4 PMI_RANK="$rank" PMI_FD=99 SLURM_STEP_NUM_TASKS=4 SLURM_PROCID="$rank" "$VESICAST" run "$config"
  alone "$rank" SLURM_STEP_NUM_TASKS=4 SLURM_PROCID="$rank" "$VESICAST" resume "$run"
done
expect_ours() {
  expect_status 0 "$1"
  [ -f "$run/series.csv" ] || fail "$1: nothing was written"
  rm -rf "$run"
}

# --- what runs: mpirun in a larger allocation, and in a step of one; a batch script, which has the job's variables
export SLURM_JOB_ID=4711 SLURM_NTASKS=8 SLURM_PROCID=0
for ranks in 1 2 3; do
  launch "$ranks" "${short[@]}" "$run"
  expect_ours "mpirun -n $ranks in an allocation of 8"
done
STATUS=0
"$VESICAST" "${short[@]}" "$run" >"$SCRATCH/out" 2>"$SCRATCH/err" </dev/null || STATUS=$?
expect_ours "one process of a batch script of 8 tasks"
export SLURM_STEP_NUM_TASKS=8 SLURM_STEP_ID=0
for ranks in 1 2; do
  launch "$ranks" "${short[@]}" "$run"
  expect_ours "mpirun -n $ranks in a step of 8"
done
SLURM_STEP_NUM_TASKS=1
STATUS=0
"$VESICAST" "${short[@]}" "$run" >"$SCRATCH/out" 2>"$SCRATCH/err" </dev/null || STATUS=$?
expect_ours "a step of one task"
unset SLURM_JOB_ID SLURM_NTASKS SLURM_PROCID SLURM_STEP_NUM_TASKS SLURM_STEP_ID

# --- variables that say nothing
SLURM_STEP_NUM_TASKS=many SLURM_PROCID=0 "$VESICAST" "${short[@]}" "$run" >"$SCRATCH/out" || fail "a variable that is no number"
rm -rf "$run"
SLURM_STEP_NUM_TASKS=4 "$VESICAST" "${short[@]}" "$run" >"$SCRATCH/out" || fail "a step's variable without a place in it"
printf 'programs that MPI does not join are refused, and nothing else is\n'
