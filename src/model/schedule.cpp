#include "src/model/schedule.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "src/donor/populations.hpp"
#include "src/model/perturbed.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast {
namespace {

bool in_tissue(Rate rate) {
  return info(rate).where == RatePlace::extracellular;
}

/// Activities of the genes of one group that act on one rate, by gene.
struct Group {
  struct Member {
    double slope = 0.0, activity = 1.0;
  };
  std::map<std::string, Member> members;

  [[nodiscard]] double factor() const {
    double change = 0.0;
    for (const auto& [gene, one] : members) change += one.slope * (one.activity - 1.0);
    return std::max(0.0, 1.0 + change);
  }
};

/// What all that acts at `time` comes to, where `named(cell types)` says that it acts: on rates of the tissue or on
/// those of cells.
template <class Named>
RateFactors product(const Parameters& p, Ticks time, bool tissue, Named&& named) {
  RateFactors factors;
  std::map<std::pair<Rate, std::string>, Group> groups;
  for (const Perturbation& x : p.perturbations) {
    if (!x.acts_at(time) || !named(x.cell_types)) continue;
    for (const Perturbation::Change& change : x.changes) {
      if (in_tissue(change.rate) != tissue) continue;
      if (!change.paralogue) {
        factors[change.rate] *= change.factor;
        continue;
      }
      const Perturbation::Paralogue& one = *change.paralogue;
      Group::Member& member = groups[{change.rate, one.group}].members[one.gene];
      member.slope = one.slope;
      member.activity *= one.activity;
    }
  }
  for (const auto& [acts, group] : groups) factors[acts.first] *= group.factor();
  return factors;
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
  std::vector<RateFactors> factors;
  for (const CellType& type : p.cell_types)
    factors.push_back(product(p, time, false, [&](const std::vector<std::string>& names) {
      return names.empty() || std::ranges::find(names, type.name) != names.end();
    }));
  return factors;
}

RateFactors tissue_factors_at(const Parameters& p, Ticks time) {
  return product(p, time, true, [](const std::vector<std::string>& names) { return names.empty(); });
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
