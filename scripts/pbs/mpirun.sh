#!/usr/bin/env bash
#PBS -N vesicast
#PBS -j oe
#PBS -l select=1:ncpus=4:mpiprocs=4
#PBS -l walltime=12:00:00
#PBS -r y
# UNTRIED: written from the manuals of PBS Professional and OpenPBS, never run under one; the one for Slurm is tested.
# One run under mpirun, over as many jobs as it takes: PBS warns no job before its time is up, so the run is told when to
# stop; the job then submits the next one, which goes on from the newest checkpoint, to the same bits.
#
# usage: qsub [-l ...] -v CONFIG=tumour.toml,RUN=runs/tumour,LIMIT=11:50:00 scripts/pbs/mpirun.sh
#   CONFIG  configuration (TOML)
#   RUN     run folder, on a file system that all hosts share
#   LIMIT   what the run may take; less than walltime by the time for mpirun to start and the next job to be sent
#   SCRIPT  this script, where the job can read it (default: scripts/pbs/mpirun.sh)
set -uo pipefail
cd "${PBS_O_WORKDIR:-.}" || exit 2
if [ -z "${CONFIG:-}" ] || [ -z "${RUN:-}" ]; then
  echo "usage: qsub -v CONFIG=...,RUN=...,LIMIT=11:50:00 mpirun.sh" >&2
  exit 2
fi
limit=${LIMIT:-11:50:00}

if compgen -G "$RUN/checkpoints/*[0-9]" >/dev/null; then
  command=(resume "$RUN")
elif [ -e "$RUN/provenance.json" ]; then  # ended before its first checkpoint
  command=(run "$CONFIG" --output "$RUN" --overwrite)
else
  command=(run "$CONFIG" --output "$RUN")
fi

code=0
mpirun vesicast "${command[@]}" --max-walltime "$limit" || code=$?

# 3: stopped, and can go on; only the time on the wall sends the next job.
if [ "$code" -eq 3 ] && grep -q '"stopped_by": "--max-walltime"' "$RUN/provenance.json"; then
  qsub -v "CONFIG=$CONFIG,RUN=$RUN,LIMIT=$limit" "${SCRIPT:-scripts/pbs/mpirun.sh}"
fi
exit "$code"
