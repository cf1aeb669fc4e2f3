#include "io/run_folder/job.hpp"

#include <array>
#include <cstdlib>
#include <utility>

namespace vesicast::io {

std::optional<Job> batch_job() {
  constexpr std::array<std::pair<const char*, const char*>, 3> systems{
      {{"Slurm", "SLURM_JOB_ID"}, {"PBS", "PBS_JOBID"}, {"LSF", "LSB_JOBID"}}};
  for (const auto& [system, variable] : systems)
    if (const char* id = std::getenv(variable); id != nullptr && *id != '\0') return Job{system, id};
  return std::nullopt;
}

}  // namespace vesicast::io
