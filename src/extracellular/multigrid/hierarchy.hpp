#pragma once
/// \file
/// What all multigrid preconditioners here share: how far they coarsen, and their V-cycle.
#include <petscksp.h>

#include <span>

#include "decomposition/petsc.hpp"
#include "src/extracellular/multigrid/interpolation.hpp"

namespace vesicast {

/// A grid below the finest.
struct CoarserLevel {
  MultigridLevel level;
  MatHandle up;     ///< interpolation to the next finer grid
  Index3 voxels{};  ///< of the finest grid along a cell's edges
};

/// Steps of a smoother before and after the coarser grids.
inline constexpr PetscInt smoothing_steps = 2;

/// The grids below `finest`, next to it first, the last of few enough cells to be solved directly by every rank; none
/// if `finest` is. Collective.
[[nodiscard]] std::vector<CoarserLevel> coarser_levels(MPI_Comm comm, const MultigridLevel& finest,
                                                       const HeldFaces& held);

/// Makes `pc` a V-cycle (PCMG) over a finest grid and those below it, of which it takes the interpolations `up`, next
/// to the finest first. Smoothers are two steps of Chebyshev with Jacobi; operators and the smoothers' bounds are the
/// caller's. `pc`'s operators must be set. Collective.
void make_v_cycle(PC pc, std::span<const MatHandle> up);

}  // namespace vesicast
