#pragma once
/// \file
/// Endosomal maturation: early endosome -> multivesicular endosome -> lysosome, k_EL E and k_LL L.
#include "src/base/transition.hpp"
#include "src/parameters/recipient.hpp"
#include "src/recipient/pools.hpp"

namespace vesicast::recipient {

[[nodiscard]] inline Transition early_to_late(const Uptake& u) {
  return {early_endosome, late_endosome, u.k_late};
}
[[nodiscard]] inline Transition late_to_lysosome(const Uptake& u) {
  return {late_endosome, lysosome, u.k_lysosome};
}

}  // namespace vesicast::recipient
