#pragma once
/// \file
/// The copies of a membrane cargo at the plasma membrane in the middle of a step of the donor pathway. Pure.
#include <cmath>
#include <span>

#include "src/donor/cargo.hpp"

namespace vesicast::donor {

/// Half a step of `dt` [s] after `cargo.pool`: without what buds, 1 - exp(-leaving/2) of it, and with the membranes of
/// MVBs and amphisomes that fuse by then, `rates` by population. To second order in `dt`; never negative, and no more
/// fuses than there is.
[[nodiscard]] inline double pool_in_mid_step(const DonorCargo& cargo, std::span<const Biogenesis> rates, double dt) {
  double pool = cargo.pool * std::exp(-0.5 * cargo.leaving);
  for (std::size_t p = 0; p < rates.size(); ++p) {
    const Biogenesis& b = rates[p];
    const Stages& limiting = cargo.mvbs[p].limiting;
    pool += limiting[docked] * -std::expm1(-0.5 * dt * b.fusion * b.calcium);
    pool += limiting[amphisome] * b.amphisome_secreted * -std::expm1(-0.5 * dt * b.amphisome);
  }
  return pool;
}

}  // namespace vesicast::donor
