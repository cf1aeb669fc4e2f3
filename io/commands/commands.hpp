#pragma once
/// \file
/// The commands of the program. Each throws an Error with its exit code.
#include <filesystem>
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
  bool log_timing = false;
  bool quiet = false;
  std::string command_line;
};

/// Runs a configuration from its start on all ranks of MPI_COMM_WORLD. Pre: a petsc::Session lives. Collective.
void run(const RunOptions& options);

/// Prints what a configuration means: grid, cells by type, memory per rank, steps, D dt/h^2, ranges, warnings. Reads
/// the tables, allocates no field and writes nothing. Serial.
void validate(const std::filesystem::path& config, const std::vector<std::string>& overrides, int ranks,
              std::ostream& out);

/// Lists the examples (`name` empty), or writes one to `file` (empty: NAME.toml in the working folder), never over an
/// existing file. Serial.
void example(const std::string& name, const std::filesystem::path& file, std::ostream& out);

}  // namespace vesicast::io
