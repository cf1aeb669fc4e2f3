#pragma once
/// \file
/// Formation and back-fusion of intraluminal vesicles by chance, biology.md sections 2 and 6: of the vesicles there
/// binomial(I_x, 1 - exp(-k_bfD dt)) fuse back; new ones are Poisson with the means of src/donor/ilv_formation.hpp for
/// the numbers at hand. That is the law of immigration and death, exact for a given number of MVBs, but for the
/// capacity, which acts through the mean, and bounds what forms.
#include "src/donor/ilv_formation.hpp"
#include "src/donor/stochastic/events.hpp"

namespace vesicast::donor::stochastic {

/// Advances what `mvbs` MVBs of one stage hold, `present` by route. What is there with what formed is at most n_max
/// mvbs, unless more was there before.
[[nodiscard]] FormationEvents draw_formation(const ByRoute& present, Count mvbs, const FormationStep& step,
                                             Draws& draws);

}  // namespace vesicast::donor::stochastic
