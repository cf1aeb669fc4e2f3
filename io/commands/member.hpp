#pragma once
/// \file
/// One configuration run in memory on a communicator: a member of many in one process. Its error ends it alone.
#include <mpi.h>

#include <cstdint>
#include <string>
#include <vector>

#include "decomposition/base/error.hpp"

namespace vesicast::io {

/// How a member ended, and what it came to. On all ranks of its communicator.
struct MemberResult {
  ExitCode code = ExitCode::done;  ///< that `vesicast run` would end with
  bool refused = false;            ///< by what `vesicast validate` looks at
  std::string message;             ///< of the error; empty: none
  std::int64_t steps = 0;
  std::string tables;        ///< every account of every balance at the end, to the last bit
  std::uint64_t fields = 0;  ///< of all voxels, and
  std::uint64_t cells = 0;   ///< of all cells: equal where every bit is
};

/// Runs the configuration `text` with `overrides`, as of --set, on all ranks of `comm`, checks after each step that
/// nothing is negative or not finite, and at the end that the ledger closes. It names no file. A run whose transport
/// would take more than `longest` seconds is refused. Collective.
[[nodiscard]] MemberResult run_member(MPI_Comm comm, const std::string& text, const std::vector<std::string>& overrides,
                                      double longest);

}  // namespace vesicast::io
