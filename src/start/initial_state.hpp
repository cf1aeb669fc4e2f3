#pragma once
/// \file
/// The state at t = 0.
#include "src/seats/seats.hpp"

namespace vesicast {

/// Fields at their initial concentration, nothing on the matrix, `cells` with what their pathways and cargo start with
/// and nothing taken up. Throws InputError where a pathway does not settle. Collective.
[[nodiscard]] State make_state(const Model& model, const Site& site, const Seats& seats, Cells cells);

}  // namespace vesicast
