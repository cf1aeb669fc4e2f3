#include "io/commands/launcher.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "decomposition/base/error.hpp"

namespace vesicast::io {
namespace {

int number(const char* variable) {
  const char* value = std::getenv(variable);
  return value == nullptr ? 0 : std::atoi(value);
}

bool is_set(const char* variable) {
  return std::getenv(variable) != nullptr;
}

}  // namespace

int launched_rank() {
  for (const char* name : {"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK", "SLURM_PROCID"})
    if (const char* value = std::getenv(name)) return std::atoi(value);
  return 0;
}

Launch::Launch() : rank_(launched_rank()) {
  // What the launchers' sides of PMI, PMI-2 and PMIx and Open MPI's own leave in the environment.
  for (const char* meeting_place :
       {"PMIX_NAMESPACE", "PMIX_RANK", "PMI_FD", "PMI_PORT", "PMI_RANK", "OMPI_COMM_WORLD_SIZE"})
    can_meet_ = can_meet_ || is_set(meeting_place);
  // The launcher nearest to the process counts.
  for (const char* size : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"})
    if (is_set(size)) {
      processes_ = number(size);
      variable_ = size;
      return;
    }
  // A batch script has the job's variables; these are of a step, which has a place for each of its processes.
  constexpr const char* step = "SLURM_STEP_NUM_TASKS";
  if (is_set("SLURM_PROCID") && is_set(step)) {
    processes_ = number(step);
    variable_ = step;
  }
}

void Launch::require_joinable() const {
  if (!can_meet_) require_joined(1);
}

void Launch::require_joined(int size) const {
  if (size > 1 || processes_ <= 1) return;
  throw InputError(
      fmt::format("{} processes were started together ({}), but MPI joins none of them: each would run alone. "
                  "With Slurm: srun --mpi=pmix, or mpirun in the place of srun",
                  processes_, variable_));
}

}  // namespace vesicast::io
