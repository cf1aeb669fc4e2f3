#pragma once
/// \file
/// What leaves the cell's surface in whole vesicles: tetherin, budding, and which size bin or class gets what;
/// biology.md sections 2 and 6. The means are those of src/donor/tether.hpp and budding.hpp.
#include "src/donor/stochastic/distributions.hpp"
#include "src/donor/tether.hpp"

namespace vesicast::donor::stochastic {

/// tether() in whole vesicles: of a burst binomial(burst, f_t) are held; each that is held comes off or goes back in by
/// itself, those of the burst since a time of their own in the step. The three parts add up to `before` + `burst`.
[[nodiscard]] Tethered draw_tether(double before, double burst, const TetherStep& step, Draws draws);

/// Deals a number of vesicles out to targets that have shares of it, in whole vesicles: multinomial.
class Division {
 public:
  Division(double count, Draws draws) : left_(count), draws_(draws) {}
  /// What the next target gets, which has `share` of the whole. The shares add up to 1.
  [[nodiscard]] double next(double share);

 private:
  double left_, share_left_ = 1.0;
  Draws draws_;
};

}  // namespace vesicast::donor::stochastic
