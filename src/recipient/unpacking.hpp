#pragma once
/// \file
/// Unpacking: the vesicle fuses with the limiting membrane of its endosome (back-fusion) and its cargo reaches the
/// cytosol, gated by acidity: k_bf phi(pH), phi(pH) = 1/(1 + 10^(n (pH - pKa))), of which lysosomes have the share s_L;
/// biology.md section 4.
#include <cmath>

#include "src/base/transition.hpp"
#include "src/parameters/recipient.hpp"
#include "src/recipient/pools.hpp"

namespace vesicast::recipient {

/// Share of full fusogenicity at `pH`, in (0, 1).
[[nodiscard]] inline double acid_gate(const AcidGate& gate, double pH) {
  return 1.0 / (1.0 + std::pow(10.0, gate.hill * (pH - gate.pKa)));
}
[[nodiscard]] inline Transition unpack_early(const Uptake& u, const AcidGate& gate) {
  return {early_endosome, back_fused, u.k_back_fusion * acid_gate(gate, gate.pH_early)};
}
[[nodiscard]] inline Transition unpack_late(const Uptake& u, const AcidGate& gate) {
  return {late_endosome, back_fused, u.k_back_fusion * acid_gate(gate, gate.pH_late)};
}
[[nodiscard]] inline Transition unpack_lysosome(const Uptake& u, const AcidGate& gate) {
  return {lysosome, back_fused, u.k_back_fusion * acid_gate(gate, gate.pH_lysosome) * u.lysosome_share};
}

}  // namespace vesicast::recipient
