#include "src/extracellular/weights/polynomial.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace vesicast {
namespace {

/// Of q dt, for sums in float: cancellation() is about exp(q dt).
constexpr double longest_single_step = 9.0;

/// (exp(z) - 1)/z and (exp(z) - 1 - z)/z^2, for z <= 0.
double phi1(double z) {
  return std::abs(z) < 1e-8 ? 1.0 + 0.5 * z : std::expm1(z) / z;
}
double phi2(double z) {
  if (std::abs(z) > 0.05) return (phi1(z) - 1.0) / z;
  double term = 0.5, sum = 0.5;  // sum of z^k/(k + 2)!
  for (int k = 1; k < 12; ++k) {
    term *= z / (k + 2);
    sum += term;
  }
  return sum;
}

/// Coefficients of f(x) in T_0..T_{n-1}, exact for polynomials of degree < n: the discrete cosine transform at the n
/// Chebyshev nodes.
template <class F>
std::vector<double> chebyshev_coefficients(std::size_t n, F&& f) {
  std::vector<double> value(n), c(n, 0.0);
  const auto size = static_cast<double>(n);
  for (std::size_t i = 0; i < n; ++i) value[i] = f(std::cos(std::numbers::pi * (static_cast<double>(i) + 0.5) / size));
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i)
      c[k] += value[i] * std::cos(std::numbers::pi * static_cast<double>(k) * (static_cast<double>(i) + 0.5) / size);
    c[k] *= (k == 0 ? 1.0 : 2.0) / size;
  }
  return c;
}

/// (R(z), (R(z) - 1)/z, ((R(z) - 1)/z - 1)/z) of RKL2 with s stages, by its own recurrence.
struct LegendreValue {
  double average, source;
};
LegendreValue rkl2_average(int s, double z) {
  const auto b = [](int j) { return j < 2 ? 1.0 / 3.0 : (j * j + j - 2.0) / (2.0 * j * (j + 1.0)); };
  const auto a = [&](int j) { return 1.0 - b(j); };
  const double w1 = 4.0 / (s * s + s - 2.0);
  // Y_j = 1 + z Q_j, so Q_s is the average's polynomial; and Q_j = q_j + z R_j likewise for the source.
  double q2 = 0.0, q1 = b(1) * w1;  // Q_{j-2}, Q_{j-1}
  double c2 = 0.0, c1 = b(1) * w1;  // Q at z = 0
  double r2 = 0.0, r1 = 0.0;        // (Q - Q(0))/z
  for (int j = 2; j <= s; ++j) {
    const double mu = (2.0 * j - 1.0) / j * b(j) / b(j - 1);
    const double nu = -(j - 1.0) / j * b(j) / b(j - 2);
    const double mut = mu * w1;
    const double gammat = -a(j - 1) * mut;
    // Y_j = mu Y_{j-1} + nu Y_{j-2} + (1 - mu - nu) + mut z Y_{j-1} + gammat z
    const double c = mu * c1 + nu * c2 + mut + gammat;
    const double r = mu * r1 + nu * r2 + mut * q1;
    const double q = mu * q1 + nu * q2 + mut * (1.0 + z * q1) + gammat;
    q2 = q1;
    q1 = q;
    c2 = c1;
    c1 = c;
    r2 = r1;
    r1 = r;
  }
  return {q1, r1};
}

}  // namespace

TimePolynomial uniformisation(double q, double dt, double tolerance) {
  const double lambda = q * dt;
  // Poisson probabilities far into the tail, then sums from the small end: no cancellation.
  std::vector<double> probability{std::exp(-lambda)};
  while (probability.size() < 2000 && (static_cast<double>(probability.size()) < lambda || probability.back() > 1e-40))
    probability.push_back(probability.back() * lambda / static_cast<double>(probability.size()));
  const std::size_t n = probability.size();
  std::vector<double> tail(n, 0.0), tail_sum(n, 0.0);  // sums over j > k
  for (std::size_t k = n - 1; k-- > 0;) {
    tail[k] = tail[k + 1] + probability[k + 1];
    tail_sum[k] = tail_sum[k + 1] + tail[k + 1];
  }
  TimePolynomial p;
  p.q = q;
  for (std::size_t k = 0; k < n; ++k) {
    // Short steps too must know the average, not only the change, to the tolerance.
    if (k > 0 && tail[k] < tolerance * std::min(1.0, lambda)) break;
    p.field.push_back(tail[k] / lambda);
    p.source.push_back(dt * tail_sum[k] / (lambda * lambda));
  }
  return p;
}

TimePolynomial chebyshev(double q, double dt, double tolerance) {
  const double lambda = q * dt;
  // Enough nodes that what is cut off, not what is left out, makes the error.
  const auto nodes = static_cast<std::size_t>(40.0 + 8.0 * std::sqrt(lambda) + 2.0 * std::min(lambda, 200.0));
  const auto c = chebyshev_coefficients(nodes, [&](double x) { return phi1(lambda * (x - 1.0)); });
  const auto s = chebyshev_coefficients(nodes, [&](double x) { return phi2(lambda * (x - 1.0)); });
  std::size_t size = nodes;
  const double least = tolerance * std::min(1.0, lambda) / std::max(1.0, 2.0 * lambda);
  double rest = 0.0;
  while (size > 1 && rest + std::abs(c[size - 1]) < least) rest += std::abs(c[--size]);
  TimePolynomial p;
  p.basis = Basis::chebyshev;
  p.q = q;
  p.field.assign(c.begin(), c.begin() + static_cast<std::ptrdiff_t>(size));
  for (std::size_t k = 0; k < size; ++k) p.source.push_back(dt * s[k]);
  return p;
}

TimePolynomial ssprk2(double q, double dt, double /*tolerance*/) {
  const auto stages = std::max<std::size_t>(2, static_cast<std::size_t>(std::ceil(q * dt)) + 1);
  const auto s = static_cast<double>(stages);
  TimePolynomial p;
  p.q = (s - 1.0) / dt;
  for (std::size_t k = 0; k < stages; ++k) {
    p.field.push_back(1.0 / s);
    p.source.push_back((s - 1.0 - static_cast<double>(k)) / (s * p.q));
  }
  return p;
}

TimePolynomial rkl2(double q, double dt, double /*tolerance*/) {
  const double lambda = q * dt;
  int stages = 3;
  while ((stages * stages + stages - 2) / 8.0 < lambda) stages += 2;  // odd numbers damp the highest modes
  const auto degree = static_cast<std::size_t>(stages);
  TimePolynomial p;
  p.basis = Basis::chebyshev;
  p.q = q;
  p.field = chebyshev_coefficients(degree, [&](double x) { return rkl2_average(stages, lambda * (x - 1.0)).average; });
  p.source = chebyshev_coefficients(degree, [&](double x) { return rkl2_average(stages, lambda * (x - 1.0)).source; });
  for (double& s : p.source) s *= dt;
  return p;
}

const std::vector<TimeScheme>& time_schemes() {
  // Chebyshev's coefficients are found to round-off up to here; RKL2 and SSPRK take as many stages as they need.
  static const std::vector<TimeScheme> all{{"economised", largest_positive_step, &economised},
                                           {"uniformisation", largest_positive_step, &uniformisation},
                                           {"chebyshev", 2000.0, &chebyshev},
                                           {"rkl2", 20000.0, &rkl2},
                                           {"ssprk2", largest_positive_step, &ssprk2}};
  return all;
}

const TimeScheme* find_time_scheme(const std::string& name) {
  for (const TimeScheme& s : time_schemes())
    if (name == s.name) return &s;
  return nullptr;
}

double cancellation(const TimePolynomial& p, double dt) {
  double largest = 1.0;
  const auto grow = [&](const std::vector<double>& weight, double to_tail) {
    double before = 1.0;
    for (std::size_t k = 0; k <= weight.size(); ++k) {
      const double tail = k < weight.size() ? to_tail * weight[k] : 0.0;
      const double gamma = before - tail;
      largest = gamma > 0.0 ? std::max(largest, (before + tail) / gamma) : std::numeric_limits<double>::infinity();
      if (gamma <= 0.0) return;
      before = tail;
    }
  };
  grow(p.field, p.q * dt);
  if (std::isfinite(largest)) grow(p.source, p.q);
  return largest;
}

namespace {

/// May the sums be kept in float? Each sweep rounds about ten times; what that comes to must leave the sign alone, and
/// disappear behind the error in time that was asked for.
bool single_is_safe(const TimePolynomial& p, double dt, double tolerance) {
  if (p.basis != Basis::powers || tolerance < 1e-5) return false;
  const double rounding = 10.0 * 6e-8 * static_cast<double>(p.sweeps());
  return rounding * cancellation(p, dt) <= 0.25;
}

TimePlan plan_pieces(const TimeScheme& scheme, double q, double dt, double tolerance, double longest,
                     SumPrecision precision) {
  TimePlan plan;
  constexpr double most = 1e15;  // nobody takes such a step; counts stay whole numbers
  plan.pieces = static_cast<std::int64_t>(std::clamp(std::ceil(q * dt / longest), 1.0, most));
  const double piece = dt / static_cast<double>(plan.pieces);
  plan.polynomial = scheme.make(q, static_cast<double>(plan.pieces) < most ? piece : longest / q, tolerance);
  plan.single = precision == SumPrecision::single_where_safe && single_is_safe(plan.polynomial, piece, tolerance);
  return plan;
}

}  // namespace

TimePlan plan_step(const TimeScheme& scheme, double q, double dt, double tolerance, SumPrecision precision) {
  return plan_pieces(scheme, q, dt, tolerance, scheme.largest_step, precision);
}

TimePlan plan_cheapest_step(double q, double dt, double tolerance, SumPrecision precision) {
  const auto cost = [](const TimePlan& p) {
    const double sweep = p.polynomial.basis == Basis::chebyshev ? chebyshev_sweep_cost
                         : p.single                             ? single_sweep_cost
                                                                : 1.0;
    return sweep * static_cast<double>(p.pieces) * static_cast<double>(p.polynomial.sweeps());
  };
  TimePlan best = plan_step(*find_time_scheme("chebyshev"), q, dt, tolerance, precision);
  // Weights >= 0 with sum 1 of degree m cannot follow exp(lambda (x - 1)) unless m >= lambda.
  const auto hopeless = [&](double sweep) { return sweep * q * dt > cost(best); };
  for (const double longest : {largest_positive_step, longest_single_step}) {
    if (hopeless(longest == longest_single_step ? single_sweep_cost : 1.0)) continue;
    TimePlan positive = plan_pieces(*find_time_scheme("economised"), q, dt, tolerance, longest, precision);
    if (cost(positive) <= cost(best)) best = std::move(positive);
  }
  return best;
}

double sweep_rate(double hop_rate, double bound, double dt) {
  const bool strong = bound > std::max(1.5 * hop_rate, 4.0 / dt);
  const double allowed = strong ? std::max(1.1 * hop_rate, 1.5 / dt) : bound;
  // A margin against round-off in the diagonal of P; never 0.
  return std::max(std::min(bound, allowed) * (1.0 + 1e-3), 1e-9 / dt);
}

}  // namespace vesicast
