#pragma once
/// \file
/// What cells have of their cargo at t = 0.
#include <span>

#include "decomposition/base/exact_sum.hpp"
#include "src/model/model.hpp"
#include "src/state/state.hpp"

namespace vesicast {

/// Puts the cargo into cells whose MVBs and tethered vesicles are there, in mode stochastic-release in whole copies;
/// and responses at their level without cargo. Adds what tetherin holds to `totals`, [field]. Local.
void start_cargo(State& u, const Model& model, std::span<ExactSum> totals);

}  // namespace vesicast
