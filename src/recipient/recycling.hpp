#pragma once
/// \file
/// What a recipient gives back whole: unbinding k_off B, recycling k_rec1 E, re-secretion k_rs L; biology.md section 4.
#include <cmath>

namespace vesicast::recipient {

/// Vesicles that leave a pool in `dt` [s] at first-order `rate` [1/s] while `inflow` [vesicle/s] enters it: exact for
/// the frozen inflow, and never more than content + inflow dt.
[[nodiscard]] inline double leaves_pool(double content, double rate, double inflow, double dt) {
  const double x = rate * dt;
  const double share = -std::expm1(-x);
  const double of_inflow = x > 1e-6 ? inflow * (dt - share / rate) : 0.5 * inflow * rate * dt * dt;
  return content * share + of_inflow;
}

}  // namespace vesicast::recipient
