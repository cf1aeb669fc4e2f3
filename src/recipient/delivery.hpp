#pragma once
/// \file
/// Delivered cargo in the recipient's cytosol: dQ/dt = copies x delivered vesicles - d_Q Q; biology.md section 4.
#include <cmath>

namespace vesicast::recipient {

/// Copies in the cytosol and lost there, after a time in which `arrived` copies came at a steady rate.
struct Cytosol {
  double copies = 0.0;
  double lost = 0.0;
};

/// Of one cargo, what a step does to the copies that were there and to those that arrive.
struct Turnover {
  double stays = 1.0, lost = 0.0;  ///< shares of what was there
  double mean_stay = 1.0;          ///< share of what arrived that is there at the end
};
[[nodiscard]] inline Turnover turnover(double decay, double dt) {
  const double x = decay * dt;
  return {std::exp(-x), -std::expm1(-x), x > 1e-8 ? -std::expm1(-x) / x : 1.0 - 0.5 * x};
}

/// Exact for a steady arrival. Never negative; copies + lost = before + arrived to round-off.
[[nodiscard]] inline Cytosol deliver(double before, double arrived, const Turnover& step) {
  return {before * step.stays + arrived * step.mean_stay, before * step.lost + arrived * (1.0 - step.mean_stay)};
}
[[nodiscard]] inline Cytosol deliver(double before, double arrived, double decay, double dt) {
  return deliver(before, arrived, turnover(decay, dt));
}

}  // namespace vesicast::recipient
