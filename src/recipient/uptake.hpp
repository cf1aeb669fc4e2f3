#pragma once
/// \file
/// What the cells of one type do with one class of vesicles, with what the vesicle itself changes of it: clusters move
/// weight between the routes, then CD47 holds phagocytosis back.
#include <optional>

#include "src/parameters/cell_type.hpp"
#include "src/parameters/recipient.hpp"
#include "src/parameters/vesicle.hpp"
#include "src/recipient/clusters.hpp"
#include "src/recipient/phagocytosis.hpp"

namespace vesicast::recipient {

/// Nothing where the type does not take up the class. Local.
[[nodiscard]] inline std::optional<Uptake> uptake_of(const CellType& type, const VesicleClass& vesicle) {
  const auto it = type.recipient.find(vesicle.name);
  if (it == type.recipient.end()) return std::nullopt;
  Uptake u = it->second;
  u.route_weight = shifted_by_clusters(u.route_weight, vesicle.cluster);
  for (std::size_t r = 0; r < route_count; ++r) u.route_weight[r] *= u.route_factor[r];
  u.route_weight[static_cast<std::size_t>(Route::phagocytosis)] *= eaten_despite_cd47(vesicle.cd47, u.half_cd47);
  return u;
}

}  // namespace vesicast::recipient
