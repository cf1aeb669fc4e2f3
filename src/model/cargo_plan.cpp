#include "src/model/cargo_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numbers>
#include <set>

#include "decomposition/base/error.hpp"
#include "src/donor/populations.hpp"
#include "src/parameters/parameters.hpp"
#include "src/parameters/vesicle_geometry.hpp"

namespace vesicast {
namespace {

/// What a vesicle of the class takes of a cargo, as volume or as area.
double measure(const VesicleClass& v, CargoKind kind) {
  if (!(v.size.mean > 0.0))
    throw InputError(fmt::format("cargo is loaded into \"{}\" by its lumen or surface: give its diameter", v.name));
  return kind == CargoKind::soluble ? lumen_volume(v.size) : surface_area(v.size);
}

}  // namespace

bool is_loaded(const Parameters& p, std::size_t q, std::size_t j) {
  return p.vesicles[j].substance == Substance::vesicle && std::ranges::any_of(p.cell_types, [&](const CellType& t) {
           return t.cargo.contains(p.cargo[q].name) && t.donor.contains(p.vesicles[j].name);
         });
}

double given_copies(const Parameters& p, std::size_t q, std::size_t j) {
  const auto it = p.vesicles[j].cargo.find(p.cargo[q].name);
  return it == p.vesicles[j].cargo.end() ? 0.0 : it->second;
}

std::optional<CargoRates> cargo_rates(const Parameters& p, const CellType& type, std::size_t q) {
  const auto own = type.cargo.find(p.cargo[q].name);
  if (own == type.cargo.end()) return std::nullopt;
  const CargoKind kind = p.cargo[q].kind;
  const std::vector<Biogenesis> populations = donor::population_rates(type);
  CargoRates rates;
  rates.ilv.assign(std::max<std::size_t>(1, populations.size()), {.kind = kind, .per_ilv = {}});
  rates.at_surface.assign(p.vesicles.size(), 0.0);
  const double whole = kind == CargoKind::soluble ? type.cytosol : 4.0 * std::numbers::pi * type.radius * type.radius;
  for (std::size_t j = 0; j < p.vesicles.size(); ++j) {
    const VesicleClass& v = p.vesicles[j];
    const auto released = type.donor.find(v.name);
    if (v.substance != Substance::vesicle || released == type.donor.end()) continue;
    if (!donor::from_mvbs(type, v)) {
      rates.at_surface[j] = own->second.sorting_at_surface * measure(v, kind) / whole;
      continue;
    }
    for (std::size_t k = 0; k < populations.size(); ++k) {
      const Biogenesis& b = populations[k];
      if (b.exosome != v.name && b.exosome != v.parent) continue;
      const double source = kind == CargoKind::soluble ? type.cytosol : b.limiting_area;
      for (std::size_t x = 0; x < ilv_routes; ++x)
        rates.ilv[k].per_ilv[x] += released->second.share * own->second.sorting[x] * measure(v, kind) / source;
    }
  }
  return rates;
}

std::vector<double> copies_by_bin(const Parameters& p, const std::vector<std::size_t>& classes,
                                  const std::vector<double>& shares, CargoKind kind) {
  if (classes.size() < 2) return std::vector<double>(classes.size(), 1.0);
  std::vector<double> part(classes.size());
  double sum = 0.0;
  for (std::size_t i = 0; i < classes.size(); ++i) sum += part[i] = shares[i] * measure(p.vesicles[classes[i]], kind);
  for (double& x : part) x /= sum;
  return part;
}

std::vector<std::string> response_names(const Parameters& p) {
  std::set<std::string> names;
  for (const CellType& t : p.cell_types)
    for (const auto& [name, response] : t.responses) names.insert(name);
  return {names.begin(), names.end()};
}

}  // namespace vesicast
