#pragma once
/// \file
/// The steady state of the donor pathway's equations, src/donor/mvb.hpp and ilv_formation.hpp, solved directly. In it
/// every route has its share v_x/v of the vesicles of a stage, so that the fate coupling is known, and MVBs and then
/// vesicles obey linear equations. Steps of dt settle dt^2 away from it (steady_pathway()). Pure.
#include <optional>

#include "src/donor/mvb.hpp"

namespace vesicast::donor {

/// Nothing where something comes in that does not leave. A stage that nothing reaches is empty.
[[nodiscard]] std::optional<Mvbs> steady_state(const Biogenesis& b);

}  // namespace vesicast::donor
