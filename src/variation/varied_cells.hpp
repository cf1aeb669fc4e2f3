#pragma once
/// \file
/// Cells whose constants are their own. The constants of a run stand in lists by kind: the cell types first, then one
/// kind for every cell of this rank whose type has [variation]. Where no type has, kinds are types and nothing is kept.
#include <vector>

#include "src/parameters.hpp"
#include "src/state.hpp"
#include "src/variation/multipliers.hpp"

namespace vesicast {

struct VariedCells {
  /// A cell with a kind of its own.
  struct Cell {
    std::size_t type = 0;
    CellMultipliers multipliers;
  };
  std::vector<Cell> cells;             ///< kind - number of types
  std::vector<std::uint32_t> kind_of;  ///< [cell]; empty where no cell of this rank varies

  /// The type of a kind.
  [[nodiscard]] std::size_t type_of(std::size_t kind, std::size_t types) const {
    return kind < types ? kind : cells[kind - types].type;
  }
};

/// Local.
[[nodiscard]] VariedCells find_varied_cells(const Parameters& parameters, const Cells& cells);

/// The constants of every kind in a step that starts at `time`, perturbations times the cell's own multipliers. [kind]
[[nodiscard]] std::vector<CellType> kinds_at(const Parameters& parameters, const VariedCells& varied, Ticks time);

}  // namespace vesicast
