#pragma once
/// \file
/// What a step gets wrong because release S, clearance K and the cells' insides are taken one after the other, each
/// frozen while the others act: the leading term of the local error, per cell, from the rates of change at the step's
/// start. Pure.
///
/// Per cell, with q = k_on C/(1 + k_a/k_S) what fills a free receptor per second, b = q Rf + recapture what is bound
/// per second, r = k_endo + k_fus, o = k_off/(1 + k_a/k_S), dB/dt = b - (o + r) B, and ' the time derivative, Taylor's
/// expansion of u(t+dt) about the middle of the step leaves, times dt^3:
///   receptors   q (|q' Rf| + sum (o + r)|B'|)/8 + q |Rf''|/24 + |Rf'| k_on |C'|/12
///               the predictor leaves out the second derivative of Rf (dt^2/8); the midpoint rule for K C leaves out
///               K''/24 and K' C'/12
///   uptake      |b'| (r/12 + o/4) + b r (r + 2 o)/24
///               R(dt/2) T R(dt/2) takes what is bound in a step as bound in its middle (Strang 1968); unbinding is
///               predicted from the binding at the start
///   given back  k_rec (k_rec + r + l_E) (k_endo B + CL_fluid C)/12 + k_rec CL_fluid |C'|/6
///               + k_rs (k_rs + l_E + l_L)(k_late E)/12, l_E and l_L the rates at which the pools lose to the pathway,
///               and |S'| min(kappa, 2/dt)/12; recycling is predicted from the fluid phase at the start
///               S is spread evenly over the step while it changes; kappa is the rate at which the voxel loses what it
///               holds, and a voxel faster than the step forgets the difference
/// All of these fall with dt^2 against what is exchanged in the step, F dt + |b'| dt^2/2, F = max(b, (o + r) B)
/// + CL_fluid C; |b'| has CL_fluid |C'| with it there.
#include <span>

#include "src/parameters/recipient.hpp"

namespace vesicast {

/// One cell and one vesicle class, all sources together, at the start of a step.
struct CellExchange {
  const Uptake* uptake = nullptr;            ///< null where the cell does not take up the class; then all terms are 0
  std::size_t family = 0;                    ///< classes of one family share receptors
  double receptors = 0.0;                    ///< of the family, R_tot
  double resistance = 0.0;                   ///< sub-voxel 1/k_S [s/um^3]
  double concentration = 0.0;                ///< C at the cell [1/um^3]
  double change = 0.0;                       ///< C' [1/(um^3 s)]
  double voxel_rate = 0.0;                   ///< kappa [1/s]
  double secretion = 0.0;                    ///< mean rate of the cell's own release [vesicle/s]
  double from_early = 0.0, from_late = 0.0;  ///< l_E, l_L [1/s], see set_losses()
  double bound = 0.0, early = 0.0, late = 0.0;  ///< B, E, L [vesicle]
};

/// The leading terms for one cell and one class.
struct CouplingError {
  double flow = 0.0;                                       ///< F [vesicle/s]
  double flow_change = 0.0;                                ///< |b'| [vesicle/s^2]
  double receptors = 0.0, uptake = 0.0, given_back = 0.0;  ///< per dt^3 [vesicle/s^3], without S'
  double release_slow = 0.0;                               ///< |S'| kappa/12, per dt^3 [vesicle/s^3]
  double release_fast = 0.0;                               ///< |S'|/6, per dt^2 [vesicle/s^2]
};

/// Sets l_E and l_L, which depend on the cell type alone. Pre: exchange.uptake.
void set_losses(CellExchange& exchange, const AcidGate& gate);

/// Receptors of the family of class `j` that are free in a cell.
[[nodiscard]] double free_receptors(std::span<const CellExchange> classes, std::size_t j);

/// What a cell with `free` receptors does to its voxel per second: takes clearance x C and gives release.
struct CellTurnover {
  double clearance = 0.0;  ///< [um^3/s]
  double release = 0.0;    ///< [vesicle/s]
};
[[nodiscard]] CellTurnover turnover(const CellExchange& exchange, double free);

/// The terms of one cell for every class, into `errors`.
void coupling_error(std::span<const CellExchange> classes, std::span<CouplingError> errors);

}  // namespace vesicast
