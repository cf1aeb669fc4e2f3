#pragma once
/// \file
/// What the cells that left the tissue did there: the ledger and the communication matrix keep it.
#include <array>
#include <cstdint>
#include <vector>

#include "decomposition/base/exact_sum.hpp"
#include "src/state/arrays.hpp"

namespace vesicast {

class Cells;

/// Sums over the cells that left, of all arrays that something is counted by, in their units: what came into being in
/// them, ended in them and passed through them, and what they still held, which left with them. For the cells of one
/// type at t = 0, by which the ledger balances, that were of one type when they left, by which the communication matrix
/// lists them. Exact sums: no order of departures and no number of ranks shows.
struct DepartedCells {
  std::int32_t first_type = 0, type = 0;
  std::int64_t count = 0;                                    ///< how many cells
  std::array<std::vector<ExactSum>, cell_array_count> sums;  ///< [array][field, cargo, ...], as Cells::at()

  [[nodiscard]] const ExactSum& at(CellArray array, std::size_t which) const {
    return sums[static_cast<std::size_t>(array)][which];
  }
};

/// This rank's parts, which add up over the ranks.
struct Departed {
  std::vector<DepartedCells> cells;  ///< in the order of first_type, then type; only where any left

  [[nodiscard]] std::int64_t count() const;
  /// Adds a cell that is about to leave.
  void add(const Cells& cells, std::size_t cell);
};

/// Does an array say something that stays true when its cell has left?
[[nodiscard]] constexpr bool outlasts_its_cell(CellArray a) {
  const Role role = info(a).role;
  return role == Role::made || role == Role::pool || role == Role::fate || role == Role::flow;
}

}  // namespace vesicast
