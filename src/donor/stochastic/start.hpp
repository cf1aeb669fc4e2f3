#pragma once
/// \file
/// Where a cell begins, in whole MVBs and vesicles: MVBs Poisson about the steady mean of each stage, which is their
/// law in the steady state of the linear network; what they hold negative binomial (burst_dispersion), by the steady
/// shares of the routes; what tetherin holds Poisson.
#include "src/donor/stochastic/events.hpp"

namespace vesicast::donor::stochastic {

/// A cell whose mean is `steady`.
[[nodiscard]] Mvbs draw_start(const Mvbs& steady, double burst_dispersion, Draws& draws);

}  // namespace vesicast::donor::stochastic
