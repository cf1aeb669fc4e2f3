#pragma once
/// \file
/// What a run folder says of its run from the first moment on: the configuration, where the result came from, and how
/// it ended.
#include <mpi.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "io/commands/commands.hpp"
#include "io/run_folder/provenance.hpp"
#include "src/base/time.hpp"

namespace vesicast::io {

/// What a record says of a run that goes.
struct RunFacts {
  MPI_Comm comm = MPI_COMM_NULL;
  std::uint64_t seed = 0;
  std::string integrator;
  Ticks from = 0;  ///< simulated time
};

class RunRecord {
 public:
  /// Of a run from its start: copies its inputs, `files` (on rank 0), into `folder`, which is ready for them, and
  /// writes config.toml, which names the copies, and provenance.json. `begin`: of the program. Collective.
  [[nodiscard]] static RunRecord of_new_run(const std::filesystem::path& folder, const RunOptions& options,
                                            const std::vector<std::string>& files, const std::string& toml,
                                            const RunFacts& run, std::chrono::steady_clock::time_point begin);
  /// Of a run that is taken up again: `config` is the configuration from now on; what provenance.json said of earlier
  /// attempts stays. Collective.
  [[nodiscard]] static RunRecord of_resumed_run(const std::filesystem::path& folder, const std::string& command_line,
                                                const std::string& config, const RunFacts& run,
                                                std::chrono::steady_clock::time_point begin);
  /// Notes the end, the exit code and what stopped the run. OutputError if that fails. Local; rank 0 writes.
  void end(ExitCode code, Ticks reached, const std::string& stopped_by = {});
  /// The configuration as it stands in the run folder; on every rank.
  [[nodiscard]] const std::string& config() const { return config_; }
  /// Since the run began [s].
  [[nodiscard]] double seconds() const;

 private:
  RunRecord(std::filesystem::path folder, const std::string& command_line, const RunFacts& run, Provenance provenance,
            std::chrono::steady_clock::time_point begin);

  std::filesystem::path folder_;
  std::string config_;
  Provenance provenance_;
  std::chrono::steady_clock::time_point begin_;
  bool writes_ = false;
};

}  // namespace vesicast::io
