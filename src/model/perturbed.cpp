#include "src/model/perturbed.hpp"

#include <algorithm>
#include <utility>

namespace vesicast {
namespace {

/// Constants of Uptake that a named rate is, one for one.
constexpr std::pair<Rate, double Uptake::*> uptake_rates[] = {
    {Rate::k_on, &Uptake::k_on},          {Rate::k_off, &Uptake::k_off},        {Rate::k_pmf, &Uptake::k_fusion},
    {Rate::k_EL, &Uptake::k_late},        {Rate::k_LL, &Uptake::k_lysosome},    {Rate::k_deg, &Uptake::k_degradation},
    {Rate::k_rec1, &Uptake::k_recycling}, {Rate::k_rs, &Uptake::k_resecretion}, {Rate::k_bf, &Uptake::k_back_fusion},
};

/// Rates of the donor pathway, likewise.
constexpr std::pair<Rate, double Biogenesis::*> pathway_rates[] = {
    {Rate::k_in, &Biogenesis::inflow},        {Rate::k_mat, &Biogenesis::maturation},
    {Rate::k_tr, &Biogenesis::transport},     {Rate::k_lys, &Biogenesis::lysosome},
    {Rate::k_auto, &Biogenesis::autophagy},   {Rate::k_al, &Biogenesis::amphisome},
    {Rate::k_dock, &Biogenesis::docking},     {Rate::k_ret, &Biogenesis::comes_back},
    {Rate::k_und, &Biogenesis::undocking},    {Rate::k_fus, &Biogenesis::fusion},
    {Rate::VPS4, &Biogenesis::scission},      {Rate::k_bfD, &Biogenesis::back_fusion},
    {Rate::k_det, &Biogenesis::detachment},   {Rate::k_reint, &Biogenesis::reinternalisation},
    {Rate::q_MV, &Biogenesis::microvesicles}, {Rate::q_sPM, &Biogenesis::ectosomes},
    {Rate::Ca, &Biogenesis::calcium},         {Rate::k_endo, &Biogenesis::endocytosis},
    {Rate::k_rec, &Biogenesis::recycling},    {Rate::k_retro, &Biogenesis::retrograde},
};
/// In the order of IlvRoute and of Route.
constexpr Rate formation_rates[] = {Rate::v_ESCRT, Rate::v_SYN, Rate::v_CER, Rate::v_TET};
constexpr Rate route_rates[] = {Rate::k_int_clathrin, Rate::k_int_raft, Rate::k_int_independent,
                                Rate::k_int_macropinocytosis, Rate::k_int_phagocytosis};

bool changes_type(Rate rate, const CellType& type, std::span<const VesicleClass> classes) {
  RateFactors none;
  none[rate] = 0.0;
  if (rate == Rate::acidity)  // the gate is there whether or not anything goes through it
    return std::ranges::any_of(type.recipient, [](const auto& entry) { return entry.second.k_back_fusion > 0.0; });
  return perturbed(type, none, classes) != type;
}

}  // namespace

Uptake perturbed(Uptake uptake, const RateFactors& factors) {
  for (const auto& [rate, member] : uptake_rates) uptake.*member *= factors[rate];
  for (std::size_t r = 0; r < route_count; ++r) uptake.route_factor[r] *= factors[route_rates[r]];
  uptake.fluid *= factors[Rate::CL_fluid];
  return uptake;
}

Biogenesis perturbed(Biogenesis b, const RateFactors& factors) {
  for (const auto& [rate, member] : pathway_rates) b.*member *= factors[rate];
  for (std::size_t x = 0; x < ilv_routes; ++x) b.formation[x] *= factors[formation_rates[x]];
  b.inflow *= factors[Rate::k_endo];  // early endosomes form by endocytosis
  b.tethered = std::min(1.0, b.tethered * factors[Rate::f_t]);
  b.amphisome_secreted = std::min(1.0, b.amphisome_secreted * factors[Rate::f_sa]);
  return b;
}

AcidGate perturbed(AcidGate gate, const RateFactors& factors) {
  const double a = factors[Rate::acidity];
  if (a == 1.0) return gate;
  for (double* pH : {&gate.pH_early, &gate.pH_late, &gate.pH_lysosome}) *pH = 7.0 - a * (7.0 - *pH);
  return gate;
}

Secretion perturbed(Secretion secretion, const RateFactors& factors) {
  if (secretion.mode != ReleaseMode::pathway) secretion.rate *= factors[Rate::secretion];
  return secretion;
}

MatrixBinding perturbed(MatrixBinding binding, const RateFactors& factors) {
  binding.k_on *= factors[Rate::kon_e];
  binding.k_off *= factors[Rate::koff_e];
  return binding;
}

CellType perturbed(CellType type, const RateFactors& factors, std::span<const VesicleClass> classes) {
  for (const VesicleClass& v : classes) {
    if (v.substance != Substance::vesicle) continue;
    if (const auto it = type.recipient.find(v.name); it != type.recipient.end())
      it->second = perturbed(it->second, factors);
    if (const auto it = type.donor.find(v.name); it != type.donor.end()) it->second = perturbed(it->second, factors);
  }
  type.gate = perturbed(type.gate, factors);
  for (auto& [name, cargo] : type.cargo) {
    for (double& factor : cargo.sorting) factor *= factors[Rate::sorting];
    cargo.sorting_at_surface *= factors[Rate::sorting];
  }
  if (type.biogenesis) type.biogenesis = perturbed(*type.biogenesis, factors);
  for (MvbPopulation& one : type.populations) one.rates = perturbed(one.rates, factors);
  return type;
}

bool in_use(Rate rate, const Parameters& p, const std::vector<std::string>& cell_types) {
  if (info(rate).where == RatePlace::extracellular)
    return std::ranges::any_of(p.vesicles, [&](const VesicleClass& v) {
      return v.matrix && (rate == Rate::kon_e ? v.matrix->k_on : v.matrix->k_off) > 0.0;
    });
  const bool of_membranes = rate == Rate::k_rec || rate == Rate::k_retro;
  if (of_membranes && std::ranges::find(p.cargo, CargoKind::membrane, &CargoSpecies::kind) == p.cargo.end())
    return false;  // they move membrane cargo alone
  return std::ranges::any_of(p.cell_types, [&](const CellType& type) {
    const bool named = cell_types.empty() || std::ranges::find(cell_types, type.name) != cell_types.end();
    return named && changes_type(rate, type, p.vesicles);
  });
}

}  // namespace vesicast
