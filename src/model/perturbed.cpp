#include "src/model/perturbed.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "src/parameters/parameters.hpp"
#include "src/parameters/rows.hpp"

namespace vesicast {
namespace {

/// Multiplies every constant of `object` whose row names one rate; shares stay at most 1.
template <class Struct>
void multiply(Struct& object, const RateFactors& factors) {
  static const std::vector<std::optional<Rate>> rates = [] {
    std::vector<std::optional<Rate>> of_rows;
    for (const KeyRow<Struct>& row : rows<Struct>()) of_rows.push_back(find_rate(row.more.rates));
    return of_rows;
  }();
  for_numbers(object, [&](double& value, const KeyRow<Struct>& row) {
    const auto& rate = rates[static_cast<std::size_t>(&row - rows<Struct>().data())];
    if (rate) value = std::min(row.range.upper, value * factors[*rate]);
  });
}

bool changes_type(Rate rate, const CellType& type, std::span<const VesicleClass> classes) {
  RateFactors none;
  none[rate] = 0.0;
  if (info(rate).name == "acidity")  // the gate is there whether or not anything goes through it
    return std::ranges::any_of(type.recipient, [](const auto& entry) { return entry.second.k_back_fusion > 0.0; });
  return perturbed(type, none, classes) != type;
}

}  // namespace

Uptake perturbed(Uptake uptake, const RateFactors& factors) {
  std::swap(uptake.route_weight, uptake.route_factor);  // a route's rate acts after what the vesicle does to its weight
  multiply(uptake, factors);
  std::swap(uptake.route_weight, uptake.route_factor);
  return uptake;
}

Biogenesis perturbed(Biogenesis b, const RateFactors& factors) {
  static const Rate k_endo("k_endo");
  multiply(b, factors);
  b.inflow *= factors[k_endo];  // early endosomes form by endocytosis
  return b;
}

AcidGate perturbed(AcidGate gate, const RateFactors& factors) {
  static const Rate acidity("acidity");
  const double a = factors[acidity];
  if (a == 1.0) return gate;
  for_numbers(gate, [&](double& pH, const KeyRow<AcidGate>& row) {
    if (row.more.rates == info(acidity).name) pH = 7.0 - a * (7.0 - pH);
  });
  return gate;
}

Secretion perturbed(Secretion secretion, const RateFactors& factors) {
  if (secretion.mode != ReleaseMode::pathway) multiply(secretion, factors);
  return secretion;
}

MatrixBinding perturbed(MatrixBinding binding, const RateFactors& factors) {
  multiply(binding, factors);
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
  for (auto& [name, cargo] : type.cargo) multiply(cargo, factors);
  if (type.biogenesis) type.biogenesis = perturbed(*type.biogenesis, factors);
  for (MvbPopulation& one : type.populations) one.rates = perturbed(one.rates, factors);
  return type;
}

bool in_use(Rate rate, const Parameters& p, const std::vector<std::string>& cell_types) {
  if (info(rate).where == RatePlace::extracellular) {
    RateFactors none;
    none[rate] = 0.0;
    return std::ranges::any_of(p.vesicles, [&](const VesicleClass& v) {
      if (!v.matrix) return false;
      const MatrixBinding without = perturbed(*v.matrix, none);
      return without.k_on != v.matrix->k_on || without.k_off != v.matrix->k_off;
    });
  }
  const bool of_membranes = info(rate).name == "k_rec" || info(rate).name == "k_retro";
  if (of_membranes && std::ranges::find(p.cargo, CargoKind::membrane, &CargoSpecies::kind) == p.cargo.end())
    return false;  // they move membrane cargo alone
  return std::ranges::any_of(p.cell_types, [&](const CellType& type) {
    const bool named = cell_types.empty() || std::ranges::find(cell_types, type.name) != cell_types.end();
    return named && changes_type(rate, type, p.vesicles);
  });
}

}  // namespace vesicast
