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

/// Exact for a steady arrival. Never negative; copies + lost = before + arrived to round-off.
[[nodiscard]] inline Cytosol deliver(double before, double arrived, double decay, double dt) {
  const double x = decay * dt;
  const double stays = std::exp(-x);
  const double mean_stay = x > 1e-8 ? -std::expm1(-x) / x : 1.0 - 0.5 * x;
  Cytosol c;
  c.copies = before * stays + arrived * mean_stay;
  c.lost = before * -std::expm1(-x) + arrived * (1.0 - mean_stay);
  return c;
}

}  // namespace vesicast::recipient
