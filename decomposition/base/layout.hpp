#pragma once
/// \file
/// How many ranks along each axis, and which voxels each owns. Pure: usable before any process exists.
#include <array>
#include <cstdint>
#include <vector>

#include "decomposition/base/box.hpp"
#include "decomposition/base/grid.hpp"

namespace vesicast {

/// A tensor-product cut of a grid: ranks per axis and, for each axis, how many voxels each slab owns.
struct Layout {
  std::array<int, 3> ranks{1, 1, 1};
  std::array<std::vector<std::int64_t>, 3> ownership{};  ///< [axis][slab], sums to the grid's extent

  [[nodiscard]] int size() const { return ranks[0] * ranks[1] * ranks[2]; }
  /// Of the grid that is cut, per axis.
  [[nodiscard]] Index3 voxels() const;
  /// Position of `rank` in the process grid; x fastest, as PETSc's DMDA numbers them.
  [[nodiscard]] std::array<int, 3> coordinates(int rank) const;
  [[nodiscard]] int rank_at(const std::array<int, 3>& coordinates) const;
  /// The voxels that `rank` owns.
  [[nodiscard]] Box owned_by(int rank) const;
  /// The rank that owns voxel `v`. Pre: v is in the grid.
  [[nodiscard]] int owner(const Index3& v) const;
};

/// The process grid with the smallest halo among all that give every rank at least one voxel per axis, cut evenly.
/// Throws InputError, naming the largest count not above `ranks` that works, if there is none.
[[nodiscard]] Layout uniform_layout(const Grid& grid, int ranks);

/// A cut with the given slab widths. Throws InputError if they do not add up to the grid or a slab is empty.
[[nodiscard]] Layout explicit_layout(const Grid& grid, const std::array<std::vector<std::int64_t>, 3>& ownership);

}  // namespace vesicast
