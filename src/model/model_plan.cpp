// Which fields a run has, and which arrays its cells.
#include <fmt/format.h>

#include <algorithm>

#include "decomposition/base/error.hpp"
#include "src/donor/populations.hpp"
#include "src/model/model.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast {
namespace {

bool enters_from_outside(const Parameters& p, const VesicleClass& v) {
  if (v.initial_concentration > 0.0) return true;
  for (const Region& region : p.regions)
    for (const auto* vessels : {&region.blood, &region.lymph})
      if (*vessels)
        if (const auto it = (*vessels)->plasma.find(v.name); it != (*vessels)->plasma.end() && it->second > 0.0)
          return true;
  for (const auto& axis : v.boundary)
    for (const FaceBoundary& face : axis)
      if ((face.kind == BoundaryKind::fixed || face.kind == BoundaryKind::clearance) && face.value.largest() > 0.0)
        return true;
  return false;
}

constexpr const char* all_sources = "all";

}  // namespace

CellPlan plan_cells(const Parameters& p) {
  const FieldPlan fields = plan_fields(p);
  const std::size_t populations = donor::population_names(p).size();
  const auto any_type = [&](const CargoSpecies& cargo, bool with_pathway) {
    return std::ranges::any_of(p.cell_types, [&](const CellType& t) {
      return t.cargo.contains(cargo.name) && (!with_pathway || t.biogenesis.has_value());
    });
  };
  const auto has_cargo = [&](Present present, const CargoSpecies& cargo) {
    const bool membrane = cargo.kind == CargoKind::membrane;
    switch (present) {
      case Present::soluble:
        return !membrane;
      case Present::membrane:
        return membrane;
      case Present::made_by_cells:
        return any_type(cargo, false);
      case Present::given:
        return std::ranges::any_of(fields.fields, [&](const FieldKey& key) {
          return key.cargo && p.cargo[*key.cargo].name == cargo.name && given_copies(p, *key.cargo, key.vesicle) > 0.0;
        });
      case Present::loaded:
        return any_type(cargo, true);
      case Present::membrane_cycled:
        return membrane && any_type(cargo, true);
      default:
        return true;
    }
  };
  CellPlan plan;
  for (std::size_t a = 0; a < cell_array_count; ++a) {
    auto& has = plan.has[a];
    switch (cell_arrays[a].scope) {
      case Scope::cell_cargo:
        for (std::size_t k = 0;
             k < (by_population(static_cast<CellArray>(a)) ? std::max<std::size_t>(1, populations) : 1); ++k)
          for (const CargoSpecies& cargo : p.cargo) has.push_back(has_cargo(cell_arrays[a].present, cargo));
        break;
      case Scope::cell:
        has.assign(populations, true);
        break;
      case Scope::cell_route:
        has.assign(populations * ilv_routes, true);
        break;
      case Scope::cell_response:
        has.assign(response_names(p).size(), true);
        break;
      default:
        for (const FieldKey& key : fields.fields) has.push_back(!key.cargo || !is_route(static_cast<CellArray>(a)));
    }
  }
  return plan;
}

namespace {

/// Appends the copies that vesicles of `fields` carry, where cells load them.
void add_copies(const Parameters& p, FieldPlan& plan) {
  const std::vector<FieldKey> carriers = plan.fields;
  for (std::size_t q = 0; q < p.cargo.size(); ++q)
    for (const FieldKey& key : carriers) {
      if (!is_loaded(p, q, key.vesicle)) continue;
      const auto loads = [&](const CellType& t) {
        return t.cargo.contains(p.cargo[q].name) && t.donor.contains(p.vesicles[key.vesicle].name) &&
               (!p.run.track_sources || t.name == plan.sources[key.source]);
      };
      if (given_copies(p, q, key.vesicle) > 0.0 || std::ranges::any_of(p.cell_types, loads))
        plan.fields.push_back({key.vesicle, key.source, q});
    }
}

}  // namespace

FieldPlan plan_fields(const Parameters& p) {
  FieldPlan plan;
  if (!p.run.track_sources) {
    plan.sources = {all_sources};
    for (std::size_t j = 0; j < p.vesicles.size(); ++j) plan.fields.push_back({j, 0, {}});
    add_copies(p, plan);
    return plan;
  }
  for (const CellType& t : p.cell_types)
    if (!t.donor.empty()) plan.sources.push_back(t.name);
  const bool external =
      std::ranges::any_of(p.vesicles, [&](const VesicleClass& v) { return enters_from_outside(p, v); });
  if (external) {
    if (std::find(plan.sources.begin(), plan.sources.end(), external_source) != plan.sources.end())
      throw InputError(fmt::format(
          "a donor cell type may not be called \"{}\" where vesicles enter from outside or are there at the start",
          external_source));
    plan.sources.emplace_back(external_source);
  }
  for (std::size_t j = 0; j < p.vesicles.size(); ++j) {
    std::size_t source = 0;
    for (const CellType& t : p.cell_types) {
      if (t.donor.empty()) continue;
      if (t.donor.contains(p.vesicles[j].name)) plan.fields.push_back({j, source, {}});
      ++source;
    }
    if (enters_from_outside(p, p.vesicles[j])) plan.fields.push_back({j, source, {}});
  }
  add_copies(p, plan);
  return plan;
}

}  // namespace vesicast
