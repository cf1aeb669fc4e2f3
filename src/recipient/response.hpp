#pragma once
/// \file
/// What cargo in a cell does to the level m of a target, biology.md section 4, with H = Q^h/(K^h + Q^h):
///   repression  dm/dt = d_m (1 - m (1 + (F - 1) H)),  activation  dm/dt = d_m (1 + (F - 1) H - m)
/// The level is told relative to where it is in a cell at rest, with `rest` copies of its own: 1 there.
#include <cmath>

#include "src/parameters/cargo.hpp"

namespace vesicast::recipient {

/// H, in [0, 1): Hill's function of `copies` in the cell.
[[nodiscard]] inline double hill(double copies, const Response& r) {
  if (!(copies > 0.0)) return 0.0;
  return 1.0 / (1.0 + std::pow(r.half / copies, r.hill));
}

/// 1 + (F - 1) H
[[nodiscard]] inline double fold_of(double copies, const Response& r) {
  return 1.0 + (r.fold - 1.0) * hill(copies, r);
}

/// The level where `copies` keep it.
[[nodiscard]] inline double settled_level(double copies, double rest, const Response& r) {
  const double fold = fold_of(copies, r), at_rest = fold_of(rest, r);
  return r.kind == ResponseKind::repression ? at_rest / fold : fold / at_rest;
}

/// The level after `dt` [s] with `copies` throughout; exact, and never negative.
[[nodiscard]] inline double level_after(double level, double copies, double rest, const Response& r, double dt) {
  const double rate = r.kind == ResponseKind::repression ? r.decay * fold_of(copies, r) : r.decay;
  const double stays = std::exp(-rate * dt);
  return level * stays + settled_level(copies, rest, r) * (1.0 - stays);
}

}  // namespace vesicast::recipient
