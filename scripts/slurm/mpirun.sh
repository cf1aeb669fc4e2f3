#!/usr/bin/env bash
#SBATCH --job-name=vesicast
#SBATCH --output=%x-%j.log
#SBATCH --open-mode=append
#SBATCH --ntasks=4
#SBATCH --time=12:00:00
#SBATCH --signal=B:USR1@300
#SBATCH --requeue
# One run under mpirun, over as many jobs as it takes: five minutes before its time is up the run keeps its state and the
# job is queued again; then, and where a machine was lost, the run goes on from its newest checkpoint, to the same bits.
#
# usage: sbatch [--ntasks=N --time=T ...] scripts/slurm/mpirun.sh CONFIG RUN [ARGUMENT...]
#   CONFIG       configuration (TOML)
#   RUN          run folder, on a file system that all hosts share
#   ARGUMENT...  of `vesicast run`, such as --set KEY=VALUE
#
# `vesicast` is taken from PATH; load modules before sbatch, or here. The job queues itself again by `scontrol requeue`,
# unless a file STOP in RUN stopped it.
set -uo pipefail
if [ $# -lt 2 ]; then
  echo "usage: sbatch mpirun.sh CONFIG RUN [ARGUMENT...]" >&2
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
  echo "queueing job $SLURM_JOB_ID again"
  scontrol requeue "$SLURM_JOB_ID"
fi
exit "$code"
