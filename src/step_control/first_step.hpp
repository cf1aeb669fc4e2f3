#pragma once
/// \file
/// The first automatic step of a run, from the parameters and the placed cells before anything is allocated.
#include <span>

#include "src/state/placed_cell.hpp"
#include "src/step_control/step_control.hpp"

namespace vesicast {

struct Parameters;

/// What StepControl will choose at t = 0; exactly that where alpha and D are one number for the domain, and an estimate
/// with those numbers where they are mapped. Pre: parameters.run.automatic. Local.
[[nodiscard]] StepChoice first_step(const Parameters& parameters, const Grid& grid, std::span<const PlacedCell> cells);

}  // namespace vesicast
