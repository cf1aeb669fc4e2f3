#pragma once
/// \file
/// A configuration and the tables it names, read and checked.
#include <set>
#include <string>
#include <vector>

#include "io/config/resolve.hpp"
#include "io/run_folder/provenance.hpp"
#include "src/state/placed_cell.hpp"

namespace vesicast::io {

/// All cells of the tissue, and what was noticed on the way.
struct Tissue {
  std::vector<PlacedCell> cells;
  std::vector<std::string> warnings;
  std::vector<InputRecord> tables;
};

/// Every file that a map of the parameters is in, once.
[[nodiscard]] std::set<std::string> map_files(const Parameters& parameters);

/// Reads the tables and places the cells. InputError with everything that is wrong. Serial.
[[nodiscard]] Tissue read_tissue(const Parameters& parameters);

}  // namespace vesicast::io
