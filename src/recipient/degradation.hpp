#pragma once
/// \file
/// Lysosomal degradation: dY/dt = -k_deg Y; biology.md section 4.
#include "src/base/transition.hpp"
#include "src/parameters/recipient.hpp"
#include "src/recipient/pools.hpp"

namespace vesicast::recipient {

[[nodiscard]] inline Transition degradation(const Uptake& u) {
  return {lysosome, degraded, u.k_degradation};
}

}  // namespace vesicast::recipient
