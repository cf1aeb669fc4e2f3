#include "src/donor/populations.hpp"

#include <algorithm>

#include "src/donor/pathway.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast::donor {
namespace {

std::vector<std::string> names_of(const CellType& type) {
  if (!type.biogenesis) return {};
  if (type.populations.empty()) return {""};
  std::vector<std::string> names;
  for (const MvbPopulation& one : type.populations) names.push_back(one.name);
  return names;
}

}  // namespace

std::vector<Biogenesis> population_rates(const CellType& type) {
  if (!type.biogenesis) return {};
  if (type.populations.empty()) return {*type.biogenesis};
  std::vector<Biogenesis> rates;
  for (const MvbPopulation& one : type.populations) rates.push_back(one.rates);
  return rates;
}

std::vector<double> population_shares(const CellType& type) {
  if (!type.biogenesis) return {};
  if (type.populations.empty()) return {1.0};
  std::vector<double> shares;
  for (const MvbPopulation& one : type.populations) shares.push_back(one.share);
  return shares;
}

std::vector<std::string> population_names(const Parameters& p) {
  std::vector<std::string> all;
  for (const CellType& type : p.cell_types)
    for (const std::string& name : names_of(type))
      if (std::ranges::find(all, name) == all.end()) all.push_back(name);
  return all;
}

std::vector<std::size_t> population_places(const Parameters& p, const CellType& type) {
  const std::vector<std::string> all = population_names(p);
  std::vector<std::size_t> places;
  for (const std::string& name : names_of(type))
    places.push_back(static_cast<std::size_t>(std::ranges::find(all, name) - all.begin()));
  return places;
}

bool from_mvbs(const CellType& type, const VesicleClass& vesicle) {
  const auto makes = [&](const Biogenesis& b) { return b.exosome == vesicle.name || b.exosome == vesicle.parent; };
  return type.populations.empty() ? type.biogenesis && makes(*type.biogenesis)
                                  : std::ranges::any_of(type.populations, makes, &MvbPopulation::rates);
}

SettledRelease settled_release(const CellType& type) {
  SettledRelease all;
  for (const Biogenesis& b : population_rates(type)) {
    const SteadyRelease one = steady_release(b);
    all.rate[b.exosome] += one.exosome;
    all.settles = all.settles && one.settles;
  }
  if (!type.biogenesis) return all;
  const SteadyRelease surface = steady_release(*type.biogenesis);
  if (!type.biogenesis->microvesicle.empty()) all.rate[type.biogenesis->microvesicle] += surface.microvesicle;
  if (!type.biogenesis->ectosome.empty()) all.rate[type.biogenesis->ectosome] += surface.ectosome;
  return all;
}

}  // namespace vesicast::donor
