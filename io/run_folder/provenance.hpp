#pragma once
/// \file
/// Where a result came from: program, libraries, machine, inputs and outcome, as provenance.json in the run folder.
#include <mpi.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "decomposition/base/error.hpp"

namespace vesicast::io {

/// A file the run read, and what it held.
struct InputRecord {
  std::string path;
  std::string copy = {};  ///< in the run folder; empty: none
  std::string xxh64;      ///< 16 hexadecimal digits of its XXH64 with seed 0, as `xxhsum -H64` prints
};

/// The hash of `file` as it is now. InputError if it cannot be read.
[[nodiscard]] InputRecord record_input(const std::filesystem::path& file);

/// What the caller knows about a run; version, commit, compiler and job are added when it is written.
struct Provenance {
  std::string command_line;
  std::uint64_t seed = 0;
  int ranks = 1;
  std::vector<std::string> hosts;
  std::string petsc_version;
  std::string petsc_options;  ///< all in PETSc's database, wherever they came from
  std::string integrator;     ///< the TS type in use
  std::string mpi_version;
  std::optional<InputRecord> config;
  std::vector<InputRecord> tables;
  std::chrono::system_clock::time_point started;
  double from = 0.0;           ///< simulated time [s]; above 0: taken up from a checkpoint
  std::string earlier = "[]";  ///< JSON: what provenance.json said of each earlier attempt
  // --- known at the end
  std::optional<std::chrono::system_clock::time_point> finished;
  std::optional<double> wall_seconds;
  std::optional<double> reached;  ///< simulated time [s]
  std::string stopped_by = {};    ///< "SIGTERM"; empty: nothing
  std::optional<ExitCode> exit_status;
};

/// What provenance.json of a run folder says of the run so far, with its last attempt among the earlier ones: the
/// configuration and tables are those it began with. Throws InputError. Local.
[[nodiscard]] Provenance read_provenance(const std::filesystem::path& run_folder);

/// How the last attempt ended, as provenance.json has it.
struct LastAttempt {
  std::optional<int> exit_status;  ///< nothing where it goes on, or where it was killed
  std::optional<double> reached;   ///< simulated time [s]
  std::string stopped_by;
  int ranks = 0;
  std::string started;  ///< "2023-11-14T22:13:20Z"; empty: not known
  /// "stopped at t = 1200 s by SIGTERM, exit code 3", or that it was killed, and what that may have been.
  [[nodiscard]] std::string text() const;
};

/// Throws InputError where there is no provenance.json of a run. Local.
[[nodiscard]] LastAttempt last_attempt(const std::filesystem::path& run_folder);

/// Notes in provenance.json what one rank met alone and ended the run for: the others can no longer be asked. Leaves it
/// as it is where that fails. Local; any rank, several at a time.
void record_lone_failure(const std::filesystem::path& run_folder, int rank, ExitCode code, const std::string& message,
                         double reached) noexcept;

/// The command line as a shell would take it back, with quotes where they are needed.
[[nodiscard]] std::string quoted_command_line(int argc, const char* const* argv);

/// The distinct host names of the ranks, sorted, on rank 0; nothing on the others. Collective.
[[nodiscard]] std::vector<std::string> host_names(MPI_Comm comm);

/// The JSON text. Keys that are not known yet are null.
[[nodiscard]] std::string to_json(const Provenance& provenance);

/// Writes (or replaces) provenance.json. OutputError if that fails. Rank 0 only.
void write_provenance(const std::filesystem::path& run_folder, const Provenance& provenance);

}  // namespace vesicast::io
