#include "src/perturbation/perturbed.hpp"

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

/// Share of each route in k_endocytosis, which is all of them together; biology.md section 4: no source.
constexpr std::pair<Rate, double> route_shares[] = {
    {Rate::k_int_clathrin, 0.15},         {Rate::k_int_raft, 0.30},         {Rate::k_int_independent, 0.25},
    {Rate::k_int_macropinocytosis, 0.25}, {Rate::k_int_phagocytosis, 0.05},
};

/// What is left of endocytosis by all routes; 1, exactly, where no route is touched.
double endocytosis_factor(const RateFactors& factors) {
  double factor = 1.0;
  for (const auto& [rate, share] : route_shares) factor += share * (factors[rate] - 1.0);
  return std::max(0.0, factor);
}

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
  uptake.k_endocytosis *= endocytosis_factor(factors);
  return uptake;
}

AcidGate perturbed(AcidGate gate, const RateFactors& factors) {
  const double a = factors[Rate::acidity];
  if (a == 1.0) return gate;
  for (double* pH : {&gate.pH_early, &gate.pH_late}) *pH = 7.0 - a * (7.0 - *pH);
  return gate;
}

Secretion perturbed(Secretion secretion, const RateFactors& factors) {
  secretion.rate *= factors[Rate::secretion];
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
  return type;
}

bool in_use(Rate rate, const Parameters& p, const std::vector<std::string>& cell_types) {
  if (info(rate).where == RatePlace::extracellular)
    return std::ranges::any_of(p.vesicles, [&](const VesicleClass& v) {
      return v.matrix && (rate == Rate::kon_e ? v.matrix->k_on : v.matrix->k_off) > 0.0;
    });
  return std::ranges::any_of(p.cell_types, [&](const CellType& type) {
    const bool named = cell_types.empty() || std::ranges::find(cell_types, type.name) != cell_types.end();
    return named && changes_type(rate, type, p.vesicles);
  });
}

}  // namespace vesicast
