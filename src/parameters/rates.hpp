#pragma once
/// \file
/// The rates that genes, drugs and perturbations act on, by the names that users write. A perturbation multiplies the
/// constant of the configuration by a factor; docs/perturbations.md.
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace vesicast {

enum class Rate {
  // --- donor
  k_in,
  k_mat,
  k_endo,
  k_rec,
  k_retro,
  k_tr,
  k_lys,
  k_auto,
  k_al,
  k_dock,
  k_ret,
  k_und,
  k_fus,
  v_ESCRT,
  v_SYN,
  v_CER,
  v_TET,
  VPS4,
  k_bfD,
  f_t,
  k_det,
  k_reint,
  f_sa,
  q_MV,
  q_sPM,
  Ca,
  secretion,
  sorting,
  // --- recipient
  k_on,
  k_off,
  k_int_clathrin,
  k_int_raft,
  k_int_independent,
  k_int_macropinocytosis,
  k_int_phagocytosis,
  CL_fluid,
  k_pmf,
  k_EL,
  k_LL,
  k_deg,
  k_rec1,
  k_rs,
  k_bf,
  acidity,
  // --- extracellular
  kon_e,
  koff_e,
  count_
};

inline constexpr std::size_t rate_count = static_cast<std::size_t>(Rate::count_);

/// Whose rate it is: of a cell type that releases or takes up vesicles, or of the matrix in the whole tissue.
enum class RatePlace { donor, recipient, extracellular };

[[nodiscard]] constexpr std::string_view words(RatePlace place) {
  return place == RatePlace::donor ? "donor" : place == RatePlace::recipient ? "recipient" : "extracellular";
}

struct RateInfo {
  std::string_view name;
  RatePlace where;
  std::string_view unit;  ///< of the constant that the factor multiplies; empty: a number
  std::string_view meaning;
};

/// In the order of Rate. Where the constants come from: biology.md sections 2 (donor), 3 (extracellular), 4
/// (recipient).
inline constexpr std::array<RateInfo, rate_count> named_rates{{
    {"k_in", RatePlace::donor, "1/h", "early endosomes made, in equivalents of multivesicular bodies (MVBs)"},
    {"k_mat", RatePlace::donor, "1/h", "maturation of early endosomes to MVBs"},
    {"k_endo", RatePlace::donor, "1/h", "endocytosis of membrane cargo, and with it the making of early endosomes"},
    {"k_rec", RatePlace::donor, "1/h", "recycling of membrane cargo from early endosomes to the plasma membrane"},
    {"k_retro", RatePlace::donor, "1/h", "return of membrane cargo from early endosomes to the Golgi"},
    {"k_tr", RatePlace::donor, "1/h", "transport of maturing MVBs to the periphery"},
    {"k_lys", RatePlace::donor, "1/h", "fusion of maturing MVBs with lysosomes, which degrade what they hold"},
    {"k_auto", RatePlace::donor, "1/h", "fusion of maturing MVBs with autophagosomes"},
    {"k_al", RatePlace::donor, "1/h", "end of amphisomes, by degradation or secretion"},
    {"k_dock", RatePlace::donor, "1/h", "docking of peripheral MVBs at the plasma membrane"},
    {"k_ret", RatePlace::donor, "1/h", "return of peripheral MVBs to the cell's interior"},
    {"k_und", RatePlace::donor, "1/h", "undocking of docked MVBs"},
    {"k_fus", RatePlace::donor, "1/h", "fusion of docked MVBs with the plasma membrane, which releases exosomes"},
    {"v_ESCRT", RatePlace::donor, "vesicle/h", "formation of intralumenal vesicles (ILVs) by ESCRT, per MVB"},
    {"v_SYN", RatePlace::donor, "vesicle/h", "formation of ILVs by syntenin and ALIX, per MVB"},
    {"v_CER", RatePlace::donor, "vesicle/h", "formation of ILVs by ceramide, per MVB"},
    {"v_TET", RatePlace::donor, "vesicle/h", "formation of ILVs by tetraspanins, per MVB"},
    {"VPS4", RatePlace::donor, "", "scission of ILVs and of small ectosomes by VPS4"},
    {"k_bfD", RatePlace::donor, "1/h", "fusion of ILVs back with the limiting membrane of their MVB"},
    {"f_t", RatePlace::donor, "", "share of a burst that tetherin holds at the cell's surface"},
    {"k_det", RatePlace::donor, "1/h", "detachment of tethered vesicles"},
    {"k_reint", RatePlace::donor, "1/h", "reinternalisation of tethered vesicles"},
    {"f_sa", RatePlace::donor, "", "share of amphisomes that is secreted"},
    {"q_MV", RatePlace::donor, "vesicle/h", "budding of microvesicles from the plasma membrane"},
    {"q_sPM", RatePlace::donor, "vesicle/h", "budding of small ectosomes from the plasma membrane"},
    {"Ca", RatePlace::donor, "", "cytosolic calcium relative to rest, which drives MVB fusion and budding"},
    {"secretion", RatePlace::donor, "vesicle/s", "release of vesicles by donors that have no pathway"},
    {"sorting", RatePlace::donor, "", "sorting of cargo into the vesicles that a cell releases, E_c"},
    {"k_on", RatePlace::recipient, "um^3/s", "binding to a free receptor"},
    {"k_off", RatePlace::recipient, "1/s", "unbinding from the receptor"},
    {"k_int_clathrin", RatePlace::recipient, "1/s", "endocytosis of what is bound in clathrin-coated pits"},
    {"k_int_raft", RatePlace::recipient, "1/s", "endocytosis by rafts and caveolae"},
    {"k_int_independent", RatePlace::recipient, "1/s", "endocytosis without clathrin or caveolae"},
    {"k_int_macropinocytosis", RatePlace::recipient, "1/s", "macropinocytosis of what is bound"},
    {"k_int_phagocytosis", RatePlace::recipient, "1/s", "phagocytosis of what is bound"},
    {"CL_fluid", RatePlace::recipient, "um^3/s", "uptake with the fluid, without binding"},
    {"k_pmf", RatePlace::recipient, "1/s", "fusion of bound vesicles with the plasma membrane (k_fusion)"},
    {"k_EL", RatePlace::recipient, "1/s", "early to multivesicular endosome (k_late)"},
    {"k_LL", RatePlace::recipient, "1/s", "multivesicular endosome to lysosome (k_lysosome)"},
    {"k_deg", RatePlace::recipient, "1/s", "degradation in the lysosome (k_degradation)"},
    {"k_rec1", RatePlace::recipient, "1/s", "recycling from the early endosome to the outside (k_recycling)"},
    {"k_rs", RatePlace::recipient, "1/s", "re-secretion from the multivesicular endosome (k_resecretion)"},
    {"k_bf", RatePlace::recipient, "1/s", "fusion with the endosome's membrane at full acidity (k_back_fusion)"},
    {"acidity", RatePlace::recipient, "", "acidity a of endosomes and lysosomes: pH = 7 - a (7 - pH of the config)"},
    {"kon_e", RatePlace::extracellular, "um^3/s", "binding to the extracellular matrix (vesicle.*.matrix.k_on)"},
    {"koff_e", RatePlace::extracellular, "1/s", "unbinding from the matrix (vesicle.*.matrix.k_off)"},
}};

[[nodiscard]] constexpr const RateInfo& info(Rate rate) {
  return named_rates[static_cast<std::size_t>(rate)];
}

/// The rate that users call `name`, capitals as written, or nothing.
[[nodiscard]] constexpr std::optional<Rate> find_rate(std::string_view name) {
  for (std::size_t r = 0; r < rate_count; ++r)
    if (named_rates[r].name == name) return static_cast<Rate>(r);
  return std::nullopt;
}

/// What each rate is multiplied by; 1 unless something acts on it. Never below 0.
struct RateFactors {
  RateFactors() { value.fill(1.0); }
  std::array<double, rate_count> value{};

  [[nodiscard]] double operator[](Rate rate) const { return value[static_cast<std::size_t>(rate)]; }
  [[nodiscard]] double& operator[](Rate rate) { return value[static_cast<std::size_t>(rate)]; }
  bool operator==(const RateFactors&) const = default;
};

}  // namespace vesicast
