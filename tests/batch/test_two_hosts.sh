#!/usr/bin/env bash
# A run over two hosts: two network namespaces, joined by a pair of virtual cables, with one sshd each and folders of their
# own where asked. The same bits as on one host; and what is said where the second host does not see the run folder.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

[ "$(id -u)" -eq 0 ] || skip "hosts of network namespaces need root"
for tool in ip nsenter unshare ssh ssh-keygen; do
  command -v "$tool" >/dev/null || skip "there is no $tool; scripts/install-packages --all"
done
sshd=$(command -v sshd || true)
[ -n "$sshd" ] || skip "there is no sshd; scripts/install-packages --all"
"$MPIEXEC" --version 2>/dev/null | grep -q 'OpenRTE\|Open MPI' || skip "$MPIEXEC is not Open MPI's"
unshare --mount --net --uts true 2>/dev/null || skip "namespaces are not allowed here"

# --- two hosts: the processes that hold their namespaces, which end with this test
hosts=()
host_of() {  # NAME ADDRESS
  unshare --mount --net --uts sleep 600 2>/dev/null &
  disown
  hosts+=($!)
}
host_of a
host_of b
trap 'for pid in "${hosts[@]}"; do kill -KILL "$pid" 2>/dev/null || true; done; for file in "$SCRATCH"/sshd_*.pid; do kill -KILL "$(cat "$file")" 2>/dev/null || true; done; rm -rf "$SCRATCH"' EXIT
# on HOST COMMAND...: 0 is a, 1 is b.
on() {
  local pid=${hosts[$1]}
  shift
  nsenter --target "$pid" --mount --net --uts "$@"
}
for _ in $(seq 50); do
  if [ "$(readlink "/proc/${hosts[1]}/ns/net")" != "$(readlink /proc/self/ns/net)" ]; then break; fi
  sleep 0.1
done
ip link add "vesicast$$" type veth peer name "peer$$" || skip "virtual cables are not allowed here"
ip link set "vesicast$$" netns "${hosts[0]}" name cable
ip link set "peer$$" netns "${hosts[1]}" name cable
ssh-keygen -q -t ed25519 -N '' -f "$SCRATCH/key"
ssh-keygen -q -t ed25519 -N '' -f "$SCRATCH/host_key"
cp "$SCRATCH/key.pub" "$SCRATCH/authorized"
printf 'Host *\n Port 2222\n IdentityFile %s\n StrictHostKeyChecking no\n UserKnownHostsFile /dev/null\n LogLevel ERROR\n' \
  "$SCRATCH/key" >"$SCRATCH/ssh_config"
for host in 0 1; do
  name=$([ "$host" -eq 0 ] && echo hosta || echo hostb)
  on "$host" hostname "$name"
  on "$host" mount --make-rprivate /
  on "$host" ip link set lo up
  on "$host" ip addr add "10.213.7.$((host + 1))/24" dev cable
  on "$host" ip link set cable up
  printf '127.0.0.1 localhost\n10.213.7.1 hosta\n10.213.7.2 hostb\n' >"$SCRATCH/hosts"
  on "$host" mount --bind "$SCRATCH/hosts" /etc/hosts
  on "$host" mkdir -p /run/sshd
  cat >"$SCRATCH/sshd_$name.conf" <<CONF
Port 2222
ListenAddress 10.213.7.$((host + 1))
HostKey $SCRATCH/host_key
AuthorizedKeysFile $SCRATCH/authorized
PidFile $SCRATCH/sshd_$name.pid
StrictModes no
UsePAM no
PermitRootLogin yes
PasswordAuthentication no
CONF
  on "$host" "$sshd" -f "$SCRATCH/sshd_$name.conf"
done

# over_both ARGUMENT...: one rank on each host, started from a.
over_both() {
  STATUS=0
  on 0 timeout -k 5 120 "$MPIEXEC" --host hosta:1,hostb:1 -n 2 --mca plm_rsh_agent ssh --mca plm_rsh_args "-F $SCRATCH/ssh_config" \
    --mca btl tcp,self --mca btl_tcp_if_include 10.213.7.0/24 --mca oob_tcp_if_include 10.213.7.0/24 \
    -x OMPI_ALLOW_RUN_AS_ROOT -x OMPI_ALLOW_RUN_AS_ROOT_CONFIRM "$VESICAST" "$@" >"$SCRATCH/out" 2>"$SCRATCH/err" </dev/null || STATUS=$?
}
config=$SOURCE_DIR/tests/data/config/every_process.toml
settings=(--set 'run.end="20 min"' --set 'checkpoint.every="7 min"')
launch 2 run "$config" "${settings[@]}" --output "$SCRATCH/one_host"
expect_status 0 "on one host"

over_both run "$config" "${settings[@]}" --output "$SCRATCH/two_hosts"
expect_status 0 "over two hosts"
same_runs "$SCRATCH/one_host" "$SCRATCH/two_hosts"
python3 - "$SCRATCH/two_hosts/provenance.json" <<'PYTHON'
import json, sys
record = json.load(open(sys.argv[1]))
assert record["hosts"] == ["hosta", "hostb"] and record["ranks"] == 2, (record["hosts"], record["ranks"])
PYTHON
printf 'two hosts: the same bits as one\n'

# --- with a writer on each, and taken further on one
over_both run "$config" "${settings[@]}" --set output.writers=2 --set 'run.end="10 min"' --output "$SCRATCH/writers"
expect_status 0 "a writer on each host"
launch 3 resume "$SCRATCH/writers" --set 'run.end="20 min"'
expect_status 0 "taken further on one host"
same_runs "$SCRATCH/one_host" "$SCRATCH/writers"

# --- the lock is of another host
on 1 "$VESICAST" run "$config" --set 'run.end="9000 h"' --output "$SCRATCH/locked" --quiet >/dev/null 2>&1 &
holder=$!
for _ in $(seq 100); do if [ -e "$SCRATCH/locked/series.csv" ]; then break; fi; sleep 0.1; done
over_both run "$config" --output "$SCRATCH/locked" --overwrite
expect_status 2 "a folder that belongs to a run on another host"
expect_message_once 'belongs to a run that goes on'
expect_message 'on host hostb'
touch "$SCRATCH/locked/STOP"
wait "$holder" || true

# --- the second host does not see the folder: nothing shared, or another folder in its place
mkdir "$SCRATCH/apart"
on 1 mount -t tmpfs apart "$SCRATCH/apart"
over_both run "$config" "${settings[@]}" --output "$SCRATCH/apart/run"
expect_status 4 "a folder that the second host does not see"
expect_message_once 'this rank does not see the folder'
expect_message 'it must be on a file system that all hosts share'
expect_message '[rank 1 of 2]'
[ -z "$(on 1 ls -A "$SCRATCH/apart")" ] || fail "something was written on the second host"
on 1 mkdir -p "$SCRATCH/apart/run"
rm -rf "$SCRATCH/apart/run"
over_both run "$config" "${settings[@]}" --output "$SCRATCH/apart/run"
expect_status 4 "a folder of the same name on the second host"
expect_message 'it must be on a file system that all hosts share'

# --- resumed where the second host does not see it
cp -r "$SCRATCH/writers" "$SCRATCH/hidden"
on 1 mount -t tmpfs hidden "$SCRATCH/hidden"
over_both resume "$SCRATCH/hidden" --set 'run.end="25 min"'
expect_status 4 "resumed where one host does not see it"
expect_message 'file system that all hosts share'
same_runs "$SCRATCH/one_host" "$SCRATCH/hidden"
printf 'a folder that the second host does not see: told, nothing written\n'
