#pragma once
/// \file
/// Lysosomal degradation: dY/dt = -k_deg Y; biology.md section 4.
#include "src/parameters.hpp"
#include "src/recipient/pools.hpp"
#include "src/transition.hpp"

namespace vesicast::recipient {

[[nodiscard]] inline Transition degradation(const Uptake& u) {
  return {lysosome, degraded, u.k_degradation};
}

}  // namespace vesicast::recipient
