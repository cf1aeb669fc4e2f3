#include "src/cargo_start.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "decomposition/error.hpp"
#include "src/donor/state.hpp"
#include "src/donor/stochastic/distributions.hpp"
#include "src/exchange/draws.hpp"

namespace vesicast {
namespace {

/// The cell of one type as steady_cargo() sees it, with the rates of `type` and its MVBs where they are at first.
donor::CargoCell cargo_cell(const Model& m, const CellType& type, const donor::Mvbs& mvbs, std::size_t q) {
  const Parameters& p = m.parameters;
  const CargoRates rates = *cargo_rates(p, type, q);
  donor::CargoCell cell{rates.ilv, p.cargo[q].decay, 0.0, type.biogenesis ? &*type.biogenesis : nullptr, mvbs};
  for (std::size_t j = 0; j < p.vesicles.size(); ++j)
    if (const auto it = type.donor.find(p.vesicles[j].name); it != type.donor.end())
      cell.leaving += rates.at_surface[j] * it->second.share * it->second.rate;
  return cell;
}

donor::CargoContent times(donor::CargoContent c, double factor) {
  c.golgi *= factor;
  c.in.pool *= factor;
  for (double& x : c.in.limiting) x *= factor;
  for (double& x : c.in.loaded) x *= factor;
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
    donor::Mvbs mvbs;
    if (type.biogenesis && !empty) mvbs = donor::steady_pathway(*type.biogenesis, dt);
    return donor::steady_cargo(cargo_cell(m, type, mvbs, q), dt);
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
  if (supply && b && !b->steady_start)
    for (std::size_t s = donor::maturing; s < donor::living_stages; ++s)
      supply->start.in.limiting[s] = supply->start.in.loaded[s] = 0.0;
  return supply;
}

/// Copies that tetherin holds where a cell starts: what its bursts bring, over what leaves.
double tethered_copies(const Model& m, std::size_t t, std::size_t q) {
  const auto& pathway = m.pathways[t];
  const CellType& type = m.effective.front().cell_types[t];
  if (!pathway || !type.biogenesis->steady_start) return 0.0;
  const Biogenesis& b = *type.biogenesis;
  const double dt = donor::settling_step(to_seconds(m.parameters.run.step)),
               leaves = b.detachment + b.reinternalisation;
  if (!(leaves > 0.0)) return 0.0;
  donor::Mvbs mvbs = pathway->start;
  donor::DonorCargo cargo = m.supply[t][q]->start.in;
  donor::advance_pathway(mvbs, b, dt, {&cargo, 1}, {&m.effective.front().cargo[t][q]->ilv, 1});
  return b.tethered * cargo.burst / dt / leaves;
}

/// `content` in whole copies, with the MVBs `mvbs` that the cell has in the place of the mean ones.
donor::CargoContent in_whole_copies(donor::CargoContent content, const donor::Mvbs& mean, const donor::Mvbs& mvbs,
                                    Draws& draws) {
  const auto drawn = [&](double copies, double there, double usual) {
    return usual > 0.0 ? static_cast<double>(donor::stochastic::poisson(copies * (there / usual), draws)) : 0.0;
  };
  content.golgi = std::floor(content.golgi + draws.uniform());
  content.in.pool = std::floor(content.in.pool + draws.uniform());
  content.in.limiting[donor::endosome] = std::floor(content.in.limiting[donor::endosome] + draws.uniform());
  for (std::size_t s = donor::maturing; s < donor::living_stages; ++s) {
    double there = 0.0, usual = 0.0;
    for (std::size_t x = 0; x < ilv_routes; ++x) {
      there += mvbs.vesicles[x][s];
      usual += mean.vesicles[x][s];
    }
    content.in.loaded[s] = drawn(content.in.loaded[s], there, usual);
    content.in.limiting[s] = drawn(content.in.limiting[s], mvbs.count[s], mean.count[s]);
  }
  return content;
}

/// Copies that tetherin holds in every field of copies of one cell, as many as go with the vesicles it holds.
void start_tethered(State& u, const Model& model, const DonorPathway& pathway, std::size_t c,
                    std::span<ExactSum> totals) {
  const auto type = static_cast<std::size_t>(u.cells.type[c]);
  for (std::size_t q = 0; q < model.parameters.cargo.size(); ++q) {
    auto chance = draws_of(u, model, c, Purpose::donor_start, 2 + q);  // one stream for all size bins
    for (std::size_t i = 0; i < pathway.exosome.size(); ++i) {
      const std::size_t f = pathway.exosome[i].field;
      const auto g = model.copies_in[q][f];
      if (!g) continue;
      const auto& supply = model.supply[type][q];
      const double held = u.cells.at(CellArray::tethered, f)[c], usual = pathway.exosome[i].share * pathway.tethered;
      double copies = supply ? (usual > 0.0 ? pathway.copies[q][i] * supply->tethered * (held / usual) : 0.0)
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
      if (auto chance = draws_of(u, model, c, Purpose::donor_start, 1 + q, 1))
        start = in_whole_copies(start, pathway ? pathway->start : donor::Mvbs{},
                                pathway ? donor::get_mvbs(u.cells, c) : donor::Mvbs{}, *chance);
      donor::put_cargo(u.cells, model.parameters.cargo[q].kind, q, c, start);
    }
    if (pathway) start_tethered(u, model, *pathway, c, totals);
  }
}

}  // namespace vesicast
