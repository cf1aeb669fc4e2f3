#pragma once
/// \file
/// Formation of intraluminal vesicles and their back-fusion with the limiting membrane of their MVB, biology.md
/// section 2, in `mvbs` bodies that hold I = sum_x I_x vesicles:
///   dI_x/dt = v_x VPS4 mvbs (1 - I/(n_max mvbs)) - k_bfD I_x
/// Linear in I, and each I_x follows from I, so that the step is exact. Pure.
#include <array>
#include <cmath>

#include "src/base/lanes.hpp"
#include "src/parameters/donor.hpp"

namespace vesicast::donor {

/// Formation over half a step, or any time: what is the same in all cells with the same rates.
class FormationStep {
 public:
  /// Over `dt` [s]; `share` scales v_x (f_late where MVBs wait).
  FormationStep(const Biogenesis& b, double share, double dt)
      : stays(std::exp(-b.back_fusion * dt)),
        gone(-std::expm1(-b.back_fusion * dt)),
        capacity(b.capacity),
        k_(b.back_fusion) {
    double rate = 0.0;
    for (const double v : b.formation) rate += v;
    for (std::size_t x = 0; x < ilv_routes; ++x) own[x] = rate > 0.0 ? b.formation[x] / rate : 0.0;
    supply_ = rate * share * b.scission;
    const double a = k_ + (b.capacity > 0.0 ? supply_ / b.capacity : 0.0), z = a * dt;
    left_ = std::exp(-z);
    mean_ = z > 1e-8 ? -std::expm1(-z) / a : dt * (1.0 - 0.5 * z);
    delay_ =
        z > 1e-2
            ? (dt - mean_) / a
            : dt * dt * (0.5 - z * (1.0 / 6.0 - z * (1.0 / 24.0 - z * (1.0 / 120.0 - z * (1.0 / 720.0 - z / 5040.0)))));
  }

  /// Of a time in MVBs that hold `total` vesicles, routes together.
  template <class Real>
  struct Means {
    Real formed;       ///< in that time, and there at its end
    Real turned_over;  ///< formed in that time, and back-fused before its end; below 0 where MVBs are overfull
  };
  template <class Real>
  [[nodiscard]] Means<Real> means(const Real& total, const Real& mvbs) const {
    // With V = supply mvbs and a = k + V/(n_max mvbs): I = I_0 exp(-a t) + V (1 - exp(-a t))/a
    const Real supply = supply_ * mvbs, after = total * left_ + supply * mean_,
               integral = total * mean_ + supply * delay_;
    const auto any = mvbs > 0.0;
    return {select(any, not_negative<Real>(after - total * stays), Real{}),
            select(any, k_ * integral - total * gone, Real{})};
  }

  std::array<double, ilv_routes> own{};  ///< share of each route in what forms
  double stays = 1.0;                    ///< share of what was there that is there at the end
  double gone = 0.0;                     ///< 1 - stays
  double capacity = 0.0;                 ///< n_max

 private:
  double k_, supply_ = 0.0;
  double left_ = 1.0, mean_ = 0.0, delay_ = 0.0;  ///< exp(-a dt), its integral over dt, and the integral of that
};

/// What came and went in a step, by route.
template <class Real>
struct FormationOf {
  std::array<Real, ilv_routes> formed, back_fused;
};
using Formation = FormationOf<double>;

/// Advances `vesicles` (by route) of `mvbs` MVBs. formed - back_fused is the change, exactly; nothing becomes negative.
template <class Real>
FormationOf<Real> form_vesicles(std::array<Real, ilv_routes>& vesicles, const Real& mvbs, const FormationStep& step) {
  FormationOf<Real> result;
  Real total{};
  for (const Real& v : vesicles) total += v;
  const auto means = step.means(total, mvbs);
  for (std::size_t x = 0; x < ilv_routes; ++x) {
    const Real before = vesicles[x];
    vesicles[x] = before * step.stays + step.own[x] * means.formed;
    const Real back = not_negative<Real>(step.own[x] * means.turned_over + before * step.gone),
               formed = (vesicles[x] - before) + back;
    result.formed[x] = not_negative<Real>(formed);  // below 0 by rounding
    result.back_fused[x] = back - (formed - result.formed[x]);
  }
  return result;
}

}  // namespace vesicast::donor
