#pragma once
/// \file
/// Fusion of a bound vesicle with the plasma membrane: dB/dt = -k_pmf B, cargo to the cytosol at once.
#include "src/base/transition.hpp"
#include "src/parameters/recipient.hpp"
#include "src/recipient/pools.hpp"

namespace vesicast::recipient {

[[nodiscard]] inline Transition membrane_fusion(const Uptake& u) {
  return {bound, fused, u.k_fusion};
}

}  // namespace vesicast::recipient
