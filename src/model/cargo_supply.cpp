#include "src/model/cargo_supply.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "decomposition/base/error.hpp"
#include "src/donor/populations.hpp"
#include "src/model/schedule.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast {
namespace {

/// A cell type with its MVBs as they are at first, without which no cargo settles.
struct Donor {
  const CellType& type;
  std::vector<donor::Mvbs> mvbs;  ///< [population]
};

double settling_step(const Parameters& p) {
  return donor::settling_step(to_seconds(p.run.step));
}

Donor donor_of(const Parameters& p, const CellType& type) {
  Donor donor{type, {}};
  const bool empty = type.biogenesis && !type.biogenesis->steady_start;
  for (const Biogenesis& b : donor::population_rates(type))
    donor.mvbs.push_back(empty ? donor::Mvbs{} : donor::steady_pathway(b, settling_step(p)));
  return donor;
}

/// The cell of one type as steady_cargo() sees it; its ectosomes bud at `ectosomes` of their rate at rest.
donor::CargoCell cargo_cell(const Parameters& p, const Donor& from, std::size_t q, double ectosomes) {
  const CellType& type = from.type;
  const CargoRates rates = *cargo_rates(p, type, q);
  donor::CargoCell cell{.loading = rates.ilv,
                        .decay = p.cargo[q].decay,
                        .pathway = type.biogenesis ? &*type.biogenesis : nullptr,
                        .populations = donor::population_rates(type),
                        .shares = donor::population_shares(type),
                        .mvbs = from.mvbs};
  for (std::size_t j = 0; j < p.vesicles.size(); ++j)
    if (const auto it = type.donor.find(p.vesicles[j].name); it != type.donor.end())
      cell.leaving += rates.at_surface[j] * it->second.share * it->second.rate *
                      (donor::is_ectosome(type, p.vesicles[j]) ? ectosomes : 1.0);
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

/// Synthesis as the unperturbed cell needs it to keep its copies; the start as the cell is at t = 0, with the rates of
/// `first` and ectosomes that bud at `ectosomes` of their rate at rest. Throws InputError where the cargo does not
/// settle.
CargoSupply settled_supply(const Parameters& p, const Donor& unperturbed, const Donor& first, std::size_t q,
                           double ectosomes) {
  const std::string& name = p.cargo[q].name;
  const CellCargo& given = unperturbed.type.cargo.at(name);
  const auto settled = [&](const Donor& from, double of_ectosomes) {
    return donor::steady_cargo(cargo_cell(p, from, q, of_ectosomes), settling_step(p));
  };
  const auto steady = [&](const Donor& from, double of_ectosomes) {
    const auto content = settled(from, of_ectosomes);
    if (!content)
      throw InputError(
          fmt::format("cargo \"{}\" of \"{}\" does not settle: it is made and not lost; give it a decay, or both "
                      "copies and synthesis",
                      name, from.type.name));
    return *content;
  };
  CargoSupply s;
  s.at_rest = given.copies.value_or(0.0);
  if (given.copies && given.synthesis) {
    s.synthesis = *given.synthesis;
    s.start.in.pool = *given.copies;
    if (s.synthesis > 0.0) {  // in MVBs as much as goes with the pool, where there is a steady state to tell
      const auto unit = settled(first, 1.0);
      if (unit && unit->in.pool > 0.0) s.start = times(*unit, *given.copies / unit->in.pool);
    }
    return s;
  }
  if (given.copies.value_or(0.0) == 0.0 && given.synthesis.value_or(0.0) == 0.0) return s;
  const double unit = steady(unperturbed, 1.0).in.pool;
  s.synthesis = given.synthesis ? *given.synthesis : *given.copies / unit;
  if (given.synthesis) s.at_rest = s.synthesis * unit;
  s.start = times(steady(first, ectosomes), s.synthesis);
  return s;
}

/// The cargo that the ectosomes of a type follow. The ratio P/P0 where the cell starts is what it settles at with
/// ectosomes that follow it: the more of them bud, the fewer copies are left, so that there is one solution, found by
/// the secant method.
std::optional<EctosomeCargo> followed_cargo(const Parameters& p, const Donor& unperturbed, const Donor& first) {
  const auto& b = unperturbed.type.biogenesis;
  if (!b || b->ectosome_cargo.empty()) return std::nullopt;
  const auto it = std::ranges::find(p.cargo, b->ectosome_cargo, &CargoSpecies::name);
  if (it == p.cargo.end() || it->kind != CargoKind::membrane || !unperturbed.type.cargo.contains(it->name))
    throw InputError(fmt::format("ectosomes of \"{}\" follow \"{}\", which is no membrane cargo of its own",
                                 unperturbed.type.name, b->ectosome_cargo));
  EctosomeCargo follows{.cargo = static_cast<std::size_t>(it - p.cargo.begin())};
  double last = 0.0, last_excess = 0.0;
  for (int round = 0; round < 50; ++round) {
    const CargoSupply s = settled_supply(p, unperturbed, first, follows.cargo, follows.at_start);
    if (!(s.at_rest > 0.0))
      throw InputError(fmt::format("ectosomes of \"{}\" follow \"{}\", of which it has no copies at rest",
                                   unperturbed.type.name, it->name));
    follows.at_rest = s.at_rest;
    const double excess = s.start.in.pool / s.at_rest - follows.at_start;
    if (std::abs(excess) <= 1e-12 || excess == last_excess) break;
    const double step = round == 0 ? excess : excess * (follows.at_start - last) / (last_excess - excess);
    last = follows.at_start;
    last_excess = excess;
    follows.at_start = std::max(0.0, last + step);
  }
  return follows;
}

/// What the cells of a type start with, by cargo; and what their ectosomes follow.
struct TypeStart {
  std::vector<std::optional<CargoSupply>> supply;
  std::optional<EctosomeCargo> follows;
};

/// `first`: the type as it is at t = 0. Where the pathway starts empty, no cargo is in MVBs either.
TypeStart start_of(const Parameters& p, const CellType& type, const CellType& first) {
  TypeStart start;
  start.supply.resize(p.cargo.size());
  if (type.cargo.empty()) return start;
  const Donor unperturbed = donor_of(p, type), as_begun = donor_of(p, first);
  start.follows = followed_cargo(p, unperturbed, as_begun);
  for (std::size_t q = 0; q < p.cargo.size(); ++q) {
    if (!type.cargo.contains(p.cargo[q].name)) continue;
    CargoSupply& s = start.supply[q].emplace(
        settled_supply(p, unperturbed, as_begun, q, start.follows ? start.follows->at_start : 1.0));
    if (!type.biogenesis) continue;
    // Where cells begin with nothing, nothing was found by population.
    s.start.in.mvbs.resize(unperturbed.mvbs.size());
    if (type.biogenesis->steady_start) continue;
    for (donor::CargoInMvbs& in : s.start.in.mvbs)
      for (std::size_t stage = donor::maturing; stage < donor::living_stages; ++stage)
        in.limiting[stage] = in.loaded[stage] = 0.0;
  }
  return start;
}

/// Copies that tetherin holds where a cell starts, by population: what its bursts bring, over what leaves.
std::vector<double> tethered_copies(const Model& m, std::size_t t, std::size_t q) {
  const auto& pathway = m.pathways[t];
  if (!pathway) return {};
  std::vector<double> held(pathway->start.size(), 0.0);
  const KindBehaviour& first = m.effective.front().types[t];
  const Biogenesis& b = *first.biogenesis;
  const double dt = settling_step(m.parameters()), leaves = b.detachment + b.reinternalisation;
  if (!b.steady_start || !(leaves > 0.0)) return held;
  std::vector<donor::Mvbs> mvbs = pathway->start;
  donor::DonorCargo cargo = m.supply[t][q]->start.in;
  donor::divide_endosomes(cargo, pathway->shares);
  donor::step_pathway(mvbs, first.populations, dt, {&cargo, 1}, first.cargo[q]->ilv);
  for (std::size_t k = 0; k < held.size(); ++k) held[k] = b.tethered * cargo.mvbs[k].burst / dt / leaves;
  return held;
}

/// `, perturbed by rate k_lys times 0`: what acts on the cell type at t = 0; empty where nothing does.
std::string perturbed_by(const Parameters& p, const std::string& type) {
  std::string by;
  for (const Perturbation& x : p.perturbations)
    if (x.acts_at(0) && (x.cell_types.empty() || std::ranges::find(x.cell_types, type) != x.cell_types.end()))
      by += (by.empty() ? ", perturbed by " : " and ") + x.label;
  return by;
}

/// Does `work`, with `words` before the text of its error: what cannot be begun is an input error.
template <class Work>
void explained(const std::string& words, Work&& work) {
  try {
    work();
  } catch (const InputError& e) {
    throw InputError(words + e.what());
  } catch (const NumericsError& e) {
    throw InputError(words + e.what());
  }
}

}  // namespace

void check_starts(const Parameters& p) {
  const std::vector<CellType> first = cell_types_at(p, 0);
  for (std::size_t t = 0; t < first.size(); ++t) {
    const std::string by = perturbed_by(p, first[t].name);
    const std::string words = fmt::format("cell type \"{}\"{}: ", first[t].name, by);
    explained(words, [&] {
      if (!first[t].biogenesis || !first[t].biogenesis->steady_start) return;
      for (const Biogenesis& b : donor::population_rates(first[t])) (void)donor::steady_pathway(b, settling_step(p));
    });
    explained(by.empty() ? "" : words, [&] { (void)start_of(p, p.cell_types[t], first[t]); });
  }
}

void make_cargo_supply(Model& m) {
  const Parameters& p = m.parameters();
  const std::vector<CellType> first = cell_types_at(p, 0);
  for (std::size_t t = 0; t < p.cell_types.size(); ++t) {
    TypeStart start = start_of(p, p.cell_types[t], first[t]);
    if (m.pathways[t]) m.pathways[t]->follows = start.follows;
    m.supply.push_back(std::move(start.supply));
    for (std::size_t q = 0; q < p.cargo.size(); ++q)
      if (m.supply[t][q]) m.supply[t][q]->tethered = tethered_copies(m, t, q);
  }
}

}  // namespace vesicast
