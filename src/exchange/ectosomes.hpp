#pragma once
/// \file
/// Small plasma-membrane ectosomes that follow a membrane cargo, biology.md section 2: q_sPM VPS4 P/P0.
#include <vector>

#include "src/model.hpp"

namespace vesicast {

/// P/P0 of the cargo that the ectosomes of cell `c` follow, 1 where they follow none: P half a step of `dt` [s] ahead,
/// after the release `surface` [field][cell] that is known so far, so that the ectosomes of the step are of second
/// order. P0 is that of the type that the cell is of now. Local.
[[nodiscard]] double ectosome_cargo_ratio(const State& u, const Model& model, std::size_t c, double dt,
                                          const std::vector<std::vector<double>>& surface);

}  // namespace vesicast
