#pragma once
/// \file
/// What a cell type takes up, and what becomes of it.
#include <array>
#include <cstddef>

#include "src/parameters/standard.hpp"

namespace vesicast {

/// The ways in by endocytosis; `raft`: lipid rafts and caveolae, `independent`: of clathrin and of rafts.
enum class Route { clathrin, raft, independent, macropinocytosis, phagocytosis };
inline constexpr std::size_t route_count = 5;

/// Uptake and fate of one vesicle class in one cell type, biology.md section 4. Rates in 1/s unless said.
struct Uptake {
  double k_on = standard(&Uptake::k_on);  ///< binding [um^3/s per receptor]
  double k_off = standard(&Uptake::k_off);
  double k_endocytosis = standard(&Uptake::k_endocytosis);  ///< by all routes, where their weights add up to 1
  /// [Route], of k_endocytosis: k_int,r = k_endocytosis w_r, before what the vesicle does to them
  /// (src/recipient/uptake.hpp)
  std::array<double, route_count> route_weight = standard(&Uptake::route_weight);
  std::array<double, route_count> route_factor{1.0, 1.0, 1.0, 1.0, 1.0};  ///< what perturbations multiply each route by
  double half_cd47 = standard(
      &Uptake::half_cd47);  ///< K47: CD47 on the vesicle that halves phagocytosis, in the unit of VesicleClass::cd47
  double fluid = standard(&Uptake::fluid);        ///< CL_fluid, with the fluid that the cell swallows [um^3/s]
  double k_fusion = standard(&Uptake::k_fusion);  ///< fusion with the plasma membrane
  double k_late = standard(&Uptake::k_late);      ///< early endosome -> multivesicular endosome
  double k_recycling = k_late / 9.0;              ///< early endosome -> back outside: a tenth, unless it is given
  double k_resecretion = standard(&Uptake::k_resecretion);  ///< multivesicular endosome -> back outside
  double k_lysosome = standard(&Uptake::k_lysosome);        ///< multivesicular endosome -> lysosome
  double k_degradation = standard(&Uptake::k_degradation);
  double k_back_fusion = standard(&Uptake::k_back_fusion);  ///< with the endosome's membrane, at full acidity
  double lysosome_share =
      standard(&Uptake::lysosome_share);  ///< s_L, of k_back_fusion, that holds in lysosomes; 0 to 1
  double k_internalisation = 0.0;         ///< taken in and degraded at once: soluble factors

  bool operator==(const Uptake&) const = default;
};

/// The acid gate of back-fusion: phi(pH) = 1/(1 + 10^(n (pH - pKa))), biology.md section 4.
struct AcidGate {
  double pKa = standard(&AcidGate::pKa);
  double hill = standard(&AcidGate::hill);
  double pH_early = standard(&AcidGate::pH_early);
  double pH_late = standard(&AcidGate::pH_late);
  double pH_lysosome = standard(&AcidGate::pH_lysosome);

  bool operator==(const AcidGate&) const = default;
};

}  // namespace vesicast
