#pragma once
/// \file
/// Whole vesicles, or the copies in them, from a cell back into its voxel.
#include <algorithm>

#include "src/state/state.hpp"

namespace vesicast {

/// Moves `amount` from a pool of cell `c` back into its voxel, at most what the pool holds. Local.
inline void give_back(State& u, CellArray pool, std::size_t f, std::size_t c, std::int64_t voxel, double amount) {
  double& content = u.cells.at(pool, f)[c];
  const double taken = std::clamp(amount, 0.0, content);
  content -= taken;
  u.cells.at(CellArray::returned, f)[c] += taken;
  const WriteScope scope(u.fields[f]);
  scope.values()[static_cast<std::size_t>(voxel)] += taken;
}

}  // namespace vesicast
