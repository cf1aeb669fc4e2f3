#pragma once
/// \file
/// The stationary field of one operator: L C = S (concentration_operator.hpp), what transport would arrive at if
/// release, uptake and boundaries stayed as they are.
#include <span>

#include "decomposition/field.hpp"
#include "src/extracellular/operator/terms.hpp"

namespace vesicast {

struct StationarySolve {
  int iterations = 0;
  double residual = 0.0;  ///< |S - L C| / |S|, 2-norms; 0 without sources
};

/// Sets the contents `n` to the stationary state under `terms` and `further_loss` [1/s] of every owned voxel (empty:
/// none), by conjugate gradients with multigrid; options of
/// prefix `stationary_` change the solver. What rounding leaves below 0 becomes 0. The same bits on any number of
/// ranks, as long as the options leave the preconditioner (`mg`, or `jacobi`, `none`). Throws NumericsError if there is
/// no such state (nothing removes what is released) or the solver gives up. Collective.
StationarySolve solve_stationary(const Domain& domain, const Operator& op, const SparseTerms& terms, Vec n,
                                 std::span<const double> further_loss = {});

}  // namespace vesicast
