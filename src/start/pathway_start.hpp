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

/// That of its type, or of a cell whose rates are its own the steady state of these; in mode stochastic-release, whole
/// numbers drawn about it (src/donor/stochastic/start.hpp). Throws InputError if there is no steady state. Local.
[[nodiscard]] PathwayStart pathway_start(const Model& model, const Cells& cells, std::size_t cell);

}  // namespace vesicast
