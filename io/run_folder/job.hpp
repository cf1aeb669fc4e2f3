#pragma once
/// \file
/// The batch job that this process belongs to.
#include <optional>
#include <string>

namespace vesicast::io {

struct Job {
  std::string system, id;  ///< "Slurm", "4711"
};

/// From the variable that each batch system sets; nothing outside of a job.
[[nodiscard]] std::optional<Job> batch_job();

}  // namespace vesicast::io
