#pragma once
/// \file
/// R(dt): what happens inside cells, cell by cell, local to the rank.
#include "src/model.hpp"

namespace vesicast {

/// Moves what the cells hold along their pathways for `dt` [s], exactly, and delivers cargo. Local.
void react(State& u, const Model& model, double dt);

}  // namespace vesicast
