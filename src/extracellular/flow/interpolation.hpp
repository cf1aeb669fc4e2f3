#pragma once
/// \file
/// How a correction to the pressure comes down from a coarse grid of the hierarchy.
#include <petscmat.h>

#include "src/extracellular/flow/darcy.hpp"
#include "src/extracellular/flow/multigrid_level.hpp"

namespace vesicast {

using MatHandle = petsc::Handle<Mat, MatDestroy>;

/// Rows: cells of `fine`; columns: cells of `coarse` = coarsened(fine, axes). Along each axis the pressure between two
/// coarse centres is that of the same flux through the fine cells between them; the product over the axes is taken.
/// With one K everywhere these are the weights 3/4 and 1/4 of linear interpolation; nothing comes through an obstacle,
/// and half of it through a face held at a pressure (whose correction is 0). Collective.
[[nodiscard]] MatHandle interpolation(MPI_Comm comm, const MultigridLevel& fine, const MultigridLevel& coarse,
                                      const std::array<bool, 3>& axes, const FlowBoundaries& boundary);

}  // namespace vesicast
