#!/usr/bin/env bash
# What tests/batch/test_slurm.sh runs inside its Debian folder, in namespaces of its own: a Slurm of one machine, and the job
# scripts under it. Everything ends with this script.
set -euo pipefail
export PATH=/opt/vesicast/bin:/usr/sbin:/usr/bin:/sbin:/bin LD_LIBRARY_PATH=/opt/vesicast/lib
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1
export OMPI_MCA_hwloc_base_binding_policy=none OMPI_MCA_mpi_yield_when_idle=1 OMPI_MCA_btl_vader_single_copy_mechanism=none
cd /opt/vesicast/work

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  tail -n 20 ./*.log /var/log/slurm*.log >&2 2>/dev/null || true
  exit 1
}

# --- Slurm
# Its plugin opens libpmix.so, a name that Debian has for developers only.
ln -sf libpmix.so.2 /usr/lib/x86_64-linux-gnu/pmix2/lib/libpmix.so
install -d -o munge -g munge -m 755 /run/munge /var/log/munge /var/lib/munge
rm -f /run/munge/* /etc/munge/munge.key
rm -rf /var/spool/slurmctld /var/spool/slurmd /var/log/slurm*.log
install -d -o munge -g munge -m 700 /etc/munge
mungekey --create --keyfile /etc/munge/munge.key
chown munge:munge /etc/munge/munge.key
setpriv --reuid munge --regid munge --clear-groups munged
mkdir -p /var/spool/slurmctld /var/spool/slurmd /etc/slurm
cat >/etc/slurm/slurm.conf <<CONF
ClusterName=test
SlurmctldHost=$(hostname)(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=cred_expire=5
StateSaveLocation=/var/spool/slurmctld
SlurmdSpoolDir=/var/spool/slurmd
SlurmctldPidFile=/run/slurmctld.pid
SlurmdPidFile=/run/slurmd.pid
SlurmctldLogFile=/var/log/slurmctld.log
SlurmdLogFile=/var/log/slurmd.log
SlurmdParameters=config_overrides
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
KillWait=5
JobRequeue=1
SchedulerParameters=bf_interval=1,sched_interval=2
NodeName=$(hostname) NodeAddr=127.0.0.1 CPUs=4 State=UNKNOWN
PartitionName=all Nodes=$(hostname) Default=YES MaxTime=INFINITE State=UP
CONF
slurmctld
slurmd
for _ in $(seq 100); do
  if [ "$(timeout 5 sinfo -h -o %t 2>/dev/null)" = idle ]; then break; fi
  kill -0 "$(cat /run/slurmctld.pid)" "$(cat /run/slurmd.pid)" || fail "Slurm does not start"
  sleep 0.2
done
[ "$(timeout 5 sinfo -h -o %t)" = idle ] || fail "Slurm does not start"
printf 'Slurm %s is up\n' "$(sinfo --version)"

# state JOB: of a job, or of a task of an array.
state() { scontrol show job "$1" 2>/dev/null | sed -n 's/.*JobState=\([A-Z_]*\).*/\1/p' | head -n 1; }
# ended JOB: waits for its end, over as many requeues as it takes.
ended() {
  local now
  for _ in $(seq 600); do
    now=$(state "$1")
    case $now in
      COMPLETED) return ;;
      FAILED | CANCELLED | TIMEOUT | NODE_FAIL | OUT_OF_MEMORY) fail "job $1: $now: $(scontrol show job "$1" | grep -E 'ExitCode|Restarts')" ;;
    esac
    sleep 0.5
  done
  fail "job $1 does not end: $(state "$1")"
}
restarts() { scontrol show job "$1" | sed -n 's/.*Restarts=\([0-9]*\).*/\1/p' | head -n 1; }
same() {
  local table
  for table in series.csv ledger.csv communication.csv; do cmp "$1/$table" "$2/$table" || fail "$table of $1 and $2"; done
  vesicast compare "$1" "$2" >compare 2>&1 || { cat compare >&2; fail "$1 and $2 differ"; }
  grep -q 'the last checkpoint' compare || fail "no checkpoints of $1 and $2 were compared"
}

config=every_process.toml
# Long enough that the signal comes in its middle: Slurm sends it at a minute's limit less 50 s, to within a few seconds.
long=(--set 'run.end="40 h"' --set 'output.fields.every="5 h"' --set 'output.cells.every="5 h"' --set 'output.series.every="10 min"')
begin=$SECONDS
vesicast run "$config" "${long[@]}" --output straight --quiet
printf 'straight: %s s\n' $((SECONDS - begin))

# --- mpirun: signal, checkpoint, exit 3, requeue, resume
job=$(sbatch --parsable --ntasks=2 --time=1 --signal=B:USR1@50 --output=mpirun.log scripts/mpirun.sh "$config" by_mpirun "${long[@]}")
ended "$job"
[ "$(restarts "$job")" -ge 1 ] || fail "job $job was not queued again"
grep -q 'by SIGUSR1; go on with: vesicast resume' mpirun.log || fail "the run does not say what stopped it"
grep -q 'ended at t = [0-9]* s by SIGUSR1, exit code 3' by_mpirun/log.txt || fail "resume does not say how the last attempt ended"
grep -q "\"id\": \"$job\"" by_mpirun/provenance.json || fail "provenance.json does not name the job"
same straight by_mpirun
printf 'mpirun: stopped by its signal and queued again %s times, the same bits\n' "$(restarts "$job")"

# --- srun with PMIx: the same, the signal sent by Slurm to each rank
job=$(sbatch --parsable --ntasks=2 --time=1 --signal=USR1@50 --output=srun.log scripts/srun.sh "$config" by_srun "${long[@]}")
ended "$job"
[ "$(restarts "$job")" -ge 1 ] || fail "job $job was not queued again"
grep -q '"stopped_by": "SIGUSR1"' by_srun/provenance.json || fail "no attempt of the srun job was stopped by SIGUSR1"
grep -q '"ranks": 2' by_srun/provenance.json || fail "srun --mpi=pmix did not join the ranks"
same straight by_srun
printf 'srun --mpi=pmix: stopped and queued again %s times, the same bits\n' "$(restarts "$job")"

# --- srun without PMIx: each program says so at once and writes nothing
short=(run small.toml --set 'run.end="2 min"')
code=0
begin=$(date +%s%N)
srun --ntasks=3 --mpi=none vesicast "${short[@]}" --output alone >alone.log 2>&1 || code=$?
took=$((($(date +%s%N) - begin) / 1000000))
[ "$code" -eq 2 ] || { cat alone.log >&2; fail "srun without PMIx: exit code $code instead of 2"; }
[ ! -e alone ] || fail "srun without PMIx: something was written"
[ "$(grep -c 'MPI joins none of them' alone.log)" -eq 1 ] || { cat alone.log >&2; fail "it is not said once"; }
[ "$took" -lt 4000 ] || fail "srun without PMIx: $took ms"
printf 'srun without PMIx: exit code 2 in %s ms, nothing written\n' "$took"

# --- what must run: mpirun -n 1, no launcher, and mpirun inside a step, in a job of several tasks
cat >plain.sh <<'JOB'
#!/bin/bash
set -e
vesicast "$@" --output plain
mpirun -n 1 vesicast "$@" --output one
mpirun vesicast "$@" --output all
JOB
job=$(sbatch --parsable --ntasks=3 --output=plain.log plain.sh "${short[@]}")
ended "$job"
grep -q '"ranks": 1' one/provenance.json || fail "mpirun -n 1"
grep -q '"ranks": 3' all/provenance.json || fail "mpirun in a job of three tasks"
cmp plain/series.csv all/series.csv || fail "one rank and three differ"
printf 'no launcher, mpirun -n 1 and mpirun in a job of 3 tasks run\n'

# --- killed before the first checkpoint: the script begins anew
mkdir -p killed
job=$(sbatch --parsable --ntasks=2 --output=killed.log scripts/mpirun.sh small.toml killed/run --set 'run.end="2 min"')
ended "$job"
rm -rf killed/run/checkpoints
job=$(sbatch --parsable --ntasks=2 --output=killed.log scripts/mpirun.sh small.toml killed/run --set 'run.end="2 min"')
ended "$job"
cmp killed/run/series.csv plain/series.csv || fail "begun anew, the run differs"

# --- a file STOP ends the job for good
job=$(sbatch --parsable --ntasks=2 --output=stop.log scripts/mpirun.sh "$config" stopped --set 'run.end="9000 h"')
for _ in $(seq 100); do if [ -e stopped/series.csv ]; then break; fi; sleep 0.2; done
touch stopped/STOP
for _ in $(seq 100); do if [ "$(state "$job")" = FAILED ]; then break; fi; sleep 0.2; done
[ "$(state "$job")" = FAILED ] || fail "a job whose run was stopped by STOP: $(state "$job")"
scontrol show job "$job" | grep -q 'ExitCode=3:0' || fail "a job that was stopped by STOP has another exit code than 3"
[ "$(restarts "$job")" -eq 0 ] || fail "a job that was stopped by STOP was queued again"
printf 'STOP: exit code 3, not queued again\n'

# --- an array of two
printf 'seed_1  run.seed=1  %s\nseed_2 run.seed=2 %s\n' "'run.end=\"2 min\"'" "'run.end=\"3 min\"'" >list.txt
job=$(sbatch --parsable --array=1-2 --ntasks=1 --output=array_%a.log scripts/array.sh small.toml list.txt runs)
ended "${job}_1"
ended "${job}_2"
[ "$(tail -n 1 runs/seed_1/series.csv | cut -d, -f1)" = 120 ] || fail "task 1 has another end"
[ "$(tail -n 1 runs/seed_2/series.csv | cut -d, -f1)" = 180 ] || fail "task 2 has another end"
grep -q '^seed = 2' runs/seed_2/config.toml || fail "task 2 has another seed"
printf 'an array of two: each with its own settings\n'
