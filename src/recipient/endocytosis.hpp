#pragma once
/// \file
/// Endocytosis: dB/dt = -k_int B, dE/dt = +k_int B. All routes together; biology.md section 4. Of a soluble factor:
/// internalisation with its receptor, degraded at once, dB/dt = -k_i B.
#include "src/parameters.hpp"
#include "src/recipient/pools.hpp"
#include "src/transition.hpp"

namespace vesicast::recipient {

[[nodiscard]] inline Transition endocytosis(const Uptake& u) {
  return {bound, early_endosome, u.k_endocytosis};
}

[[nodiscard]] inline Transition internalisation(const Uptake& u) {
  return {bound, degraded, u.k_internalisation};
}
/// Rate at which what is bound goes in, by any route [1/s].
[[nodiscard]] inline double taken_in(const Uptake& u) {
  return u.k_endocytosis + u.k_fusion + u.k_internalisation;
}

}  // namespace vesicast::recipient
