#pragma once
/// \file
/// Budding from the plasma membrane, biology.md section 2: microvesicles, which calcium calls forth, and small
/// plasma-membrane ectosomes, which need the scission machinery.
#include "src/parameters/donor.hpp"

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
/// q_sPM VPS4 P/P0 [1/s], `relative` the P/P0 of Biogenesis::ectosome_cargo: its copies at the plasma membrane over
/// those of the unperturbed cell at rest; 1 where ectosomes follow none.
[[nodiscard]] inline double ectosome_rate(const Biogenesis& b, double relative = 1.0) {
  return b.ectosomes * b.scission * relative;
}

}  // namespace vesicast::donor
