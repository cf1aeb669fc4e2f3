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

/// Means of a step of formation and back-fusion in MVBs that hold `total` vesicles, routes together.
struct FormationMeans {
  double rate = 0.0;         ///< sum of the v_x
  double stays = 1.0;        ///< share of what was there that is there at the end
  double gone = 0.0;         ///< 1 - stays
  double formed = 0.0;       ///< formed in the step, and there at the end
  double turned_over = 0.0;  ///< formed in the step, and back-fused before its end; below 0 where MVBs are overfull
};

/// `share` scales v_x (f_late where MVBs wait).
inline FormationMeans formation_means(double total, double mvbs, const Biogenesis& b, double share, double dt) {
  FormationMeans result;
  for (const double v : b.formation) result.rate += v;
  const double supply = result.rate * share * b.scission * std::max(0.0, mvbs);  // V
  const double room = b.capacity * mvbs;
  const double k = b.back_fusion, a = k + (room > 0.0 ? supply / room : 0.0);
  result.stays = std::exp(-k * dt);
  result.gone = -std::expm1(-k * dt);
  const double decays = std::exp(-a * dt);
  const double mean = a * dt > 1e-8 ? -std::expm1(-a * dt) / a : dt * (1.0 - 0.5 * a * dt);  // int exp(-a t)
  const double after = total * decays + supply * mean;                                       // I at the end
  // int I dt = (I_0 + V dt - I)/a
  const double integral =
      a * dt > 1e-6 ? (total + supply * dt - after) / a : total * dt + 0.5 * dt * dt * (supply - a * total);
  result.formed = std::max(0.0, after - total * result.stays);
  result.turned_over = k * integral - total * result.gone;
  return result;
}

/// What came and went in a step, by route.
struct Formation {
  std::array<double, ilv_routes> formed{}, back_fused{};
};

/// Advances `vesicles` (by route) over `dt` [s]. formed - back_fused is the change, exactly; nothing becomes negative.
inline Formation form_vesicles(std::array<double, ilv_routes>& vesicles, double mvbs, const Biogenesis& b, double share,
                               double dt) {
  Formation result;
  double total = 0.0;
  for (const double v : vesicles) total += v;
  const FormationMeans means = formation_means(total, mvbs, b, share, dt);
  for (std::size_t x = 0; x < ilv_routes; ++x) {
    const double own = means.rate > 0.0 ? b.formation[x] / means.rate : 0.0;
    const double before = vesicles[x];
    vesicles[x] = before * means.stays + own * means.formed;
    result.back_fused[x] = std::max(0.0, own * means.turned_over + before * means.gone);
    result.formed[x] = (vesicles[x] - before) + result.back_fused[x];
    if (result.formed[x] < 0.0) {  // by rounding
      result.back_fused[x] -= result.formed[x];
      result.formed[x] = 0.0;
    }
  }
  return result;
}

}  // namespace vesicast::donor
