#pragma once
/// \file
/// A configuration and the tables it names, read and checked: what every command begins with that runs or tells of a
/// run.
#include <mpi.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "io/config/resolve.hpp"
#include "io/run_folder/provenance.hpp"
#include "src/state/placed_cell.hpp"

namespace vesicast::io {

/// What the table of a cell calls it.
struct TableId {
  std::int64_t cell = 0;  ///< its id in the run
  std::string group;      ///< by its name, or its number from 1
  std::string id;
};

struct Input {
  Resolved resolved;
  std::vector<PlacedCell> cells;      ///< of the whole tissue; rank 0 only
  std::vector<TableId> table_ids;     ///< of the cells of tables that have a column of ids; rank 0 only
  std::vector<std::string> files;     ///< every file that was read beside the configuration, maps included; rank 0 only
  std::vector<std::string> warnings;  ///< about all of them; those about the tissue on rank 0 only

  [[nodiscard]] const Parameters& parameters() const { return resolved.parameters; }
};

/// Reads files on rank 0 of `comm`, resolves them alike on every rank, checks that the pathways start, and places the
/// cells on rank 0. Throws AgreedError (bad input) with everything that is wrong. Collective.
[[nodiscard]] Input prepare_input(MPI_Comm comm, const std::filesystem::path& config,
                                  const std::vector<std::string>& overrides);

/// The same of a run that is taken up again: its cells are those that were stored, and none are placed. Collective.
[[nodiscard]] Input prepare_input_without_cells(MPI_Comm comm, const std::filesystem::path& config,
                                                const std::vector<std::string>& overrides);

}  // namespace vesicast::io
