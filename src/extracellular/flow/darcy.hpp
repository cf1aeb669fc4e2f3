#pragma once
/// \file
/// Interstitial flow by Darcy's law with fluid exchange with vessels (Starling 1896; Baxter & Jain 1989):
///   div(K grad p) + sum over blood, lymph of e (P - p) = 0,    Darcy velocity -K grad p,
/// with e = L_p S/V and P the pressure at which a vessel neither brings nor drains, p_vessel - sigma (pi_v - pi_i).
#include <span>

#include "decomposition/field.hpp"
#include "src/extracellular/flow/flow_field.hpp"
#include "src/parameters/flow.hpp"

namespace vesicast {

/// One kind of vessel, per owned voxel, x fastest; both empty: there are none.
struct VesselExchange {
  std::span<const double> conductance;  ///< e = L_p S/V [1/(Pa s)], >= 0
  std::span<const double> pressure;     ///< P = p_vessel - oncotic [Pa]; of no meaning where e = 0
};

/// Two faces of an axis that is periodic have no boundary, whatever stands there.
using FlowBoundaries = decltype(FlowParameters::boundary);

struct DarcyProblem {
  std::span<const double> conductivity;  ///< K per owned voxel [um^2/(Pa s)], >= 0; 0: an obstacle
  VesselExchange blood{}, lymph{};
  FlowBoundaries boundary{};  ///< [axis][side]
};

struct DarcyPressure {
  Field pressure;               ///< p at the voxel centres [Pa]; 0 where no fluid moves
  std::int64_t stagnant = 0;    ///< voxels with K > 0 that no path connects to a vessel or a held pressure: no flow
  int iterations = 0;           ///< of the Krylov solver
  int levels = 0;               ///< grids of the multigrid hierarchy
  double residual = 0.0;        ///< |b - A p| / |b - A p_0|, 2-norms, p_0 the same pressure everywhere
  double rounding_floor = 0.0;  ///< the part of `residual` that rounding p to doubles explains
};

/// Solves for the pressure by conjugate gradients with geometric multigrid (docs/flow.md); options `-flow_ksp_...` and
/// `-flow_pc_...` change the solver. The same bits on any number of ranks, as long as the options leave the
/// preconditioner (`mg`, or `jacobi`, `none`). Throws InputError if a coefficient is negative or not a number,
/// NumericsError if the residual stays above 1e-12 plus the rounding floor. Collective.
[[nodiscard]] DarcyPressure solve_pressure(const Domain& domain, const DarcyProblem& problem);

/// A pressure that was solved for elsewhere, owned voxels [Pa]; iterations and levels are 0. Throws InputError if it is
/// no solution of this problem: a residual above 1e-9. Collective.
[[nodiscard]] DarcyPressure check_pressure(const Domain& domain, const DarcyProblem& problem,
                                           std::span<const double> pressure);

/// The flow that a pressure drives, with the same discrete fluxes as the equation that was solved. A pure function of
/// the pressure, the same bits on any number of ranks: to store a flow, store its pressure. Throws as make_flow_field
/// does. Collective.
[[nodiscard]] FlowField darcy_flow(const Domain& domain, const DarcyProblem& problem, const Field& pressure);

}  // namespace vesicast
