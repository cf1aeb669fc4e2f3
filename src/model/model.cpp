#include "src/model/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "decomposition/base/error.hpp"
#include "src/donor/pathway.hpp"
#include "src/donor/populations.hpp"
#include "src/model/cargo_supply.hpp"
#include "src/model/perturbed.hpp"
#include "src/model/schedule.hpp"
#include "src/parameters/parameters.hpp"
#include "src/recipient/uptake.hpp"

namespace vesicast {
namespace {

/// One entry per time at which something changes.
std::vector<EffectiveBehaviour> effective_behaviours(const Model& m) {
  const Parameters& p = m.parameters();
  std::vector<EffectiveBehaviour> all;
  for (const Ticks time : change_times(p)) {
    EffectiveBehaviour& e = all.emplace_back();
    e.from = time;
    e.factors = factors_at(p, time);
    for (std::size_t t = 0; t < p.cell_types.size(); ++t) e.types.push_back(kind_behaviour(m, t, e.factors[t]));
    const RateFactors tissue = tissue_factors_at(p, time);
    for (const VesicleClass& v : p.vesicles)
      e.matrix.push_back(v.matrix ? std::optional(perturbed(*v.matrix, tissue)) : std::nullopt);
  }
  return all;
}

/// Which rates of each cell type differ from cell to cell.
std::vector<Varies> find_varying(const Parameters& p) {
  std::vector<Varies> all;
  for (const CellType& type : p.cell_types) {
    Varies& v = all.emplace_back();
    for (const Variation& one : type.variation)
      if (!one.rate)
        v.receptors = true;
      else
        (info(*one.rate).where == RatePlace::donor ? v.donor : v.recipient) = true;
  }
  return all;
}

/// The bins of one class stand together and share the class's release events.
std::vector<std::uint32_t> release_streams(const std::vector<VesicleClass>& classes) {
  std::vector<std::uint32_t> streams;
  for (std::size_t j = 0; j < classes.size(); ++j) {
    const bool same_events = j > 0 && !classes[j].parent.empty() && classes[j].parent == classes[j - 1].parent;
    streams.push_back(j == 0 ? 0 : streams.back() + (same_events ? 0 : 1));
  }
  return streams;
}

/// The fields of what a cell type's pathway makes of the class `name`, and their shares.
std::vector<ReleaseTarget> release_targets(const Model& m, std::size_t type, const std::string& name) {
  const Parameters& p = m.parameters();
  std::vector<ReleaseTarget> targets;
  for (std::size_t j = 0; j < p.vesicles.size(); ++j) {
    if (name.empty() || (p.vesicles[j].name != name && p.vesicles[j].parent != name)) continue;
    const Behaviour& b = m.behaviour[type][j];
    if (!b.own_field || b.secretion->mode != ReleaseMode::pathway)
      throw InternalError(fmt::format("the pathway of \"{}\" makes \"{}\", which it does not release",
                                      p.cell_types[type].name, p.vesicles[j].name));
    targets.push_back({*b.own_field, b.secretion->share});
  }
  return targets;
}

/// Where one population releases to.
MvbRelease mvb_release(const Model& m, std::size_t type, const Biogenesis& rates) {
  MvbRelease release{release_targets(m, type, rates.exosome), {}};
  std::vector<std::size_t> classes;
  std::vector<double> shares;
  for (const ReleaseTarget& to : release.exosome) {
    classes.push_back(m.fields[to.field].vesicle);
    shares.push_back(to.share);
  }
  for (const CargoSpecies& cargo : m.parameters().cargo)
    release.copies.push_back(copies_by_bin(m.parameters(), classes, shares, cargo.kind));
  return release;
}

/// Fields and shares of what pathways make, and where they start.
std::vector<std::optional<DonorPathway>> make_pathways(const Model& m) {
  const Parameters& p = m.parameters();
  std::vector<std::optional<DonorPathway>> all(p.cell_types.size());
  for (std::size_t t = 0; t < all.size(); ++t) {
    const CellType& type = p.cell_types[t];
    if (!type.biogenesis) continue;
    DonorPathway& pathway = all[t].emplace();
    pathway.microvesicle = release_targets(m, t, type.biogenesis->microvesicle);
    pathway.ectosome = release_targets(m, t, type.biogenesis->ectosome);
    pathway.places = donor::population_places(p, type);
    pathway.shares = donor::population_shares(type);
    const std::vector<Biogenesis>& rates = m.effective.front().types[t].populations;
    for (const Biogenesis& b : rates) {
      pathway.populations.push_back(mvb_release(m, t, b));
      for (const ReleaseTarget& to : pathway.populations.back().exosome)
        if (pathway.place_of(to.field) == pathway.fields.size()) pathway.fields.push_back(to.field);
    }
    pathway.start.resize(rates.size());
    pathway.tethered.assign(pathway.fields.size(), 0.0);
    if (!type.biogenesis->steady_start) continue;
    const double dt = donor::settling_step(to_seconds(p.run.step));
    for (std::size_t k = 0; k < rates.size(); ++k) {
      const double comes_off = rates[k].detachment + rates[k].reinternalisation;
      pathway.start[k] = donor::steady_pathway(rates[k], dt);
      donor::Mvbs next = pathway.start[k];
      if (!(comes_off > 0.0)) continue;
      const double held = rates[k].tethered * donor::step_pathway(next, rates[k], dt).burst / dt / comes_off;
      for (const ReleaseTarget& to : pathway.populations[k].exosome)
        pathway.tethered[pathway.place_of(to.field)] += to.share * held;
    }
  }
  return all;
}

/// Fields of copies beside those of the vesicles, and who gets what from outside.
void make_copies(Model& m) {
  const Parameters& p = m.parameters();
  m.carriers = static_cast<std::size_t>(
      std::ranges::count_if(m.fields, [](const FieldKey& key) { return !key.cargo.has_value(); }));
  m.copies_in.assign(p.cargo.size(), std::vector<std::optional<std::size_t>>(m.carriers));
  m.inflow.assign(m.fields.size(), 0.0);
  for (std::size_t f = 0; f < m.carriers; ++f) m.inflow[f] = m.external_field[m.fields[f].vesicle] == f ? 1.0 : 0.0;
  for (std::size_t g = m.carriers; g < m.fields.size(); ++g)
    for (std::size_t f = 0; f < m.carriers; ++f)
      if (m.fields[f].vesicle == m.fields[g].vesicle && m.fields[f].source == m.fields[g].source) {
        m.copies_in[*m.fields[g].cargo][f] = g;
        m.inflow[g] = m.inflow[f] * given_copies(p, *m.fields[g].cargo, m.fields[g].vesicle);
      }
}

/// All vesicles share one family; every soluble factor has its own.
void make_families(Model& m) {
  const Parameters& p = m.parameters();
  ReceptorFamily vesicles;
  for (const CellType& type : p.cell_types) vesicles.per_cell.push_back(type.receptors);
  m.families.push_back(std::move(vesicles));
  for (std::size_t j = 0; j < p.vesicles.size(); ++j) {
    const VesicleClass& v = p.vesicles[j];
    m.family_of.push_back(v.substance == Substance::vesicle ? 0 : m.families.size());
    if (v.substance == Substance::soluble) {
      ReceptorFamily& own = m.families.emplace_back();
      for (const CellType& type : p.cell_types) {
        const auto it = type.factor_receptors.find(v.name);
        own.per_cell.push_back(it == type.factor_receptors.end() ? 0.0 : it->second);
      }
    }
    auto& fields = m.families[m.family_of[j]].fields;
    fields.insert(fields.end(), m.fields_of[j].begin(), m.fields_of[j].end());
  }
  for (std::size_t g = m.carriers; g < m.fields.size(); ++g) m.families.front().carried.push_back(g);
}

/// Which responses there are, and who becomes what.
void make_responses(Model& m) {
  const Parameters& p = m.parameters();
  m.responses = response_names(p);
  for (const CellType& type : p.cell_types) {
    auto& becoming = m.becomes.emplace_back();
    if (!type.becomes) continue;
    const auto to = std::ranges::find(p.cell_types, type.becomes->to, &CellType::name);
    const auto response = std::ranges::find(m.responses, type.becomes->response);
    if (to == p.cell_types.end() || response == m.responses.end())
      throw InternalError(
          fmt::format("\"{}\" becomes \"{}\" by \"{}\"", type.name, type.becomes->to, type.becomes->response));
    becoming = {static_cast<std::size_t>(to - p.cell_types.begin()),
                static_cast<std::size_t>(response - m.responses.begin())};
  }
}

}  // namespace

const VesicleClass& Model::vesicle_of(std::size_t field) const {
  return parameters().vesicles[fields[field].vesicle];
}

bool Model::binds_to_matrix(std::size_t vesicle) const {
  return parameters().vesicles[vesicle].matrix.has_value();
}

std::string_view Model::unit_of(std::size_t vesicle) const {
  return parameters().vesicles[vesicle].substance == Substance::soluble ? "molecule" : "vesicle";
}

bool Model::has(std::size_t vesicle, CellArray array) const {
  const VesicleClass& v = parameters().vesicles[vesicle];
  switch (info(array).present) {
    case Present::for_vesicles:
      return v.substance == Substance::vesicle;
    case Present::with_pathways:
      return std::ranges::any_of(parameters().cell_types, [&](const CellType& t) { return donor::from_mvbs(t, v); });
    default:
      return true;
  }
}

std::string Model::field_name(std::size_t field) const {
  const FieldKey& key = fields[field];
  const std::string& vesicle = parameters().vesicles[key.vesicle].name;
  return (key.cargo ? fmt::format("{} in ", parameters().cargo[*key.cargo].name) : "") +
         (parameters().run.track_sources ? fmt::format("{} from {}", vesicle, sources[key.source]) : vesicle);
}

const EffectiveBehaviour& Model::behaviour_at(Ticks time) const {
  const auto later = std::ranges::upper_bound(effective, time, {}, &EffectiveBehaviour::from);
  return later == effective.begin() ? effective.front() : *std::prev(later);
}

std::optional<Ticks> Model::next_change(Ticks time) const {
  const auto later = std::ranges::upper_bound(effective, time, {}, &EffectiveBehaviour::from);
  return later == effective.end() ? std::nullopt : std::optional(later->from);
}

Grid make_grid(const DomainParameters& d) {
  Grid grid;
  grid.dimensions = static_cast<std::size_t>(d.dimensions);
  grid.spacing = d.voxel;
  for (std::size_t a = 0; a < 3; ++a) {
    grid.voxels[a] = std::max<std::int64_t>(1, std::llround(d.size[a] / d.voxel[a]));
    if (std::abs(grid.length(a) - d.size[a]) > 1e-9 * d.size[a])
      throw InputError(fmt::format("domain.size along {} ({} um) is not a whole number of voxels of {} um", "xyz"[a],
                                   d.size[a], d.voxel[a]));
  }
  return grid;
}

std::array<bool, 3> periodic_axes(const Parameters& p) {
  std::array<bool, 3> periodic{};
  for (std::size_t a = 0; a < 3; ++a)
    periodic[a] = !p.vesicles.empty() && p.vesicles.front().boundary[a][0].kind == BoundaryKind::periodic;
  return periodic;
}

std::vector<std::size_t> Model::types_ahead(std::size_t type) const {
  std::vector<std::size_t> types{type};
  while (types.size() <= becomes.size() && becomes[types.back()]) types.push_back(becomes[types.back()]->to);
  return types;
}

KindBehaviour kind_behaviour(const Model& m, std::size_t type, const RateFactors& factors) {
  const Parameters& p = m.parameters();
  const CellType kind = perturbed_type(p, type, factors);
  KindBehaviour b{kind.gate, kind.biogenesis, donor::population_rates(kind), m.behaviour[type], {}};
  for (std::size_t j = 0; j < p.vesicles.size(); ++j) {
    if (b.of[j].secretion) b.of[j].secretion = kind.donor.at(p.vesicles[j].name);
    b.of[j].uptake = recipient::uptake_of(kind, p.vesicles[j]);
  }
  for (std::size_t q = 0; q < p.cargo.size(); ++q) b.cargo.push_back(cargo_rates(p, kind, q));
  return b;
}

Model make_model(const Parameters& parameters) {
  Model m;
  m.given = std::make_shared<const Parameters>(parameters);
  const auto& p = m.parameters();
  FieldPlan plan = plan_fields(p);
  m.sources = std::move(plan.sources);
  m.fields = std::move(plan.fields);
  m.fields_of.resize(p.vesicles.size());
  m.external_field.resize(p.vesicles.size());
  for (std::size_t f = 0; f < m.fields.size(); ++f) {
    if (m.fields[f].cargo) continue;
    m.fields_of[m.fields[f].vesicle].push_back(f);
    if (!p.run.track_sources || m.sources[m.fields[f].source] == external_source)
      m.external_field[m.fields[f].vesicle] = f;
  }

  for (const CellType& type : p.cell_types) {
    auto& row = m.behaviour.emplace_back(p.vesicles.size());
    for (std::size_t j = 0; j < p.vesicles.size(); ++j) {
      Behaviour& b = row[j];
      const std::string& name = p.vesicles[j].name;
      if (const auto it = type.donor.find(name); it != type.donor.end()) {
        b.secretion = it->second;
        for (const std::size_t f : m.fields_of[j])
          if (!p.run.track_sources || m.sources[m.fields[f].source] == type.name) b.own_field = f;
      }
      b.uptake = recipient::uptake_of(type, p.vesicles[j]);
    }
  }
  m.varies = find_varying(p);
  m.effective = effective_behaviours(m);
  m.cell_arrays = plan_cells(p);
  make_copies(m);
  make_responses(m);
  m.populations = donor::population_names(p);
  m.pathways = make_pathways(m);
  make_cargo_supply(m);
  m.release_stream = release_streams(p.vesicles);
  make_families(m);
  for (std::size_t q = 0; q < p.cargo.size(); ++q) {
    auto& row = m.copies.emplace_back(p.vesicles.size(), 0.0);
    for (std::size_t j = 0; j < p.vesicles.size(); ++j)
      if (!is_loaded(p, q, j)) row[j] = given_copies(p, q, j);
  }
  return m;
}

}  // namespace vesicast
