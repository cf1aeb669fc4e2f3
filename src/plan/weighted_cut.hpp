#pragma once
/// \file
/// The cut of the grid that a run begins or goes on with.
#include <mpi.h>

#include <span>

#include "decomposition/base/weighted_layout.hpp"
#include "src/plan/step_cost.hpp"

namespace vesicast {

/// A cut, and how even it is.
struct WeightedCut {
  Layout layout;
  double imbalance = 1.0;          ///< largest over mean predicted work
  double uniform_imbalance = 1.0;  ///< of the uniform cut
  std::vector<double> work;        ///< [rank], predicted seconds of a step; rank 0 only
};

/// What the ranks of the cut have to do in a step beside their boxes: every cell, and what its voxel costs [s].
[[nodiscard]] std::vector<Load> loads_of(const Grid& grid, std::span<const PlacedCell> cells, const StepCost& cost);
/// What a box costs [s]. `message`: per message; `rim_voxel`: per voxel and array that travels.
[[nodiscard]] BoxCost box_cost(const Parameters& parameters, const StepCost& cost, double message, double rim_voxel);

/// Rank 0's layout, on all. Collective.
void broadcast_layout(MPI_Comm comm, Layout& layout);

/// The cut that run.cut asks for. Where it is weighted, rank 0 measures what voxels and cells of each type cost it
/// (some tenths of a second at most) while the others wait. `cells`: all of them on rank 0. The results of a run do not
/// depend on its cut. Throws AgreedError if the ranks cannot share the grid. Collective.
[[nodiscard]] WeightedCut choose_cut(MPI_Comm comm, const Parameters& parameters, std::span<const PlacedCell> cells);

/// Position and type of all cells, on rank 0; `cells` are this rank's. Collective.
[[nodiscard]] std::vector<PlacedCell> gather_placed(MPI_Comm comm, const Cells& cells);

}  // namespace vesicast
