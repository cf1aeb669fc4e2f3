#pragma once
/// \file
/// What cargo in a cell does to the level m of a target, biology.md section 4, with H = Q^h/(K^h + Q^h):
///   repression  dm/dt = d_m (1 - m (1 + (F - 1) H)),  activation  dm/dt = d_m (1 + (F - 1) H - m)
#include <cmath>

#include "src/parameters.hpp"

namespace vesicast::recipient {

/// H, in [0, 1): Hill's function of `copies` in the cell.
[[nodiscard]] inline double hill(double copies, const Response& r) {
  if (!(copies > 0.0)) return 0.0;
  return 1.0 / (1.0 + std::pow(r.half / copies, r.hill));
}

/// The level where `copies` keep it: 1/(1 + (F - 1) H), or 1 + (F - 1) H.
[[nodiscard]] inline double settled_level(double copies, const Response& r) {
  const double fold = 1.0 + (r.fold - 1.0) * hill(copies, r);
  return r.kind == ResponseKind::repression ? 1.0 / fold : fold;
}

/// The level after `dt` [s] with `copies` throughout; exact, and never negative.
[[nodiscard]] inline double level_after(double level, double copies, const Response& r, double dt) {
  const double fold = 1.0 + (r.fold - 1.0) * hill(copies, r);
  const double rate = r.kind == ResponseKind::repression ? r.decay * fold : r.decay;
  const double stays = std::exp(-rate * dt);
  return level * stays + settled_level(copies, r) * (1.0 - stays);
}

}  // namespace vesicast::recipient
