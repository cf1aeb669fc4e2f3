# shellcheck shell=bash
# What the scripts share. Sourced by them with bash, after `set -euo pipefail`; does nothing by itself.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
SCRIPT=$(basename "$0")
STEP=""

say() { printf '%s\n' "$*"; }

# Ends the script with a message and code 1, or the code in $2.
fail() {
  printf '%s: %s\n' "$SCRIPT" "$1" >&2
  exit "${2:-1}"
}

# Announces a step and remembers its name, so that a failure can name it.
step() {
  STEP=$1
  printf '\n== %s\n' "$STEP"
}

# Names the step that failed when the script ends early.
report_failure() {
  local code=$?
  if [ "$code" -ne 0 ] && [ -n "$STEP" ]; then
    printf '\n%s: failed at the step "%s" (exit code %s); its messages are above\n' "$SCRIPT" "$STEP" "$code" >&2
  fi
}
trap report_failure EXIT

# Prints the script's own opening comment, without the marks.
show_help() { awk 'NR == 1 { next } /^#/ { sub(/^# ?/, ""); print; next } { exit }' "$0"; }

# How many compilations at once: one per processor, but no more than one per 2 GiB of memory (VTK and toml++ are heavy).
build_jobs() {
  local jobs memory
  jobs=$(nproc)
  memory=$(awk '/^MemAvailable:/ { print int($2 / 2097152) }' /proc/meminfo)
  if [ "${memory:-0}" -lt "$jobs" ]; then jobs=$memory; fi
  if [ "$jobs" -lt 1 ]; then jobs=1; fi
  say "$jobs"
}

# Configures and builds one preset: build_preset NAME [-DOPTION=VALUE...] [TARGET...].
build_preset() {
  local preset=$1 options=()
  shift
  while [[ ${1:-} == -D* ]]; do
    options+=("$1")
    shift
  done
  if ! command -v cmake >/dev/null; then
    fail "cmake is missing; run scripts/install-packages"
  fi
  (cd "$ROOT" && cmake --preset "$preset" ${options[@]+"${options[@]}"} && cmake --build "build/$preset" --parallel "$(build_jobs)" ${1:+--target "$@"})
}

# What Open MPI needs to start on any machine: as root in a container, with more ranks than cores, without tracing rights.
# A rank that waits gives its core away: on a machine that does other work too, that is several times faster.
mpi_environment() {
  if [ "$(id -u)" -eq 0 ]; then
    export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
  fi
  export OMPI_MCA_mpi_yield_when_idle=1 OMPI_MCA_rmaps_base_oversubscribe=1
  export OMPI_MCA_hwloc_base_binding_policy=none OMPI_MCA_btl_vader_single_copy_mechanism=none
}

# The mpirun that belongs to the MPI library a preset was built with: mpirun_of PRESET.
mpirun_of() {
  local found
  found=$(sed -n 's/^MPIEXEC_EXECUTABLE:[A-Z]*=//p' "$ROOT/build/$1/CMakeCache.txt")
  say "${found:-mpirun}"
}
