#pragma once
/// \file
/// Moves of whole MVBs by chance, and their vesicles with them, biology.md sections 2 and 6. Every MVB moves on its
/// own, by the rates of src/donor/mvb.hpp, so that those of one stage are multinomial over where they are at the end of
/// the step, with the exact transition probabilities; early endosomes that form in the step are Poisson in every stage
/// (thinning of a Poisson process). The vesicles that leave with MVBs are in_leaving_mvbs() of those there, one
/// destination after the other, and hypergeometric over the routes.
#include "src/donor/stochastic/events.hpp"

namespace vesicast::donor::stochastic {

/// Moves `m`, whose counts are whole numbers, with `r` = burst_dispersion.
[[nodiscard]] MoveEvents draw_moves(Mvbs& m, const Transitions& probabilities, double r, Draws& draws);

}  // namespace vesicast::donor::stochastic
