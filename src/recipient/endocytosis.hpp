#pragma once
/// \file
/// Endocytosis: dB/dt = -k_int B, dE/dt = +k_int B, k_int = sum of k_int,r over the routes, k_int,r = k_endocytosis
/// w_r; biology.md section 4. Of a soluble factor: internalisation with its receptor, degraded at once, dB/dt = -k_i B.
#include <array>

#include "src/base/transition.hpp"
#include "src/parameters/recipient.hpp"
#include "src/recipient/pools.hpp"

namespace vesicast::recipient {

[[nodiscard]] inline double sum_of_weights(const Uptake& u) {
  double weights = 0.0;
  for (const double w : u.route_weight) weights += w;
  return weights;
}

/// k_int [1/s]: all routes together.
[[nodiscard]] inline double endocytosis_rate(const Uptake& u) {
  return u.k_endocytosis * sum_of_weights(u);
}

/// Share of endocytosis that each route has, [Route]; 0 where there is no endocytosis.
using RouteShares = std::array<double, route_count>;
[[nodiscard]] inline RouteShares route_shares(const Uptake& u) {
  const double weights = sum_of_weights(u);
  RouteShares shares{};
  for (std::size_t r = 0; r < route_count && weights > 0.0; ++r) shares[r] = u.route_weight[r] / weights;
  return shares;
}

[[nodiscard]] inline Transition endocytosis(const Uptake& u) {
  return {bound, early_endosome, endocytosis_rate(u)};
}

[[nodiscard]] inline Transition internalisation(const Uptake& u) {
  return {bound, degraded, u.k_internalisation};
}

/// Rate at which what is bound goes in, by any route [1/s].
[[nodiscard]] inline double taken_in(const Uptake& u) {
  return endocytosis_rate(u) + u.k_fusion + u.k_internalisation;
}

}  // namespace vesicast::recipient
