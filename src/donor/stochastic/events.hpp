#pragma once
/// \file
/// What happened to the multivesicular bodies (MVBs) of one cell in a step, one by one, in whole numbers: what their
/// cargo follows. A copy that is carried moves with its vesicle, so that of Q copies in I vesicles of a stage and route
/// those in n that leave are hypergeometric or binomial, whatever the cargo's law, with the numbers below.
#include <array>

#include "src/donor/mvb.hpp"
#include "src/donor/stochastic/distributions.hpp"

namespace vesicast::donor::stochastic {

/// Half a step of formation and back-fusion in the MVBs of one stage, by route. After it there are present -
/// back_fused + formed.
struct FormationEvents {
  ByRoute present{};      ///< before
  ByRoute back_fused{};   ///< of these
  ByRoute formed{};       ///< and there at the end
  ByRoute turned_over{};  ///< formed and back-fused in the same half step
};

/// The moves of a step, MVBs with what they hold. `from` and `to` are Stages; what does not move is not listed.
struct MoveEvents {
  std::array<Count, living_stages> mvbs_present{};                         ///< [from], before
  std::array<ByRoute, living_stages> present{};                            ///< [from][route], vesicles before
  std::array<std::array<Count, stage_count>, living_stages> mvbs{};        ///< [from][to]
  std::array<std::array<ByRoute, stage_count>, living_stages> vesicles{};  ///< [from][to][route]
  Stages matured{};  ///< [to], probability of what is in the membrane of early endosomes, which are not told apart
  std::array<Count, stage_count> arrived{};  ///< early endosomes that formed in the step, by where they are at its end
};

/// A step in the order of what happens: formation, moves, formation.
struct MvbEvents {
  std::array<std::array<FormationEvents, living_stages>, 2> formation{};  ///< [half][stage]
  MoveEvents moves;
};

}  // namespace vesicast::donor::stochastic
