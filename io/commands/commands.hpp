#pragma once
/// \file
/// The commands of the program. Each throws an Error with its exit code.
#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "decomposition/base/error.hpp"

namespace vesicast::io {

struct RunOptions {
  std::filesystem::path config;
  std::vector<std::string> overrides;  ///< key=value, as given to --set
  std::filesystem::path output;        ///< empty: runs/<name of the config>
  bool overwrite = false;
  std::optional<double> max_walltime = {};  ///< [s]
  bool log_timing = false;
  bool quiet = false;
  std::string command_line;
};

/// Runs a configuration from its start on all ranks of MPI_COMM_WORLD. Returns done, or stopped_early where a signal, a
/// file STOP or the time on the wall stopped it. Pre: a petsc::Session lives. Collective.
[[nodiscard]] ExitCode run(const RunOptions& options);

struct ResumeOptions {
  std::filesystem::path folder;        ///< of the run
  std::vector<std::string> overrides;  ///< of keys that may change
  std::optional<double> max_walltime = {};
  bool log_timing = false;
  bool quiet = false;
  std::string command_line;
};

/// Takes a run up from its newest checkpoint that is whole, on any number of ranks, to the bits of the run that never
/// stopped: all that was written after it is taken back. run.end, output and checkpoint may have changed; anything else
/// is an InputError that shows the difference. Likewise. Collective.
[[nodiscard]] ExitCode resume(const ResumeOptions& options);

/// "1:30:00", "2 h" or "5400 s" in seconds. Throws InputError.
[[nodiscard]] double walltime_seconds(const std::string& text);

/// Prints what a configuration means: grid, cells by type, memory per rank, steps, D dt/h^2, ranges, warnings. Reads
/// the tables, allocates no field and writes nothing. Serial.
void validate(const std::filesystem::path& config, const std::vector<std::string>& overrides, int ranks,
              std::ostream& out);

struct PlanOptions {
  std::filesystem::path config;
  std::vector<std::string> overrides;
  std::vector<int> ranks;         ///< to plan for
  int per_node = 0;               ///< ranks on one machine; 0: one per core of this one
  bool measure = false;           ///< this machine, with the ranks that run
  std::filesystem::path machine;  ///< file of a machine's numbers: written with `measure`, read without; empty: none
  double efficiency = 0.7;        ///< that the chosen number of ranks keeps
  bool json = false;
};

/// Prints how a configuration would run on each number of ranks: cut, balance, messages, memory, time. Takes samples of
/// its steps, on rank 0, or on all ranks too where the machine is measured; runs nothing. Collective.
void plan(const PlanOptions& options, std::ostream& out);

/// Lists the examples (`name` empty), or writes one to `file` (empty: NAME.toml in the working folder), never over an
/// existing file. Serial.
void example(const std::string& name, const std::filesystem::path& file, std::ostream& out);

}  // namespace vesicast::io
