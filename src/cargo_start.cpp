#include "src/cargo_start.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "decomposition/error.hpp"
#include "src/donor/populations.hpp"
#include "src/donor/state.hpp"
#include "src/donor/stochastic/distributions.hpp"
#include "src/exchange/draws.hpp"

namespace vesicast {
namespace {

/// The cell of one type as steady_cargo() sees it, with the rates of `type` and its MVBs where they are at first.
donor::CargoCell cargo_cell(const Model& m, const CellType& type, std::vector<donor::Mvbs> mvbs, std::size_t q) {
  const Parameters& p = m.parameters;
  const CargoRates rates = *cargo_rates(p, type, q);
  donor::CargoCell cell{.loading = rates.ilv,
                        .decay = p.cargo[q].decay,
                        .pathway = type.biogenesis ? &*type.biogenesis : nullptr,
                        .populations = donor::population_rates(type),
                        .shares = donor::population_shares(type),
                        .mvbs = std::move(mvbs)};
  for (std::size_t j = 0; j < p.vesicles.size(); ++j)
    if (const auto it = type.donor.find(p.vesicles[j].name); it != type.donor.end())
      cell.leaving += rates.at_surface[j] * it->second.share * it->second.rate;
  return cell;
}

donor::CargoContent times(donor::CargoContent c, double factor) {
  c.golgi *= factor;
  c.in.pool *= factor;
  for (donor::CargoInMvbs& in : c.in.mvbs)
    for (donor::Stages* stages : {&in.limiting, &in.loaded})
      for (double& x : *stages) x *= factor;
  return c;
}

/// Synthesis as the unperturbed cell needs it to keep its copies; the start as the cell is at t = 0.
std::optional<CargoSupply> settled_supply(const Model& m, std::size_t t, std::size_t q) {
  const Parameters& p = m.parameters;
  const std::string& name = p.cargo[q].name;
  const auto own = p.cell_types[t].cargo.find(name);
  if (own == p.cell_types[t].cargo.end()) return std::nullopt;
  const double dt = donor::settling_step(to_seconds(p.run.step));
  const auto settled = [&](const CellType& type) {
    const bool empty = type.biogenesis && !type.biogenesis->steady_start;
    std::vector<donor::Mvbs> mvbs;
    for (const Biogenesis& b : donor::population_rates(type))
      mvbs.push_back(empty ? donor::Mvbs{} : donor::steady_pathway(b, dt));
    return donor::steady_cargo(cargo_cell(m, type, std::move(mvbs), q), dt);
  };
  const auto steady = [&](const CellType& type) {
    const auto content = settled(type);
    if (!content)
      throw InputError(
          fmt::format("cargo \"{}\" of \"{}\" does not settle: it is made and not lost; give it a decay, or both "
                      "copies and synthesis",
                      name, type.name));
    return *content;
  };
  CargoSupply s;
  const CellCargo& given = own->second;
  if (given.copies && given.synthesis) {
    s.synthesis = *given.synthesis;
    s.start.in.pool = *given.copies;
    if (s.synthesis > 0.0) {  // in MVBs as much as goes with the pool, where there is a steady state to tell
      const auto unit = settled(m.effective.front().cell_types[t]);
      if (unit && unit->in.pool > 0.0) s.start = times(*unit, *given.copies / unit->in.pool);
    }
    return s;
  }
  if (given.copies && *given.copies == 0.0) return s;
  s.synthesis = given.synthesis ? *given.synthesis : *given.copies / steady(p.cell_types[t]).in.pool;
  if (s.synthesis > 0.0) s.start = times(steady(m.effective.front().cell_types[t]), s.synthesis);
  return s;
}

/// Where the pathway starts empty, no cargo is in MVBs either.
std::optional<CargoSupply> make_supply(const Model& m, std::size_t t, std::size_t q) {
  std::optional<CargoSupply> supply = settled_supply(m, t, q);
  const auto& b = m.parameters.cell_types[t].biogenesis;
  if (!supply) return supply;
  // Where cells begin with nothing, nothing was found by population.
  if (b) supply->start.in.mvbs.resize(donor::population_rates(m.parameters.cell_types[t]).size());
  if (b && !b->steady_start)
    for (donor::CargoInMvbs& in : supply->start.in.mvbs)
      for (std::size_t s = donor::maturing; s < donor::living_stages; ++s) in.limiting[s] = in.loaded[s] = 0.0;
  return supply;
}

/// Copies that tetherin holds where a cell starts, by population: what its bursts bring, over what leaves.
std::vector<double> tethered_copies(const Model& m, std::size_t t, std::size_t q) {
  const auto& pathway = m.pathways[t];
  if (!pathway) return {};
  std::vector<double> held(pathway->start.size(), 0.0);
  const Biogenesis& b = *m.effective.front().cell_types[t].biogenesis;
  const double dt = donor::settling_step(to_seconds(m.parameters.run.step)),
               leaves = b.detachment + b.reinternalisation;
  if (!b.steady_start || !(leaves > 0.0)) return held;
  std::vector<donor::Mvbs> mvbs = pathway->start;
  donor::DonorCargo cargo = m.supply[t][q]->start.in;
  donor::divide_endosomes(cargo, pathway->shares);
  donor::advance_pathway(mvbs, m.effective.front().populations[t], dt, {&cargo, 1},
                         m.effective.front().cargo[t][q]->ilv);
  for (std::size_t k = 0; k < held.size(); ++k) held[k] = b.tethered * cargo.mvbs[k].burst / dt / leaves;
  return held;
}

/// `content` in whole copies, with the MVBs `mvbs` that the cell has in the place of the mean ones.
donor::CargoContent in_whole_copies(donor::CargoContent content, std::span<const donor::Mvbs> mean,
                                    std::span<const donor::Mvbs> mvbs, Draws& draws) {
  const auto drawn = [&](double copies, double there, double usual) {
    return usual > 0.0 ? static_cast<double>(donor::stochastic::poisson(copies * (there / usual), draws)) : 0.0;
  };
  content.golgi = std::floor(content.golgi + draws.uniform());
  content.in.pool = std::floor(content.in.pool + draws.uniform());
  double& endosomes = content.in.mvbs[0].limiting[donor::endosome];
  endosomes = std::floor(endosomes + draws.uniform());
  for (std::size_t k = 0; k < content.in.mvbs.size(); ++k)
    for (std::size_t s = donor::maturing; s < donor::living_stages; ++s) {
      donor::CargoInMvbs& in = content.in.mvbs[k];
      double there = 0.0, usual = 0.0;
      for (std::size_t x = 0; k < mean.size() && x < ilv_routes; ++x) {
        there += mvbs[k].vesicles[x][s];
        usual += mean[k].vesicles[x][s];
      }
      in.loaded[s] = drawn(in.loaded[s], there, usual);
      in.limiting[s] = k < mean.size() ? drawn(in.limiting[s], mvbs[k].count[s], mean[k].count[s]) : 0.0;
    }
  return content;
}

/// Copies that tetherin holds in every field of copies of one cell, as many as go with the vesicles it holds.
void start_tethered(State& u, const Model& model, const DonorPathway& pathway, std::size_t c,
                    std::span<ExactSum> totals) {
  const auto type = static_cast<std::size_t>(u.cells.type[c]);
  for (std::size_t q = 0; q < model.parameters.cargo.size(); ++q) {
    const auto& supply = model.supply[type][q];
    auto chance = draws_of(u, model, c, Purpose::donor_start, 2 + q);  // one stream for all size bins
    // Where tetherin holds as many vesicles as usual.
    std::vector<double> usual(pathway.fields.size(), 0.0);
    for (std::size_t k = 0; supply && k < pathway.populations.size(); ++k)
      for (std::size_t i = 0; i < pathway.populations[k].exosome.size(); ++i)
        usual[pathway.place_of(pathway.populations[k].exosome[i].field)] +=
            pathway.populations[k].copies[q][i] * supply->tethered[k];
    for (std::size_t i = 0; i < pathway.fields.size(); ++i) {
      const std::size_t f = pathway.fields[i];
      const auto g = model.copies_in[q][f];
      if (!g) continue;
      const double held = u.cells.at(CellArray::tethered, f)[c], mean = pathway.tethered[i];
      double copies = supply ? (mean > 0.0 ? usual[i] * (held / mean) : 0.0)
                             : given_copies(model.parameters, q, model.fields[f].vesicle) * held;
      if (supply && chance) copies = static_cast<double>(donor::stochastic::poisson(copies, *chance));
      u.cells.at(CellArray::tethered, *g)[c] = copies;
      totals[*g].add(copies);
    }
  }
}

}  // namespace

void make_cargo_supply(Model& m) {
  const Parameters& p = m.parameters;
  for (std::size_t t = 0; t < p.cell_types.size(); ++t) {
    auto& row = m.supply.emplace_back();
    for (std::size_t q = 0; q < p.cargo.size(); ++q) row.push_back(make_supply(m, t, q));
    for (std::size_t q = 0; q < p.cargo.size(); ++q)
      if (row[q]) row[q]->tethered = tethered_copies(m, t, q);
  }
}

void start_cargo(State& u, const Model& model, std::span<ExactSum> totals) {
  for (std::size_t c = 0; c < u.cells.size(); ++c) {
    const auto type = static_cast<std::size_t>(u.cells.type[c]);
    for (std::size_t r = 0; r < model.responses.size(); ++r) u.cells.at(CellArray::response, r)[c] = 1.0;
    const auto& pathway = model.pathways[type];
    for (std::size_t q = 0; q < model.parameters.cargo.size(); ++q) {
      const auto& supply = model.supply[type][q];
      if (!supply) continue;
      donor::CargoContent start = supply->start;
      const auto places = model.places(type);
      if (auto chance = draws_of(u, model, c, Purpose::donor_start, 1 + q, 1)) {
        std::vector<donor::Mvbs> mvbs;
        for (const std::size_t place : places)
          mvbs.push_back(donor::MvbArrays(u.cells, place).get<double>(one_cell(c)));
        start = in_whole_copies(start, pathway ? pathway->start : std::vector<donor::Mvbs>{}, mvbs, *chance);
      }
      donor::put_cargo(u.cells, model.parameters.cargo[q].kind, q, places, c, start);
    }
    if (pathway) start_tethered(u, model, *pathway, c, totals);
  }
}

}  // namespace vesicast
