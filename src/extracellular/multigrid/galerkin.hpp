#pragma once
/// \file
/// Coarse operators made from finer ones.
#include "src/extracellular/multigrid/hierarchy.hpp"

namespace vesicast {

/// P^T A P for the assembled operator `a` of `fine` and the interpolation P to it from `coarse.level`, whose entries
/// must still be there; every entry is summed in an order that no cut of the grid changes. Collective.
[[nodiscard]] MatHandle galerkin_product(Mat a, const MultigridLevel& fine, const CoarserLevel& coarse);

/// A bound of the eigenvalues of D^-1 A: the largest sum of a row's magnitudes over its diagonal (Gershgorin).
/// Collective.
[[nodiscard]] double largest_eigenvalue(const OrderFreeMatrix& a);

}  // namespace vesicast
