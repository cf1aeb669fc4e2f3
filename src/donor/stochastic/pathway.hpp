#pragma once
/// \file
/// The donor pathway of one cell over a step, in whole MVBs and vesicles. Pure: no MPI, no PETSc.
#include "src/donor/pathway.hpp"
#include "src/donor/stochastic/events.hpp"

namespace vesicast::donor::stochastic {

/// Advances `m`, whose values are whole numbers (its fates are 0 before and after), over a step: half of
/// formation, all moves with the fate coupling of the middle of the step, half a step of formation, as
/// donor::step_pathway() does with means. Where the rates are linear (fate coupling 0, MVBs not full) the mean over
/// the draws is what donor::step_pathway() gives, exactly.
/// \param key seed, cell id and step of the draws; purposes are set here
[[nodiscard]] MvbEvents step_pathway(Mvbs& m, const PopulationStep& step, const DrawKey& key);

/// The totals of a step.
[[nodiscard]] Made totals(const MvbEvents& events);

}  // namespace vesicast::donor::stochastic
