#pragma once
/// \file
/// A run that is ready to go, from its start or from a checkpoint: what looks on, the loop, and how it ends.
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "io/checkpoint/manifest.hpp"
#include "io/commands/run_record.hpp"
#include "io/log/log.hpp"
#include "io/vtk/named_values.hpp"
#include "src/run/simulation.hpp"

namespace vesicast::io {

struct GoOptions {
  std::filesystem::path folder;
  std::optional<double> max_walltime;  ///< [s]
  bool log_timing = false;
  std::vector<double> predicted_work = {};  ///< [rank], WeightedCut::work
  std::chrono::steady_clock::time_point begin;
  /// What had been written, of a run that is taken up again; of one from its start nothing.
  std::optional<std::vector<SeenOutput>> seen;
};

/// What every file of a run says of it.
[[nodiscard]] std::vector<Note> notes_of(const Parameters& parameters);

[[nodiscard]] RunFacts facts_of(const Simulation& s);

/// Takes the run to its end, or to where it is stopped: outputs, checkpoints, log and record. Returns done or
/// stopped_early. Throws AgreedError as simulate() does, which is logged and recorded. Collective.
[[nodiscard]] ExitCode go(Simulation& s, RunRecord& record, Log& log, const GoOptions& options);

}  // namespace vesicast::io
