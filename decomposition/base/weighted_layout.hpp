#pragma once
/// \file
/// A cut of the grid that gives every rank about the same work. Pure: usable before any process exists.
#include <cstdint>
#include <span>
#include <vector>

#include "decomposition/base/layout.hpp"

namespace vesicast {

/// A place in the grid that costs more than its voxel does.
struct Load {
  Index3 voxel{};
  double cost = 0.0;  ///< at least 0, in any unit
};

/// What a rank spends on its box beside its loads, in the unit of these.
struct BoxCost {
  double voxel = 1.0;      ///< a step of one voxel
  double row = 0.0;        ///< what a row of voxels costs beside them, however long it is [voxel]
  double sweeps = 1.0;     ///< of a step: voxels of the rim are swept again
  double message = 0.0;    ///< to a neighbour
  double rim_voxel = 0.0;  ///< of the rim sent
  std::array<bool, 3> periodic{};
  std::int64_t thinnest = 1;  ///< slab, where an even one is no thinner [voxel]
  /// How deep the rim is where the thinnest slab that has neighbours is so wide [voxel].
  int (*rim_depth)(std::int64_t thinnest) = [](std::int64_t) { return 1; };
};

/// Work of every rank under `layout`, in the unit of the costs. Voxels count with the rim that is swept again: a rim
/// of depth d is exchanged once in d sweeps, the first of which reaches d - 1 voxels beyond the box and the last none.
[[nodiscard]] std::vector<double> work_of_ranks(const Grid& grid, const Layout& layout, std::span<const Load> loads,
                                                const BoxCost& cost);
/// What a rank sends in a step.
struct RimTraffic {
  std::int64_t messages = 0;
  std::int64_t voxels = 0;  ///< of all messages: each travels once per array
};
[[nodiscard]] RimTraffic traffic_of_rank(const Grid& grid, const Layout& layout, int rank, const BoxCost& cost);

/// Largest over mean of them.
[[nodiscard]] double imbalance(std::span<const double> work);

/// The cut, among those that divide every axis by planes, under which the rank with the most work has the least: for
/// each process grid the planes of one axis after the other are placed where the largest work is smallest with the
/// others as they are, until nothing gains any more (Nicol, J. Parallel Distrib. Comput. 23 (1994) 119, rectilinear
/// partitioning). Planes stand on the borders of blocks of voxels where the grid has over some hundred thousands of
/// them. The uniform cut where none is better. Throws InputError as uniform_layout() does. The same for the same input
/// on any machine that rounds alike.
[[nodiscard]] Layout weighted_layout(const Grid& grid, int ranks, std::span<const Load> loads, const BoxCost& cost);

}  // namespace vesicast
