#pragma once
/// \file
/// What the donor pathway of a cell holds at t = 0.
#include <vector>

#include "src/model/model.hpp"

namespace vesicast {

struct PathwayStart {
  std::vector<donor::Mvbs> mvbs;  ///< [population]
  std::vector<double> tethered;   ///< vesicles that tetherin holds, [DonorPathway::fields]
};

/// Of the cell `id` of type `type`: what its type has, or, where its rates are its `own`, the steady state of these; in
/// mode stochastic-release, whole numbers drawn about it (src/donor/stochastic/start.hpp). `rates`: [population].
/// Throws InputError if there is no steady state. Local.
[[nodiscard]] PathwayStart pathway_start(const Model& model, std::size_t type, const std::vector<Biogenesis>& rates,
                                         bool own, std::int64_t id);

}  // namespace vesicast
