#include "src/start/stationary_start.hpp"

#include <algorithm>

#include "decomposition/collectively.hpp"
#include "src/donor/pathway.hpp"
#include "src/donor/populations.hpp"
#include "src/donor/recapture.hpp"
#include "src/exchange/deposit_sample.hpp"
#include "src/parameters/parameters.hpp"
#include "src/recipient/fluid_phase.hpp"

namespace vesicast {
namespace {

/// Per cell what it gives to a field at its mean rate [vesicle/s], and takes from it with all receptors free [um^3/s].
struct CellRates {
  std::vector<double> release, clearance;
  std::vector<double> aside;  ///< of what it gives, to the voxel beside it
};

/// What every kind of cells does, [kind]; of a kind that is a cell's own where `aspect` of it varies.
std::vector<KindBehaviour> kinds_of(const Model& model, const EffectiveBehaviour& now, const Seats& seats,
                                    Aspect aspect) {
  std::vector<KindBehaviour> kinds = now.types;
  kinds.resize(seats.varied.kinds());
  seats.varied.for_each_own(model, now, aspect, [&](std::size_t kind, const KindBehaviour& b) { kinds[kind] = b; });
  return kinds;
}

/// Vesicles of a class that a cell releases at its mean rate [vesicle/s].
double vesicles_released(const Model& model, const KindBehaviour& kind, std::size_t type, std::size_t j) {
  const Secretion& secretion = *kind.of[j].secretion;
  const bool follows = model.pathways[type] && model.pathways[type]->follows &&
                       donor::is_ectosome(model.parameters().cell_types[type], model.parameters().vesicles[j]);
  return secretion.rate * secretion.share * (follows ? model.pathways[type]->follows->at_start : 1.0);
}

/// Copies of a cargo that one cell releases in vesicles of a class, where its pathway settles [copies/s].
double copies_released(const Model& model, const KindBehaviour& kind, std::size_t type, std::size_t q, std::size_t j) {
  const double vesicles = vesicles_released(model, kind, type, j);
  const auto& supply = model.supply[type][q];
  if (!supply) return vesicles * given_copies(model.parameters(), q, j);
  const double pool = supply->start.in.pool;
  const double at_surface = kind.cargo[q]->at_surface[j];
  if (at_surface > 0.0 || !model.pathways[type]) return vesicles * at_surface * pool;
  const DonorPathway& pathway = *model.pathways[type];
  const Biogenesis& b = *kind.biogenesis;
  const double dt = donor::settling_step(to_seconds(model.parameters().run.step));
  std::vector<donor::Mvbs> mvbs = pathway.start;
  donor::DonorCargo cargo = supply->start.in;
  donor::divide_endosomes(cargo, pathway.shares);
  donor::step_pathway(mvbs, kind.populations, dt, {&cargo, 1}, kind.cargo[q]->ilv);
  double released = 0.0;
  for (std::size_t p = 0; p < mvbs.size(); ++p) {
    const MvbRelease& from = pathway.populations[p];
    double share = 0.0;
    for (std::size_t k = 0; k < from.exosome.size(); ++k)
      if (model.fields[from.exosome[k].field].vesicle == j) share = from.copies[q][k];
    const donor::CargoInMvbs& in = cargo.mvbs[p];
    released += share * ((1.0 - b.tethered) * in.burst / dt + b.detachment * supply->tethered[p] + in.expelled / dt);
  }
  return released;
}

/// By kind.
struct Kinds {
  std::vector<KindBehaviour> donors, recipients;
};

CellRates mean_rates(const State& u, const Model& model, const Seats& seats, const Kinds& kinds, std::size_t f) {
  const std::size_t j = model.fields[f].vesicle;
  const std::vector<double> none(u.cells.size(), 0.0);
  CellRates r{none, none, none};
  std::vector<std::optional<double>> copies(kinds.donors.size());  // [kind], released
  for (std::size_t c = 0; c < u.cells.size(); ++c) {
    const auto type = static_cast<std::size_t>(u.cells.type[c]);
    const std::size_t donor_kind = seats.varied.kind(u.cells, c, Aspect::donor);
    const KindBehaviour& donor = kinds.donors[donor_kind];
    const auto& uptake = kinds.recipients[seats.varied.kind(u.cells, c, Aspect::recipient)].of[j].uptake;
    const Behaviour& b = donor.of[j];
    const double resistance = seats.resistance(j, u.cells, c);
    const double receptors = seats.varied.receptors(model, u.cells, c, model.family_of[j]);
    const double k_a = uptake ? uptake->k_on * receptors : 0.0;
    if (uptake) r.clearance[c] = recipient::whole_clearance(*uptake, receptors, resistance);
    const double stays_free = 1.0 - donor::recaptured_share(k_a, resistance);
    const double beside = seats.polarised.share(c, type);
    double released = 0.0;
    if (const auto& q = model.fields[f].cargo; q && b.secretion && model.copies_in[*q][*b.own_field] == f) {
      if (!copies[donor_kind]) copies[donor_kind] = copies_released(model, donor, type, *q, j);
      released = *copies[donor_kind];
    } else if (!q && b.secretion && b.own_field == f) {
      released = vesicles_released(model, donor, type, j);
    }
    r.aside[c] = beside * released;
    r.release[c] = (released - r.aside[c]) * stays_free;
  }
  return r;
}

}  // namespace

std::vector<StationaryField> start_stationary(State& u, const Model& model, Site& site, const Seats& seats) {
  const Domain& domain = *site.domain;
  for (const CellType& type : model.parameters().cell_types)
    if (type.biogenesis && !type.biogenesis->steady_start)
      throw InputError("run.steady: the donor pathway of \"" + type.name +
                       "\" starts empty, and so releases nothing yet");
  std::vector<StationaryField> result;
  std::vector<ExactSum> totals(model.fields.size());
  const EffectiveBehaviour& now = model.behaviour_at(u.time);
  const Kinds kinds{kinds_of(model, now, seats, Aspect::donor), kinds_of(model, now, seats, Aspect::recipient)};
  std::vector<double> release(seats.occupied.size()), clearance(release);
  for (std::size_t f = 0; f < model.fields.size(); ++f) {
    const std::size_t j = model.fields[f].vesicle;
    Operator& op = site.operators[j];
    const CellRates rates = mean_rates(u, model, seats, kinds, f);
    std::ranges::fill(release, 0.0);
    std::ranges::fill(clearance, 0.0);
    deposit(seats.voxel, rates.release, release);
    if (seats.polarised.any()) {
      std::vector<std::vector<double>> with_aside{release};
      seats.polarised.add(u.cells, seats.occupied, {rates.aside}, with_aside);
      release = with_aside.front();
    }
    deposit(seats.voxel, rates.clearance, clearance);
    std::vector<double> into_decay;  // what binds to the matrix and decays there
    if (site.matrix[j]) {
      site.matrix[j]->use(*now.matrix[j]);
      into_decay.resize(static_cast<std::size_t>(domain.owned_voxels()));
      for (std::size_t v = 0; v < into_decay.size(); ++v)
        into_decay[v] = site.matrix[j]->bound_per_free(v) * op.decay();
    }
    const StationarySolve solve = site.transport->find_stationary(
        {.field = &u.fields[f], .op = &op, .exchange = {release, clearance, {}}, .inflow = model.inflow[f]},
        seats.exchange, into_decay, to_seconds(u.time));
    totals[f].add(ReadScope(u.fields[f]).values());
    if (u.bound_fields[f]) {
      const ReadScope free(u.fields[f]);
      const WriteScope bound(*u.bound_fields[f]);
      for (std::size_t v = 0; v < bound.values().size(); ++v)
        bound.values()[v] = site.matrix[j]->bound_per_free(v) * free.values()[v];
      totals[f].add(bound.values());
    }
    totals[f].add(u.cells.at(CellArray::tethered, f));
    result.push_back({model.field_name(f), solve.iterations, solve.residual, 0.0});
  }
  sum_over_ranks(domain.comm(), totals);
  for (std::size_t f = 0; f < totals.size(); ++f) u.initial[f] = result[f].content = totals[f].value();
  return result;
}

}  // namespace vesicast
