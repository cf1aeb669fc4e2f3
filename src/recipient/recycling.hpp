#pragma once
/// \file
/// What a recipient gives back whole: unbinding k_off B, recycling k_rec1 E, re-secretion k_rs L; biology.md section 4.
#include "src/base/exponential_share.hpp"

namespace vesicast::recipient {

/// What a step takes out of a pool: a share of its content, and of what flows in, as so many seconds of the inflow.
struct Leaving {
  double share = 0.0;
  double of_inflow = 0.0;  ///< [s]
};

/// At first-order `rate` [1/s] over `dt` [s].
[[nodiscard]] inline Leaving leaving(double rate, double dt) {
  const double x = rate * dt;
  const double share = exponential_share(x).gone;
  return {share, x > 1e-6 ? dt - share / rate : 0.5 * x * dt};
}

/// Vesicles that leave a pool while `inflow` [vesicle/s] enters it: exact for the frozen inflow, and never more than
/// content + inflow dt.
[[nodiscard]] inline double leaves_pool(double content, const Leaving& step, double inflow) {
  return content * step.share + inflow * step.of_inflow;
}
[[nodiscard]] inline double leaves_pool(double content, double rate, double inflow, double dt) {
  return leaves_pool(content, leaving(rate, dt), inflow);
}

}  // namespace vesicast::recipient
