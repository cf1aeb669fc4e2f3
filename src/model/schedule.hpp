#pragma once
/// \file
/// Which factors hold when. A step takes those at its start, so a window takes effect at the first step boundary at or
/// after its edge, and a window without a boundary in it has none. Pure.
#include <vector>

#include "src/base/time.hpp"
#include "src/parameters/cell_type.hpp"
#include "src/parameters/rates.hpp"

namespace vesicast {

struct Parameters;

/// What the rates of every cell type are multiplied by in a step that starts at `time`: the product over all
/// perturbations that name the type, or none, and whose window holds `time`. Genes of one group, paralogues, give one
/// factor: 1 + sum_i slope_i (x_i - 1), that of the mean of their activities, those not named at 1. [cell type]
[[nodiscard]] std::vector<RateFactors> factors_at(const Parameters& parameters, Ticks time);

/// The same for the rates of the tissue between the cells (RatePlace::extracellular); only perturbations that name no
/// cell type act there.
[[nodiscard]] RateFactors tissue_factors_at(const Parameters& parameters, Ticks time);

/// Times at which a factor may change, increasing, 0 first: the edges of all windows.
[[nodiscard]] std::vector<Ticks> change_times(const Parameters& parameters);

/// The constants of cell type `type` with `factors` on its rates.
[[nodiscard]] CellType perturbed_type(const Parameters& parameters, std::size_t type, const RateFactors& factors);

/// The cell types as they are in a step that starts at `time`. [cell type]
[[nodiscard]] std::vector<CellType> cell_types_at(const Parameters& parameters, Ticks time);

}  // namespace vesicast
