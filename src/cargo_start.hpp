#pragma once
/// \file
/// What cells make of their cargo, and have of it at t = 0.
#include <span>

#include "decomposition/exact_sum.hpp"
#include "src/model.hpp"

namespace vesicast {

/// Fills Model::supply, after the pathways. Throws InputError where a cargo does not settle. Local.
void make_cargo_supply(Model& model);

/// Puts the cargo into cells whose MVBs and tethered vesicles are there, in mode stochastic-release in whole copies;
/// and responses at their level without cargo. Adds what tetherin holds to `totals`, [field]. Local.
void start_cargo(State& u, const Model& model, std::span<ExactSum> totals);

}  // namespace vesicast
