#pragma once
/// \file
/// What donors release in a step.
#include <vector>

#include "src/exchange/donor_kind.hpp"
#include "src/seats/seats.hpp"

namespace vesicast {

/// Per field and cell, vesicles or molecules in the step.
struct Released {
  std::vector<std::vector<double>> secreted;        ///< at the cell's surface
  std::vector<std::vector<double>> reinternalised;  ///< tethered vesicles on their way into early endosomes
};

/// Advances the donor pathways of all cells by `dt` [s], and returns what every cell releases in the step. Of the
/// pathways it is the mean of the step, which leaves an error of second order, as the frozen release of a step does
/// altogether. Local.
/// \param kinds of this step
[[nodiscard]] Released secrete(State& u, const Model& model, const Seats& seats, const DonorKinds& kinds, double dt);

}  // namespace vesicast
