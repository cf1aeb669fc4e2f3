#pragma once
/// \file
/// The time average of a linear system over a step as a polynomial in one stencil sweep. Pure: no MPI, no PETSc.
#include <cstdint>
#include <string>
#include <vector>

namespace vesicast {

/// In which polynomials of P the average is written, and so by which recurrence it is summed.
enum class Basis {
  powers,    ///< P^k, by Horner; with weights >= 0 nothing can become negative
  chebyshev  ///< T_k(P), by Clenshaw; the average is cut at zero and the step's fluxes are limited where needed
};

/// Weights of `avg = sum_k field[k] B_k(P) c + sum_k source[k] B_k(P) S`, P = I + A/q, for dN/dt = A N + S, N(0) = c.
/// The step ends with `N = c + dt (A avg + S)` in flux form, which conserves mass whatever the truncation.
struct TimePolynomial {
  Basis basis = Basis::powers;
  double q = 1.0;              ///< the sweep's rate [1/s]
  std::vector<double> field;   ///< dimensionless
  std::vector<double> source;  ///< [s], as many as in `field`
  /// Sweeps of the stencil in a step, the one that ends it included.
  [[nodiscard]] std::size_t sweeps() const { return field.size(); }
};

/// Largest q dt of one polynomial with weights >= 0: beyond it the finishing flux sweep could lose a sign to round-off
/// (cancellation() below grows as exp(q dt)), so a step is cut into sub-steps.
inline constexpr double largest_positive_step = 24.0;

/// What a step leaves, N + dt A avg, is sum_k gamma_k P^k N with gamma_k = tail_{k-1} - tail_k, tail_k = q dt field[k],
/// tail_{-1} = 1 (and likewise for the source): a difference of sums of numbers >= 0. By this factor, the largest
/// (tail_{k-1} + tail_k)/gamma_k, may relative rounding errors of avg grow in it; infinite if a gamma_k is 0.
[[nodiscard]] double cancellation(const TimePolynomial& p, double dt);

/// A way to choose the weights for a step of q dt, to a relative tolerance in time. `q` must be at least the largest of
/// -diag(A). Pre: 0 < q dt <= largest_step of that way.
struct TimeScheme {
  const char* name;
  double largest_step;  ///< of q dt
  TimePolynomial (*make)(double q, double dt, double tolerance);
};

/// Uniformisation, Jensen 1953, averaged over the step: field[k] = tail_k/lambda,
/// source[k] = dt sum_{j>k} tail_j/lambda^2, tail_k = Pr(Poisson(lambda) > k), lambda = q dt, cut where
/// tail_k < tolerance min(1, lambda).
[[nodiscard]] TimePolynomial uniformisation(double q, double dt, double tolerance);

/// Uniformisation economised: of all weights gamma_k >= 0 with sum 1 those for which sum_k gamma_k x^k is nearest to
/// exp(lambda (x - 1)) on [-1, 1], where the eigenvalues of P lie (non-negative least squares, Lawson & Hanson 1974, at
/// Chebyshev nodes), and of the lowest degree that stays within tolerance min(1, lambda) there; likewise for the
/// source. Each weight is a tenth of uniformisation's at least, which keeps cancellation() as low as that one's. Never
/// negative and conservative as uniformisation is, in half the sweeps.
[[nodiscard]] TimePolynomial economised(double q, double dt, double tolerance);

/// Chebyshev's expansion of phi_1 and phi_2 on the spectrum [-2 q, 0] (Tal-Ezer & Kosloff 1984), cut where the
/// coefficients fall below the tolerance: the fewest sweeps for long steps; positive only to the tolerance.
[[nodiscard]] TimePolynomial chebyshev(double q, double dt, double tolerance);

/// Strong-stability-preserving Runge-Kutta of s stages and second order, SSPRK(s,2) (Gottlieb, Ketcheson & Shu 2011),
/// in the same form: field[k] = 1/s, source[k] = tau (s-1-k)/s, P = I + tau A, tau = dt/(s-1). Positive when
/// s - 1 >= q dt, which fixes s; an independent reference for the exponential.
[[nodiscard]] TimePolynomial ssprk2(double q, double dt, double tolerance);

/// Runge-Kutta-Legendre of second order, RKL2 (Meyer, Balsara & Aslam 2014): its stability polynomial, of the fewest
/// stages s with q dt <= (s^2 + s - 2)/8 (its real stability limit is twice that), written in Chebyshev polynomials.
[[nodiscard]] TimePolynomial rkl2(double q, double dt, double tolerance);

/// All of the above, by name.
[[nodiscard]] const std::vector<TimeScheme>& time_schemes();
/// Null if there is none of this name.
[[nodiscard]] const TimeScheme* find_time_scheme(const std::string& name);

/// Sub-steps and polynomial of one step.
struct TimePlan {
  std::int64_t pieces = 1;
  TimePolynomial polynomial;
  /// Are the sums held in single precision? Mass is exact all the same, as fluxes are taken in double from whatever
  /// average there is, and so is the sign, as long as rounding times cancellation() stays below one.
  bool single = false;
};
/// How the sums of a step may be held.
enum class SumPrecision { always_double, single_where_safe };
/// A step of `dt` by `scheme`, cut into equal pieces where it is too long for one polynomial.
[[nodiscard]] TimePlan plan_step(const TimeScheme& scheme, double q, double dt, double tolerance,
                                 SumPrecision precision = SumPrecision::single_where_safe);
/// The cheapest of `economised`, in pieces short enough for single precision or in the fewest, and `chebyshev`.
[[nodiscard]] TimePlan plan_cheapest_step(double q, double dt, double tolerance,
                                          SumPrecision precision = SumPrecision::single_where_safe);
/// The sweeps' rate q [1/s] for a step of `dt`, from the largest rate at which any voxel loses what it holds by hops
/// and what all of a tissue may have (`hop_rate`), and with its cells and faces (`bound`). Sinks up to half the hop
/// rate are followed exactly. Stronger ones do not raise it: their voxels run on a slower clock (terms.hpp), and the
/// sweeps are those of a tissue without them.
[[nodiscard]] double sweep_rate(double hop_rate, double bound, double dt);
/// Cost of a sweep beside one of Horner's in double, measured (docs/performance.md): one of Clenshaw's also reads what
/// it overwrites, and the step ends with a check for negative values; one in single precision moves half as much.
inline constexpr double chebyshev_sweep_cost = 1.3, single_sweep_cost = 0.65;

}  // namespace vesicast
