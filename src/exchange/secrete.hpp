#pragma once
/// \file
/// What donors release in a step.
#include <vector>

#include "src/model.hpp"

namespace vesicast {

/// Advances the donor pathways of all cells by `dt` [s], and returns what every cell releases in the step at its
/// surface, [field][cell], vesicles or molecules. Of the pathways it is the mean of the step, which leaves an error of
/// second order, as the frozen release of a step does altogether. Local.
[[nodiscard]] std::vector<std::vector<double>> secrete(State& u, const Model& model, double dt);

}  // namespace vesicast
