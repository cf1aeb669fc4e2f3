#include "src/extracellular/polynomial.hpp"

#include <algorithm>
#include <cmath>

namespace vesicast {

TimePolynomial uniformisation(double q, double dt, double tolerance) {
  const double lambda = q * dt;
  // Poisson probabilities far into the tail, then sums from the small end: no cancellation.
  std::vector<double> probability{std::exp(-lambda)};
  while (probability.size() < 2000 && (probability.size() < lambda || probability.back() > 1e-40))
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

TimePolynomial ssprk2(double q, double dt) {
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

}  // namespace vesicast
