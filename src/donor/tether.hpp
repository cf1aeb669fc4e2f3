#pragma once
/// \file
/// Tetherin: a share of what a burst releases stays tied to the cell, comes off, or goes back in; biology.md section 2:
///   dT/dt = f_t burst - (k_det + k_reint) T;  free += (1 - f_t) burst + k_det T
#include <algorithm>
#include <cmath>

#include "src/parameters.hpp"

namespace vesicast::donor {

struct Tethered {
  double stays = 0.0;    ///< T
  double free = 0.0;     ///< into the interstitium
  double back_in = 0.0;  ///< into early endosomes of the same cell
};

/// After `dt` [s] in which `burst` vesicles were released at a steady rate; exact. The three parts add up to `before` +
/// `burst`, to round-off.
[[nodiscard]] inline Tethered tether(double before, double burst, const Biogenesis& b, double dt) {
  const double rate = b.detachment + b.reinternalisation;
  const double caught = b.tethered * burst;
  const double x = rate * dt;
  const double mean_stay = x > 1e-8 ? -std::expm1(-x) / x : 1.0 - 0.5 * x;
  Tethered t;
  t.stays = before * std::exp(-x) + caught * mean_stay;
  const double leaves = std::max(0.0, (before + caught) - t.stays);
  const double off = rate > 0.0 ? leaves * (b.detachment / rate) : leaves;
  t.back_in = leaves - off;
  t.free = (burst - caught) + off;
  return t;
}

}  // namespace vesicast::donor
