#pragma once
/// \file
/// Endocytosis: dB/dt = -k_int B, dE/dt = +k_int B. All routes together; biology.md section 4.
#include "src/parameters.hpp"
#include "src/recipient/pools.hpp"
#include "src/transition.hpp"

namespace vesicast::recipient {

[[nodiscard]] inline Transition endocytosis(const Uptake& u) {
  return {bound, early_endosome, u.k_endocytosis};
}

}  // namespace vesicast::recipient
