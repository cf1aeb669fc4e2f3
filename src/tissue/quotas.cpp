#include "src/tissue/quotas.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "decomposition/base/error.hpp"

namespace vesicast {

std::vector<std::int64_t> quotas(std::span<const double> shares, std::int64_t total) {
  double sum = 0.0;
  for (const double share : shares) {
    if (!std::isfinite(share) || share < 0.0)
      throw InputError(fmt::format("a share of {} cells is not possible", share));
    sum += share;
  }
  if (!(sum > 0.0)) throw InputError("the shares of the cell types are all 0");

  std::vector<std::int64_t> quota;
  std::vector<double> remainder;
  for (const double share : shares) {
    const double exact = share / sum * static_cast<double>(total);
    quota.push_back(static_cast<std::int64_t>(std::floor(exact)));
    remainder.push_back(exact - std::floor(exact));
  }
  std::vector<std::size_t> order(shares.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainder[a] > remainder[b]; });
  std::int64_t left = total - std::accumulate(quota.begin(), quota.end(), std::int64_t{0});
  for (const std::size_t n : order) {
    if (left <= 0) break;
    if (shares[n] <= 0.0) continue;
    ++quota[n];
    --left;
  }
  // Rounding of the exact shares can overshoot by one at most; take it back where most are.
  for (; left < 0; ++left) --*std::max_element(quota.begin(), quota.end());
  return quota;
}

}  // namespace vesicast
