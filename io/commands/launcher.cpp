#include "io/commands/launcher.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <utility>

#include "decomposition/base/error.hpp"

namespace vesicast::io {
namespace {

int number(const char* variable) {
  const char* value = std::getenv(variable);
  return value == nullptr ? 0 : std::atoi(value);
}

/// How many processes were started together, and the variable that says so; the launcher nearest to them counts.
std::pair<int, const char*> started() {
  for (const char* size : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"})
    if (std::getenv(size) != nullptr) return {number(size), size};
  // A batch script has the job's variables; these are of a step, which has a place for each of its processes.
  constexpr const char* step = "SLURM_STEP_NUM_TASKS";
  return std::getenv("SLURM_PROCID") != nullptr ? std::pair(number(step), step) : std::pair(1, "");
}

}  // namespace

int launched_rank() {
  for (const char* name : {"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK", "SLURM_PROCID"})
    if (const char* value = std::getenv(name)) return std::atoi(value);
  return 0;
}

void require_joined(int size) {
  const auto [processes, variable] = started();
  if (size > 1 || processes <= 1) return;
  throw InputError(
      fmt::format("{} processes were started together ({}), but MPI joins none of them: each would run alone. "
                  "With Slurm: srun --mpi=pmix, or mpirun in the place of srun",
                  processes, variable));
}

}  // namespace vesicast::io
