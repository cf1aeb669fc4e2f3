#pragma once
/// \file
/// What a run folder says of its run from the first moment on: the configuration, where the result came from, and how
/// it ended.
#include <chrono>
#include <filesystem>

#include "io/commands/commands.hpp"
#include "io/commands/input.hpp"
#include "src/run/simulation.hpp"

namespace vesicast::io {

class RunRecord {
 public:
  /// Writes config.toml and provenance.json into `folder`, which is ready for them. `begin`: of the run. Collective.
  RunRecord(const std::filesystem::path& folder, const RunOptions& options, const Input& input, const Simulation& s,
            std::chrono::steady_clock::time_point begin);
  /// Notes the end and the exit code. OutputError if that fails. Local; rank 0 writes.
  void end(ExitCode code);
  /// Since the run began [s].
  [[nodiscard]] double seconds() const;

 private:
  std::filesystem::path folder_;
  Provenance provenance_;
  std::chrono::steady_clock::time_point begin_;
  bool writes_ = false;
};

}  // namespace vesicast::io
