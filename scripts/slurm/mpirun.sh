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

# So many seconds has a rank that gets SIGTERM (scancel) for its checkpoint; mpirun's own default is a second or two. It waits as
# long, twice, after every end with an exit code other than 0.
mpirun --mca odls_base_sigkill_timeout "${SIGKILL_TIMEOUT:-30}" vesicast "${command[@]}" &
pid=$!
trap 'kill -USR1 "$pid"' USR1
trap 'kill -TERM "$pid"' TERM
code=0
wait "$pid" || code=$?
while kill -0 "$pid" 2>/dev/null; do  # a signal ended the wait, not the run
  code=0
  wait "$pid" || code=$?
done

# 3: stopped, and can go on. 138: the signal came before the program had begun.
if [ "$code" -eq 138 ] || { [ "$code" -eq 3 ] && ! grep -q '"stopped_by": "the file STOP"' "$run/provenance.json"; }; then
  echo "queueing job $SLURM_JOB_ID again"
  scontrol requeue "$SLURM_JOB_ID"
fi
exit "$code"
