#pragma once
/// \file
/// Budding from the plasma membrane, biology.md section 2: microvesicles, which calcium calls forth, and small
/// plasma-membrane ectosomes, which need the scission machinery.
#include "src/parameters.hpp"

namespace vesicast::donor {

/// h(Ca) = 1 + A Ca^3/(K^3 + Ca^3), Ca relative to rest.
[[nodiscard]] inline double calcium_response(const Biogenesis& b) {
  const double ca = b.calcium * b.calcium * b.calcium, half = b.calcium_half * b.calcium_half * b.calcium_half;
  return 1.0 + b.calcium_gain * ca / (half + ca);
}
/// q_MV h(Ca) [1/s]
[[nodiscard]] inline double microvesicle_rate(const Biogenesis& b) {
  return b.microvesicles * calcium_response(b);
}
/// q_sPM VPS4 [1/s]
[[nodiscard]] inline double ectosome_rate(const Biogenesis& b) {
  return b.ectosomes * b.scission;
}

}  // namespace vesicast::donor
