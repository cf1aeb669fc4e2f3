#!/usr/bin/env bash
#SBATCH --job-name=vesicast
#SBATCH --output=%x-%A_%a.log
#SBATCH --open-mode=append
#SBATCH --ntasks=4
#SBATCH --time=12:00:00
#SBATCH --signal=B:USR1@300
#SBATCH --requeue
# Many runs of one configuration, each with settings of its own, as an array job: one line of LIST for each task. Each is
# taken up again as in mpirun.sh.
#
# usage: sbatch --array=1-N [--ntasks=N --time=T ...] scripts/slurm/array.sh CONFIG LIST RUNS
#   CONFIG  configuration (TOML)
#   LIST    a text file; line I is of task I: a name, then KEY=VALUE for each key that is to differ, quoted as in a shell:
#             seed_7   run.seed=7   'run.end="48 h"'
#   RUNS    a folder on a file system that all hosts share; the run folder is RUNS/NAME
set -uo pipefail
if [ $# -ne 3 ] || [ -z "${SLURM_ARRAY_TASK_ID:-}" ]; then
  echo "usage: sbatch --array=1-N array.sh CONFIG LIST RUNS" >&2
  exit 2
fi
config=$1
mapfile -t words < <(sed -n "${SLURM_ARRAY_TASK_ID}p" "$2" | xargs -n 1 printf '%s\n')
if [ ${#words[@]} -eq 0 ] || [ -z "${words[0]}" ]; then
  echo "$2 has no line $SLURM_ARRAY_TASK_ID" >&2
  exit 2
fi
run=$3/${words[0]}
settings=()
for setting in "${words[@]:1}"; do settings+=(--set "$setting"); done
mkdir -p "$3"

if compgen -G "$run/checkpoints/*[0-9]" >/dev/null; then
  command=(resume "$run")
elif [ -e "$run/provenance.json" ]; then  # ended before its first checkpoint
  command=(run "$config" --output "$run" --overwrite ${settings[@]+"${settings[@]}"})
else
  command=(run "$config" --output "$run" ${settings[@]+"${settings[@]}"})
fi

# mpirun passes SIGUSR1 on at once; SIGTERM (scancel) would reach the ranks only after odls_base_sigkill_timeout, and a rank that
# stops after one is killed when that is over. So both are told as SIGUSR1, and a job that was cancelled is not queued again.
mpirun vesicast "${command[@]}" &
pid=$!
trap 'kill -USR1 "$pid"' USR1
cancelled=0
trap 'cancelled=1; kill -USR1 "$pid"' TERM
code=0
wait "$pid" || code=$?
while kill -0 "$pid" 2>/dev/null; do  # a signal ended the wait, not the run
  code=0
  wait "$pid" || code=$?
done

# 3: stopped, and can go on. 138: the signal came before the program had begun.
if [ "$cancelled" -eq 0 ] && { [ "$code" -eq 138 ] || { [ "$code" -eq 3 ] && ! grep -q '"stopped_by": "the file STOP"' "$run/provenance.json"; }; }; then
  echo "queueing task $SLURM_ARRAY_TASK_ID again"
  scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
fi
exit "$code"
