#include "src/donor/stochastic/distributions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/random/beta_distribution.hpp>
#include <boost/random/binomial_distribution.hpp>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/poisson_distribution.hpp>
#include <cmath>

#include "decomposition/base/fault.hpp"

namespace vesicast::donor::stochastic {
namespace {

/// Counts and their sums stay below 2^53, so that doubles hold them exactly.
constexpr double most = 1e15;

double log_choose(Count n, Count k) {
  const auto log_factorial = [](Count x) { return std::lgamma(static_cast<double>(x) + 1.0); };
  return log_factorial(n) - log_factorial(k) - log_factorial(n - k);
}

}  // namespace

Count poisson(double mean, Draws& draws) {
  if (!(mean > 0.0)) return 0;
  if (!(mean <= most)) {
    note_fault(fmt::format("{:g} events of a donor in one step: too many to count", mean));
    return 0;
  }
  return boost::random::poisson_distribution<Count>(mean)(draws);
}

Count binomial(Count n, double probability, Draws& draws) {
  if (n <= 0 || !(probability > 0.0)) return 0;
  if (probability >= 1.0) return n;
  return boost::random::binomial_distribution<Count>(n, probability)(draws);
}

Count in_leaving_mvbs(Count vesicles, Count leaving, Count mvbs, double r, Draws& draws) {
  if (leaving <= 0 || vesicles <= 0) return 0;
  if (leaving >= mvbs) return vesicles;
  const auto go = static_cast<double>(leaving), stay = static_cast<double>(mvbs - leaving);
  return binomial(vesicles, boost::random::beta_distribution<double>(r * go, r * stay)(draws), draws);
}

Count hypergeometric(Count good, Count bad, Count taken, Draws& draws) {
  const Count least = std::max<Count>(0, taken - bad), largest = std::min(taken, good);
  if (least >= largest) return largest;
  // Inversion from the mode outwards, by the ratio of neighbouring probabilities: as many terms as the law is wide.
  const auto g = static_cast<double>(good), b = static_cast<double>(bad), t = static_cast<double>(taken);
  const Count mode = std::clamp(static_cast<Count>((t + 1.0) * (g + 1.0) / (g + b + 2.0)), least, largest);
  const auto up = [&](Count k) {  // p(k + 1)/p(k)
    const auto x = static_cast<double>(k);
    return (g - x) * (t - x) / ((x + 1.0) * (b - t + x + 1.0));
  };
  const double at_mode =
      std::exp(log_choose(good, mode) + log_choose(bad, taken - mode) - log_choose(good + bad, taken));
  double u = draws.uniform() - at_mode, above = at_mode, below = at_mode;
  if (u < 0.0) return mode;
  for (Count high = mode, low = mode; high < largest || low > least;) {
    if (high < largest) {
      above *= up(high++);
      u -= above;
      if (u < 0.0) return high;
    }
    if (low > least) {
      below /= up(--low);
      u -= below;
      if (u < 0.0) return low;
    }
    if (above + below < 1e-300) break;
  }
  return mode;  // what rounding leaves of the probability
}

ByRoute take(const ByRoute& items, Count taken, Draws& draws) {
  ByRoute result{};
  Count left = sum(items);
  for (std::size_t x = 0; x < ilv_routes && taken > 0; ++x) {
    left -= items[x];
    result[x] = hypergeometric(items[x], left, taken, draws);
    taken -= result[x];
  }
  return result;
}

ByRoute divide(Count n, const std::array<double, ilv_routes>& weight, Draws& draws) {
  ByRoute result{};
  double left = 0.0;
  std::size_t last = 0;
  for (std::size_t x = 0; x < ilv_routes; ++x) {
    left += weight[x];
    if (weight[x] > 0.0) last = x;
  }
  for (std::size_t x = 0; x <= last && n > 0; ++x) {
    result[x] = x == last ? n : binomial(n, weight[x] / left, draws);
    n -= result[x];
    left -= weight[x];
  }
  return result;
}

Count sizes_of_mvbs(Count mvbs, double mean, double r, Draws& draws) {
  if (mvbs <= 0 || !(mean > 0.0)) return 0;
  return poisson(boost::random::gamma_distribution<double>(r * static_cast<double>(mvbs), mean / r)(draws), draws);
}

}  // namespace vesicast::donor::stochastic
