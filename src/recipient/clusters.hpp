#pragma once
/// \file
/// Vesicles that hang together, as tetherin holds them, are too large for a coated pit: the share `cluster` of the
/// weights of clathrin, raft and independent goes to macropinocytosis and phagocytosis, in proportion to what these two
/// have; biology.md section 4. What the weights add up to does not change.
#include "src/parameters/recipient.hpp"

namespace vesicast::recipient {

/// Weights of the routes for vesicles of which `cluster`, 0 to 1, are in clusters; as they were in a cell that has
/// neither macropinocytosis nor phagocytosis.
[[nodiscard]] inline std::array<double, route_count> shifted_by_clusters(std::array<double, route_count> weight,
                                                                         double cluster) {
  const auto of = [&](Route r) -> double& { return weight[static_cast<std::size_t>(r)]; };
  const double large = of(Route::macropinocytosis) + of(Route::phagocytosis);
  if (!(large > 0.0)) return weight;
  double moved = 0.0;
  for (const Route r : {Route::clathrin, Route::raft, Route::independent}) {
    moved += cluster * of(r);
    of(r) *= 1.0 - cluster;
  }
  for (const Route r : {Route::macropinocytosis, Route::phagocytosis}) of(r) += moved * (of(r) / large);
  return weight;
}

}  // namespace vesicast::recipient
