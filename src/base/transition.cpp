#include "src/base/transition.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "decomposition/base/error.hpp"

namespace vesicast {
namespace {

using Dense = std::vector<double>;

Dense multiply(const Dense& a, const Dense& b, std::size_t n) {
  Dense c(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t k = 0; k < n; ++k)
      for (std::size_t j = 0; j < n; ++j) c[i * n + j] += a[i * n + k] * b[k * n + j];
  return c;
}

void normalise_columns(Dense& m, std::size_t n) {
  for (std::size_t j = 0; j < n; ++j) {
    double sum = 0.0;
    for (std::size_t i = 0; i < n; ++i) sum += m[i * n + j];
    for (std::size_t i = 0; i < n; ++i) m[i * n + j] /= sum;
  }
}

}  // namespace

TransitionMatrix::TransitionMatrix(int pools, std::span<const Transition> transitions, double dt) : pools_(pools) {
  const auto n = static_cast<std::size_t>(pools);
  Dense out(n, 0.0);
  for (const Transition& t : transitions) {
    if (t.from < 0 || t.from >= pools || t.to < 0 || t.to >= pools || !(t.rate >= 0.0))
      throw InternalError(
          fmt::format("transition {} -> {} at rate {} in a network of {} pools", t.from, t.to, t.rate, pools));
    if (t.from != t.to) out[static_cast<std::size_t>(t.from)] += t.rate;
  }
  const double q = *std::max_element(out.begin(), out.end());
  Dense identity(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i) identity[i * n + i] = 1.0;
  entry_ = identity;
  if (q * dt <= 0.0) return;

  // Halve the step until lambda <= 1/2, sum the Poisson series there, and square back.
  int squarings = 0;
  double lambda = q * dt;
  while (lambda > 0.5) {
    lambda *= 0.5;
    ++squarings;
  }
  Dense p = identity;
  for (std::size_t i = 0; i < n; ++i) p[i * n + i] = 1.0 - out[i] / q;
  for (const Transition& t : transitions)
    if (t.from != t.to) p[static_cast<std::size_t>(t.to) * n + static_cast<std::size_t>(t.from)] += t.rate / q;
  Dense power = identity;
  double weight = std::exp(-lambda);
  for (double& x : entry_) x *= weight;
  for (int k = 1; k <= 20; ++k) {
    power = multiply(p, power, n);
    weight *= lambda / k;
    for (std::size_t i = 0; i < n * n; ++i) entry_[i] += weight * power[i];
  }
  normalise_columns(entry_, n);
  for (int s = 0; s < squarings; ++s) {
    entry_ = multiply(entry_, entry_, n);
    normalise_columns(entry_, n);
  }
}

}  // namespace vesicast
