#pragma once
/// \file
/// The time average of a linear system over a step as a polynomial in one stencil sweep. Pure: no MPI, no PETSc.
#include <vector>

namespace vesicast {

/// Weights of `avg = sum_k field[k] P^k c + sum_k source[k] P^k S`, P = I + A/q, for dN/dt = A N + S, N(0) = c.
/// The step ends with `N = c + dt (A avg + S)` in flux form, which conserves mass whatever the truncation.
struct TimePolynomial {
  double q = 1.0;              ///< the sweep's rate [1/s]
  std::vector<double> field;   ///< dimensionless, all >= 0
  std::vector<double> source;  ///< [s], all >= 0
};

/// Largest q dt of one polynomial: beyond it the finishing flux sweep could lose a sign to round-off
/// (N >= avg q dt/(exp(q dt) - 1) must stay far above the unit round-off), so a step is cut into sub-steps.
inline constexpr double largest_uniformised_step = 24.0;

/// Exact in time up to `tolerance` (relative): uniformisation, Jensen 1953, averaged over the step,
///   field[k] = tail_k/lambda, source[k] = dt sum_{j>k} tail_j/lambda^2, tail_k = Pr(Poisson(lambda) > k), lambda = q
///   dt,
/// cut where tail_k < tolerance min(1, lambda). `q` must be at least the largest of -diag(A), else P has negative
/// entries. Pre: 0 < q dt <= largest_uniformised_step.
[[nodiscard]] TimePolynomial uniformisation(double q, double dt, double tolerance);

/// Strong-stability-preserving Runge-Kutta of s stages and second order, SSPRK(s,2) (Gottlieb, Ketcheson & Shu 2011),
/// in the same form: field[k] = 1/s, source[k] = tau (s-1-k)/s, P = I + tau A, tau = dt/(s-1). Positive when
/// s - 1 >= q dt, which fixes s; an independent reference for the exponential.
[[nodiscard]] TimePolynomial ssprk2(double q, double dt);

}  // namespace vesicast
