#pragma once
/// \file
/// What all multigrid preconditioners here share: how far they coarsen, and their V-cycle.
#include <petscksp.h>

#include <span>

#include "src/extracellular/multigrid/direct_solver.hpp"
#include "src/extracellular/multigrid/interpolation.hpp"
#include "src/extracellular/multigrid/order_free_matrix.hpp"

namespace vesicast {

/// A grid below the finest.
struct CoarserLevel {
  MultigridLevel level;
  OrderFreeMatrix up;                  ///< interpolation to the next finer grid
  OrderFreeMatrix down;                ///< its transpose: restriction from there
  MatHandle up_entries, down_entries;  ///< the same, assembled, where they were asked for
  Index3 voxels{};                     ///< of the finest grid along a cell's edges
};

/// Steps of a smoother before and after the coarser grids.
inline constexpr PetscInt smoothing_steps = 2;

/// The grids below `finest`, next to it first, the last of few enough cells to be solved directly by every rank; none
/// if `finest` is. `keep_entries`: up_entries and down_entries too. Collective.
[[nodiscard]] std::vector<CoarserLevel> coarser_levels(MPI_Comm comm, const MultigridLevel& finest,
                                                       const HeldFaces& held, bool keep_entries);

/// Makes `pc` a V-cycle (PCMG) over a finest grid and those below it, next to the finest first, with the operators of
/// all grids, the finest's first; `coarsest` solves the last. Smoothers are two steps of Chebyshev with Jacobi, whose
/// bounds are the caller's. `pc`'s operators must be set. Collective.
void make_v_cycle(PC pc, std::span<const CoarserLevel* const> coarser, std::span<const Mat> operators,
                  DirectSolver& coarsest);

}  // namespace vesicast
