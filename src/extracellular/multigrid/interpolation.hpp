#pragma once
/// \file
/// How a correction comes down from a coarse grid of a hierarchy.
#include "src/extracellular/multigrid/level.hpp"
#include "src/extracellular/multigrid/order_free_matrix.hpp"

namespace vesicast {

/// Faces of the domain [axis][side] at which the unknown is held.
using HeldFaces = std::array<std::array<bool, 2>, 3>;

/// Rows: cells of `fine`; columns: cells of `coarse` = coarsened(fine, axes). Along each axis the unknown between two
/// coarse centres is that of the same flux through the fine cells between them; the product over the axes is taken.
/// With one conductivity everywhere these are the weights 3/4 and 1/4 of linear interpolation; nothing comes through an
/// obstacle, and half of it through a held face (whose correction is 0). Entries alone: products of it depend on the
/// cut. Collective.
[[nodiscard]] MatHandle interpolation(MPI_Comm comm, const MultigridLevel& fine, const MultigridLevel& coarse,
                                      const std::array<bool, 3>& axes, const HeldFaces& held);

}  // namespace vesicast
