#pragma once
/// \file
/// Cuts of a grid that are not the uniform one.
#include <mpi.h>

#include <vector>

#include "decomposition/base/layout.hpp"

namespace vesicast::test {

/// Slabs along x over all ranks, all but the last as thin as `thinnest` voxels.
[[nodiscard]] inline Layout uneven_slabs(const Grid& grid, std::int64_t thinnest) {
  int ranks = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  std::vector<std::int64_t> widths(static_cast<std::size_t>(ranks), thinnest);
  widths.back() = grid.voxels[0] - thinnest * (ranks - 1);
  return explicit_layout(grid, {{widths, {grid.voxels[1]}, {grid.voxels[2]}}});
}

}  // namespace vesicast::test
