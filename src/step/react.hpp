#pragma once
/// \file
/// R(dt): what happens inside cells, cell by cell, local to the rank.
#include <cstdint>

#include "src/step/step_tables.hpp"

namespace vesicast {

/// Which R of a step (docs/cells.md): draws differ.
enum class Half : std::uint32_t { first, second };

/// Moves what the cells hold along their pathways for `dt` [s], exactly, delivers cargo, and makes and loses it.
/// `tables`: of a step of twice as long. Local.
void react(State& u, const Model& model, const Seats& seats, const StepTables& tables, double dt, Half half);

}  // namespace vesicast
