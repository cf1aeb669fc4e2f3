#pragma once
/// \file
/// Cells whose constants are their own. The constants of a run stand in lists by kind: the cell types first, then one
/// kind for every cell of this rank whose type has [variation]. Where no type has, kinds are types and nothing is kept.
#include <vector>

#include "src/parameters/multipliers.hpp"
#include "src/parameters/parameters.hpp"
#include "src/state/state.hpp"

namespace vesicast {

struct VariedCells {
  /// A cell with a kind of its own.
  struct Cell {
    std::size_t type = 0;
    CellMultipliers multipliers;
  };
  std::size_t types = 0;                ///< kinds that are types
  std::vector<Cell> cells;              ///< [kind - types]
  std::vector<std::uint32_t> own_kind;  ///< [cell], 0 of a cell without; empty where no cell of this rank varies

  /// The kind of a cell that is of type `type` now: its own, unless it has become of another type than it began as.
  [[nodiscard]] std::size_t kind(std::size_t cell, std::size_t type) const {
    if (own_kind.empty() || own_kind[cell] == 0) return type;
    const std::size_t own = own_kind[cell];
    return cells[own - types].type == type ? own : type;
  }
};

/// Local.
[[nodiscard]] VariedCells find_varied_cells(const Parameters& parameters, const Cells& cells);

/// The constants of every kind in a step that starts at `time`, perturbations times the cell's own multipliers. [kind]
[[nodiscard]] std::vector<CellType> kinds_at(const Parameters& parameters, const VariedCells& varied, Ticks time);

}  // namespace vesicast
