#pragma once
/// \file
/// What `vesicast plan` prints.
#include <cstdint>
#include <string>
#include <vector>

#include "io/commands/commands.hpp"
#include "src/plan/prediction.hpp"

namespace vesicast::io {

/// What a run writes.
struct PlannedDisk {
  double outputs = 0.0, checkpoint = 0.0;  ///< all outputs before compression; one checkpoint [B]
  std::int64_t files = 0;                  ///< of the outputs, at most
  int kept = 1;                            ///< checkpoints at a time
  double checkpoints = 1.0;                ///< written in the whole run by simulated time
};

/// A table with a line per number of ranks, what its columns are, and the command for the largest number that still
/// does the asked efficiency.
[[nodiscard]] std::string plan_text(const PlanOptions& options, const PlannedRun& run,
                                    const std::vector<Prediction>& predictions, const Machine& machine, int per_node,
                                    const PlannedDisk& disk);
/// The same as JSON: times in s, sizes in bytes.
[[nodiscard]] std::string plan_json(const PlanOptions& options, const PlannedRun& run,
                                    const std::vector<Prediction>& predictions, const Machine& machine,
                                    const PlannedDisk& disk);

}  // namespace vesicast::io
