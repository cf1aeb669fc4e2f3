#pragma once
/// \file
/// Formation of intraluminal vesicles and their back-fusion with the limiting membrane of their MVB, biology.md
/// section 2, in `mvbs` bodies that hold I = sum_x I_x vesicles:
///   dI_x/dt = v_x VPS4 mvbs (1 - I/(n_max mvbs)) - k_bfD I_x
/// Linear in I, and each I_x follows from I, so that the step is exact. Pure.
#include <algorithm>
#include <array>
#include <cmath>

#include "src/parameters.hpp"

namespace vesicast::donor {

/// What came and went in a step, by route.
struct Formation {
  std::array<double, ilv_routes> formed{}, back_fused{};
};

/// Advances `vesicles` (by route) over `dt` [s]; `share` scales v_x (f_late where MVBs wait). formed - back_fused is
/// the change, exactly; nothing becomes negative.
inline Formation form_vesicles(std::array<double, ilv_routes>& vesicles, double mvbs, const Biogenesis& b, double share,
                               double dt) {
  Formation result;
  double total = 0.0, rate = 0.0;
  for (std::size_t x = 0; x < ilv_routes; ++x) {
    total += vesicles[x];
    rate += b.formation[x];
  }
  const double supply = rate * share * b.scission * std::max(0.0, mvbs);  // V
  const double room = b.capacity * mvbs;
  const double k = b.back_fusion, a = k + (room > 0.0 ? supply / room : 0.0);
  const double stays = std::exp(-k * dt), gone = -std::expm1(-k * dt);
  const double decays = std::exp(-a * dt);
  const double mean = a * dt > 1e-8 ? -std::expm1(-a * dt) / a : dt * (1.0 - 0.5 * a * dt);  // int exp(-a t)
  const double after = total * decays + supply * mean;                                       // I at the end
  // int I dt = (I_0 + V dt - I)/a
  const double integral =
      a * dt > 1e-6 ? (total + supply * dt - after) / a : total * dt + 0.5 * dt * dt * (supply - a * total);
  for (std::size_t x = 0; x < ilv_routes; ++x) {
    const double own = rate > 0.0 ? b.formation[x] / rate : 0.0;
    const double before = vesicles[x];
    vesicles[x] = before * stays + own * std::max(0.0, after - total * stays);
    result.back_fused[x] = std::max(0.0, own * (k * integral - total * gone) + before * gone);
    result.formed[x] = (vesicles[x] - before) + result.back_fused[x];
    if (result.formed[x] < 0.0) {  // by rounding
      result.back_fused[x] -= result.formed[x];
      result.formed[x] = 0.0;
    }
  }
  return result;
}

}  // namespace vesicast::donor
