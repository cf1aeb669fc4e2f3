#include "src/start/initial_state.hpp"

#include <utility>

#include "decomposition/base/exact_sum.hpp"
#include "src/cells/donor_state.hpp"
#include "src/parameters/parameters.hpp"
#include "src/start/cargo_start.hpp"
#include "src/start/pathway_start.hpp"
#include "src/step/respond.hpp"

namespace vesicast {

State make_state(const Model& model, const Site& site, const Seats& seats, Cells cells) {
  const Domain& domain = *site.domain;
  State u;
  u.cells = std::move(cells);
  std::vector<ExactSum> totals(model.fields.size());
  u.flows.resize(model.fields.size());
  for (std::size_t f = 0; f < model.fields.size(); ++f) {
    Field& field = u.fields.emplace_back(domain);
    auto& bound = u.bound_fields.emplace_back();
    if (model.binds_to_matrix(model.fields[f].vesicle)) bound.emplace(domain);
    if (model.inflow[f] == 0.0) continue;
    const WriteScope scope(field);
    for (std::size_t i = 0; i < scope.values().size(); ++i)
      scope.values()[i] = model.inflow[f] * model.vesicle_of(f).initial_concentration *
                          (site.interstitium.fraction(model.parameters(), i) * domain.grid().voxel_volume());
    totals[f].add(scope.values());
  }
  std::vector<ExactSum> ilvs(model.pathways.size());
  const auto start_pathway = [&](std::size_t c, const std::vector<Biogenesis>& rates, bool own) {
    const auto type = static_cast<std::size_t>(u.cells.type[c]);
    const PathwayStart start = pathway_start(model, type, rates, own, u.cells.id[c]);
    const DonorPathway& pathway = *model.pathways[type];
    for (std::size_t k = 0; k < start.mvbs.size(); ++k) {
      donor::MvbArrays(u.cells, pathway.places[k]).put(one_cell(c), start.mvbs[k]);
      for (const donor::Stages& x : start.mvbs[k].vesicles)
        for (std::size_t s = 0; s < donor::living_stages; ++s) ilvs[type].add(x[s]);
    }
    for (std::size_t i = 0; i < pathway.fields.size(); ++i) {
      u.cells.at(CellArray::tethered, pathway.fields[i])[c] = start.tethered[i];
      totals[pathway.fields[i]].add(start.tethered[i]);
    }
  };
  const EffectiveBehaviour& first = model.effective.front();
  for (std::size_t c = 0; c < u.cells.size(); ++c) {
    const std::size_t kind = seats.varied.kind(u.cells, c, Aspect::donor);
    if (kind < seats.varied.types() && model.pathways[kind]) start_pathway(c, first.types[kind].populations, false);
  }
  seats.varied.for_each_own(model, first, Aspect::donor, [&](std::size_t kind, const KindBehaviour& behaviour) {
    if (model.pathways[seats.varied.type_of(kind)])
      start_pathway(seats.varied.cell_of(kind), behaviour.populations, true);
  });
  start_cargo(u, model, totals);
  start_responses(u, model);
  sum_over_ranks(domain.comm(), totals);
  for (ExactSum& t : totals) u.initial.push_back(t.value());
  sum_over_ranks(domain.comm(), ilvs);
  for (ExactSum& t : ilvs) u.initial_ilvs.push_back(t.value());
  std::vector<ExactSum> cargo(model.parameters().cargo.size());
  for (std::size_t q = 0; q < cargo.size(); ++q)
    for_each_cell_array(Scope::cell_cargo, [&](CellArray a) {
      if (info(a).role != Role::pool) return;
      for (std::size_t which = q; which < u.cells.count(a); which += cargo.size())
        cargo[q].add(std::as_const(u.cells).at(a, which));
    });
  sum_over_ranks(domain.comm(), cargo);
  for (ExactSum& t : cargo) u.initial_cargo.push_back(t.value());
  return u;
}

}  // namespace vesicast
