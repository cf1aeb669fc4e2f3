#!/usr/bin/env bash
# The job scripts of scripts/slurm under a real Slurm, in a Debian folder (build/slurm, made once, from the network) and in
# namespaces of its own: nothing is installed on this machine, no address but localhost is used.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../support/program.sh"

[ "$(id -u)" -eq 0 ] || skip "a Slurm in a folder of its own needs root"
for tool in debootstrap unshare chroot ip; do
  command -v "$tool" >/dev/null || skip "there is no $tool; scripts/install-packages --all"
done
unshare --mount --pid --net --uts --ipc --fork true 2>/dev/null || skip "namespaces are not allowed here"
release=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
[ "$(sed -n 's/^ID=//p' /etc/os-release)" = debian ] || skip "this is not Debian: its libraries would not be the folder's"

# --- the folder
home=$SOURCE_DIR/build/slurm
root=$home/root
exec 9>"$SOURCE_DIR/build/slurm.lock"
flock 9
if [ ! -e "$root/.ready" ]; then
  rm -rf "$home"
  mkdir -p "$home"
  mirror=$(sed -n 's/^URIs: *\([^ ]*\).*/\1/p; s/^deb  *\(\[[^]]*\] *\)\{0,1\}\(http[^ ]*\).*/\2/p' \
    /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null | head -n 1)
  debootstrap --variant=minbase "$release" "$root" "${mirror:-http://deb.debian.org/debian}" >"$home/log" 2>&1 || {
    tail -n 5 "$home/log"
    rm -rf "$root"
    skip "debootstrap cannot make a Debian folder; is there a network?"
  }
  rm -f "$root/etc/apt/sources.list"
  cp /etc/apt/sources.list "$root/etc/apt/" 2>/dev/null || true
  cp /etc/apt/sources.list.d/debian.sources "$root/etc/apt/sources.list.d/" 2>/dev/null || true
  cat /etc/resolv.conf >"$root/etc/resolv.conf"
  chroot "$root" env DEBIAN_FRONTEND=noninteractive sh -c \
    'apt-get update -q && apt-get install -q -y --no-install-recommends slurm-wlm munge openmpi-bin libpmix2 libudunits2-data procps' >>"$home/log" 2>&1 || {
    tail -n 5 "$home/log"
    skip "the packages of Slurm cannot be installed; is there a network?"
  }
  touch "$root/.ready"
fi

# --- the program, with the libraries that the folder lacks
here=$root/opt/vesicast
rm -rf "$here"
mkdir -p "$here/bin" "$here/lib" "$here/work/scripts"
cp "$VESICAST" "$here/bin/vesicast"
ldd "$VESICAST" | awk '$2 == "=>" && $3 ~ /^\// { print $3 }' >"$SCRATCH/libraries"
while read -r library; do
  if [ ! -e "$root$library" ] && [ ! -e "$root/usr$library" ]; then cp -L "$library" "$here/lib/"; fi
done <"$SCRATCH/libraries"
cp "$SOURCE_DIR"/scripts/slurm/*.sh "$here/work/scripts"
cp "$SOURCE_DIR/tests/data/config/every_process.toml" "$SOURCE_DIR/tests/data/runs/small.toml" "$here/work"
cp "$SOURCE_DIR/tests/support/slurm_inside.sh" "$here/inside.sh"
chroot "$root" env LD_LIBRARY_PATH=/opt/vesicast/lib /opt/vesicast/bin/vesicast --version >/dev/null ||
  fail "the program does not start in $root"

# --- one machine with a network of its own, which ends with its first process
# shellcheck disable=SC2016
timeout -k 5 600 unshare --mount --pid --net --uts --ipc --fork --kill-child bash -c '
  set -euo pipefail
  root=$1
  hostname node
  ip link set lo up
  # Slurm wants an address beside localhost: one that leads nowhere.
  ip link add dead type veth peer name end
  ip addr add 192.0.2.1/32 dev dead
  ip link set dead up
  mount --make-rprivate /
  mount -t proc proc "$root/proc"
  mount --bind /dev "$root/dev"
  mount -t tmpfs shm "$root/dev/shm" 2>/dev/null || true
  mount --rbind /sys "$root/sys"  # slurmd looks for /sys/fs/cgroup
  mount -t tmpfs run "$root/run"
  mount -t tmpfs tmp "$root/tmp"
  printf "127.0.0.1 localhost node\n" >"$root/etc/hosts"
  exec chroot "$root" /bin/bash ${VESICAST_TRACE:-} /opt/vesicast/inside.sh
' slurm "$root" 9>&- </dev/null
