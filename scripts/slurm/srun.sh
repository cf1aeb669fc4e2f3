#!/usr/bin/env bash
#SBATCH --job-name=vesicast
#SBATCH --output=%x-%j.log
#SBATCH --open-mode=append
#SBATCH --ntasks=4
#SBATCH --time=12:00:00
#SBATCH --signal=USR1@300
#SBATCH --requeue
# One run under srun, over as many jobs as it takes: five minutes before its time is up the run keeps its state and the
# job is queued again; then, and where a machine was lost, the run goes on from its newest checkpoint, to the same bits.
# Slurm itself sends the signal to every rank. Without --mpi=pmix the ranks do not find each other; the program says so.
#
# usage: sbatch [--ntasks=N --time=T ...] scripts/slurm/srun.sh CONFIG RUN [ARGUMENT...]
#   CONFIG       configuration (TOML)
#   RUN          run folder, on a file system that all hosts share
#   ARGUMENT...  of `vesicast run`, such as --set KEY=VALUE
#
# `vesicast` is taken from PATH; load modules before sbatch, or here. The job queues itself again by `scontrol requeue`,
# unless a file STOP in RUN stopped it.
set -uo pipefail
if [ $# -lt 2 ]; then
  echo "usage: sbatch srun.sh CONFIG RUN [ARGUMENT...]" >&2
  exit 2
fi
config=$1
run=$2
shift 2

if compgen -G "$run/checkpoints/*[0-9]" >/dev/null; then
  command=(resume "$run")
elif [ -e "$run/provenance.json" ]; then  # ended before its first checkpoint
  command=(run "$config" --output "$run" --overwrite "$@")
else
  command=(run "$config" --output "$run" "$@")
fi

code=0
srun --mpi=pmix vesicast "${command[@]}" || code=$?

# 3: stopped, and can go on. 138: the signal came before the program had begun.
if [ "$code" -eq 138 ] || { [ "$code" -eq 3 ] && ! grep -q '"stopped_by": "the file STOP"' "$run/provenance.json"; }; then
  echo "queueing job $SLURM_JOB_ID again"
  scontrol requeue "$SLURM_JOB_ID"
fi
exit "$code"
