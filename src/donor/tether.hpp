#pragma once
/// \file
/// Tetherin: a share of what a burst releases stays tied to the cell, comes off, or goes back in; biology.md section 2:
///   dT/dt = f_t burst - (k_det + k_reint) T;  free += (1 - f_t) burst + k_det T
#include <cmath>

#include "src/base/lanes.hpp"
#include "src/parameters/donor.hpp"

namespace vesicast::donor {

/// Vesicles of a cell, or of several, after a step.
template <class Real>
struct TetheredOf {
  Real stays;    ///< T
  Real free;     ///< into the interstitium
  Real off;      ///< of that, what was tethered
  Real back_in;  ///< into early endosomes of the same cell
};
using Tethered = TetheredOf<double>;

/// Tetherin over a step of `dt` [s]: what is the same in all cells with the same rates.
struct TetherStep {
  TetherStep(const Biogenesis& b, double dt) : caught(b.tethered) {
    const double rate = b.detachment + b.reinternalisation, x = rate * dt;
    stays = std::exp(-x);
    mean_stay = x > 1e-8 ? -std::expm1(-x) / x : 1.0 - 0.5 * x;
    comes_off = rate > 0.0 ? b.detachment / rate : 1.0;
  }
  double caught;           ///< f_t
  double stays = 1.0;      ///< of what is tethered, to the end
  double mean_stay = 1.0;  ///< of what is caught in the step
  double comes_off = 1.0;  ///< of what leaves
};

/// After a step in which `burst` vesicles were released at a steady rate; exact. The three parts add up to `before` +
/// `burst`, to round-off.
template <class Real>
[[nodiscard]] TetheredOf<Real> tether(const Real& before, const Real& burst, const TetherStep& step) {
  const Real caught = step.caught * burst;
  TetheredOf<Real> t;
  t.stays = before * step.stays + caught * step.mean_stay;
  const Real leaves = not_negative<Real>((before + caught) - t.stays), off = leaves * step.comes_off;
  t.off = off;
  t.back_in = leaves - off;
  t.free = (burst - caught) + off;
  return t;
}

}  // namespace vesicast::donor
