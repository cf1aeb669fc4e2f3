#pragma once
/// \file
/// The stationary field of one operator where the fluid flows: L C + div(v C) = S with the fluxes of the run's own
/// advection.
#include "src/extracellular/implicit/stationary.hpp"
#include "src/extracellular/implicit/steady_advection.hpp"

namespace vesicast {

/// As solve_stationary(), with `advection` of the same domain. Newton's method, as the advection's limiter makes the
/// equation non-linear; GMRES for its linear systems, preconditioned by multigrid for diffusion and first-order upwind.
/// Throws NumericsError if there is no such state or the solver does not find it. Collective.
StationarySolve solve_stationary(const Domain& domain, const Operator& op, const SparseTerms& terms,
                                 SteadyAdvection& advection, Vec n, std::span<const double> further_loss = {});

}  // namespace vesicast
