#include "src/perturbation/schedule.hpp"

#include <algorithm>
#include <set>

#include "src/donor/populations.hpp"
#include "src/perturbation/perturbed.hpp"

namespace vesicast {
namespace {

bool in_tissue(Rate rate) {
  return info(rate).where == RatePlace::extracellular;
}

/// The mean rates of what a changed pathway makes, where it settles.
void set_settled_release(CellType& type, const std::vector<VesicleClass>& classes) {
  const donor::SettledRelease settled = donor::settled_release(type);
  for (const VesicleClass& v : classes) {
    const auto made = type.donor.find(v.name);
    if (made == type.donor.end() || made->second.mode != ReleaseMode::pathway) continue;
    const auto own = settled.rate.find(v.name);
    made->second.rate = own != settled.rate.end() ? own->second : settled.rate.at(v.parent);
  }
}

}  // namespace

std::vector<RateFactors> factors_at(const Parameters& p, Ticks time) {
  std::vector<RateFactors> factors(p.cell_types.size());
  for (const Perturbation& x : p.perturbations) {
    if (!x.acts_at(time)) continue;
    for (std::size_t t = 0; t < factors.size(); ++t) {
      const auto& names = x.cell_types;
      if (!names.empty() && std::find(names.begin(), names.end(), p.cell_types[t].name) == names.end()) continue;
      for (const Perturbation::Change& change : x.changes)
        if (!in_tissue(change.rate)) factors[t][change.rate] *= change.factor;
    }
  }
  return factors;
}

RateFactors tissue_factors_at(const Parameters& p, Ticks time) {
  RateFactors factors;
  for (const Perturbation& x : p.perturbations) {
    if (!x.acts_at(time) || !x.cell_types.empty()) continue;
    for (const Perturbation::Change& change : x.changes)
      if (in_tissue(change.rate)) factors[change.rate] *= change.factor;
  }
  return factors;
}

std::vector<Ticks> change_times(const Parameters& p) {
  std::set<Ticks> times{0};
  for (const Perturbation& x : p.perturbations) {
    if (x.from > 0) times.insert(x.from);
    if (x.until) times.insert(*x.until);
  }
  return {times.begin(), times.end()};
}

CellType perturbed_type(const Parameters& p, std::size_t type, const RateFactors& factors) {
  CellType result = perturbed(p.cell_types[type], factors, p.vesicles);
  if (result.biogenesis != p.cell_types[type].biogenesis || result.populations != p.cell_types[type].populations)
    set_settled_release(result, p.vesicles);
  return result;
}

std::vector<CellType> cell_types_at(const Parameters& p, Ticks time) {
  std::vector<CellType> types;
  const std::vector<RateFactors> factors = factors_at(p, time);
  for (std::size_t t = 0; t < factors.size(); ++t) types.push_back(perturbed_type(p, t, factors[t]));
  return types;
}

}  // namespace vesicast
