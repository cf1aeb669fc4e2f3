#pragma once
/// \file
/// The copies of a membrane cargo at the plasma membrane in the middle of a step of the donor pathway. Pure.
#include <cmath>
#include <span>

#include "src/donor/cargo.hpp"

namespace vesicast::donor {

/// Shares of docked MVBs and of amphisomes whose membrane has joined the plasma membrane half a step of `dt` [s] on.
struct HalfStepFusions {
  HalfStepFusions(const Biogenesis& b, double dt)
      : docked(-std::expm1(-0.5 * dt * b.fusion * b.calcium)),
        expelled(b.amphisome_secreted * -std::expm1(-0.5 * dt * b.amphisome)) {}
  double docked, expelled;
};

/// Half a step after `cargo.pool`: without what buds, 1 - exp(-leaving/2) of it, and with the membranes of MVBs and
/// amphisomes that fuse by then, `fusions` by population. To second order in the step; never negative, and no more
/// fuses than there is.
template <class Real>
[[nodiscard]] Real pool_in_mid_step(const DonorCargoOf<Real>& cargo, std::span<const HalfStepFusions> fusions) {
  Real pool = cargo.pool * exponential_share<Real>(0.5 * cargo.leaving).left;
  for (std::size_t p = 0; p < fusions.size(); ++p) {
    const StagesOf<Real>& limiting = cargo.mvbs[p].limiting;
    pool += limiting[docked] * fusions[p].docked + limiting[amphisome] * fusions[p].expelled;
  }
  return pool;
}

}  // namespace vesicast::donor
