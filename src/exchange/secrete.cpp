#include "src/exchange/secrete.hpp"

#include <algorithm>

#include "src/donor/budding.hpp"
#include "src/donor/pathway.hpp"
#include "src/donor/secretion.hpp"
#include "src/donor/state.hpp"
#include "src/donor/stochastic/cargo.hpp"
#include "src/donor/stochastic/pathway.hpp"
#include "src/donor/stochastic/release.hpp"
#include "src/exchange/cargo_step.hpp"
#include "src/exchange/draws.hpp"
#include "src/exchange/ectosomes.hpp"
#include "src/exchange/release.hpp"

namespace vesicast {
namespace {

using PerCell = std::vector<std::vector<double>>;

/// Release at a given rate, steady or in bursts.
void secrete_at_rates(const State& u, const Model& model, const std::vector<Behaviour>& row, std::size_t c, double dt,
                      PerCell& secreted) {
  for (std::size_t j = 0; j < row.size(); ++j)
    if (row[j].secretion && row[j].secretion->mode != ReleaseMode::pathway)
      secreted[*row[j].own_field][c] = donor::secreted(*row[j].secretion, dt,
                                                       {.seed = model.parameters.run.seed,
                                                        .purpose = Purpose::secretion_events,
                                                        .id = static_cast<std::uint64_t>(u.cells.id[c]),
                                                        .step = static_cast<std::uint64_t>(u.time),
                                                        .stream = model.release_stream[j]});
}

/// Microvesicles and ectosomes of one cell's pathway.
void bud(const State& u, const Model& model, const DonorPathway& pathway, const Biogenesis& rates, std::size_t c,
         double dt, PerCell& surface) {
  const auto add = [&](const std::vector<ReleaseTarget>& targets, double rate, std::size_t which) {
    if (targets.empty()) return;
    donor::stochastic::Division all(donor::stochastic::budded(rate, dt, draws_of(u, model, c, Purpose::budding, which)),
                                    draws_of(u, model, c, Purpose::release_division, 2 + which));
    for (const ReleaseTarget& to : targets) surface[to.field][c] += all.next(to.share);
  };
  add(pathway.microvesicle, donor::microvesicle_rate(rates), 0);
  add(pathway.ectosome, donor::ectosome_rate(rates, ectosome_cargo_ratio(u, model, c, dt, surface)), 1);
}

/// MVBs and what they hold over a step, cargo included: means, or events. By population.
std::vector<donor::Made> advance_mvbs(const State& u, const Model& model, std::span<const Biogenesis> rates,
                                      std::size_t c, double dt, std::span<donor::Mvbs> m, CargoStep& cargo) {
  if (model.parameters.run.mode == RunMode::deterministic)
    return donor::advance_pathway(m, rates, dt, cargo.cargo(), cargo.loading());
  std::vector<donor::stochastic::MvbEvents> events;
  std::vector<donor::Made> made;
  for (std::size_t p = 0; p < m.size(); ++p) {
    DrawKey key = key_of(u, model, c);
    key.stream = static_cast<std::uint32_t>(p);
    events.push_back(donor::stochastic::advance_pathway(m[p], rates[p], dt, key));
    made.push_back(totals(events.back()));
  }
  for (std::size_t i = 0; i < cargo.cargo().size(); ++i)
    donor::stochastic::draw_cargo(cargo.cargo()[i], cargo.loading().subspan(i * m.size(), m.size()), events,
                                  *draws_of(u, model, c, Purpose::cargo_loading, 4 * i));
  return made;
}

/// What tetherin holds of a cell's release as another type, copies included, goes on coming off.
void let_go(State& u, const Model& model, const DonorPathway& pathway, const Biogenesis& rates, std::size_t c,
            double dt, Released& out) {
  for (std::size_t f = 0; f < model.fields.size(); ++f) {
    const FieldKey& key = model.fields[f];
    const bool released_now = std::ranges::any_of(pathway.fields, [&](std::size_t to) {
      return model.fields[to].vesicle == key.vesicle && model.fields[to].source == key.source;
    });
    if (!released_now && u.cells.at(CellArray::tethered, f)[c] > 0.0)
      release_from_mvbs(u, model, rates, f, 0.0, 0.0, c, dt, out);
  }
}

/// Books what the populations made, and releases it.
void release_made(State& u, const Model& model, const DonorPathway& pathway, const Biogenesis& surface,
                  std::span<const donor::Made> made, std::size_t c, double dt, Released& out) {
  Cells& cells = u.cells;
  std::vector<double> burst(pathway.fields.size(), 0.0), expelled(burst);
  for (std::size_t p = 0; p < made.size(); ++p) {
    const std::size_t place = pathway.places[p];
    cells.at(CellArray::ilvs_formed, place)[c] += made[p].formed;
    cells.at(CellArray::ilvs_back_fused, place)[c] += made[p].back_fused;
    cells.at(CellArray::ilvs_digested, place)[c] += made[p].digested;
    cells.at(CellArray::ilvs_released, place)[c] += made[p].burst + made[p].expelled;
    cells.at(CellArray::fusions, place)[c] += made[p].fusions;
    const auto substep = static_cast<std::uint32_t>(p);
    donor::stochastic::Division bursts(made[p].burst, draws_of(u, model, c, Purpose::release_division, 0, substep)),
        expulsions(made[p].expelled, draws_of(u, model, c, Purpose::release_division, 1, substep));
    for (const ReleaseTarget& to : pathway.populations[p].exosome) {
      burst[pathway.place_of(to.field)] += bursts.next(to.share);
      expelled[pathway.place_of(to.field)] += expulsions.next(to.share);
    }
  }
  for (std::size_t i = 0; i < pathway.fields.size(); ++i)
    release_from_mvbs(u, model, surface, pathway.fields[i], burst[i], expelled[i], c, dt, out);
  if (cells.type[c] != cells.first_type[c]) let_go(u, model, pathway, surface, c, dt, out);
}

std::vector<donor::Made> advance_pathway(State& u, const Model& model, const DonorPathway& pathway,
                                         const Biogenesis& surface, std::span<const Biogenesis> rates, std::size_t c,
                                         double dt, CargoStep& cargo, Released& out) {
  std::vector<donor::Mvbs> m;
  for (const std::size_t place : pathway.places) m.push_back(donor::get_mvbs(u.cells, place, c));
  const std::vector<donor::Made> made = advance_mvbs(u, model, rates, c, dt, m, cargo);
  for (std::size_t p = 0; p < m.size(); ++p) donor::put_mvbs(u.cells, pathway.places[p], c, m[p]);
  release_made(u, model, pathway, surface, made, c, dt, out);
  return made;
}

}  // namespace

Released secrete(State& u, const Model& model, double dt) {
  Cells& cells = u.cells;
  const PerCell none(model.fields.size(), std::vector<double>(cells.size(), 0.0));
  Released out{none, none};
  PerCell surface = none;  // what leaves the surface without MVBs
  const EffectiveBehaviour& now = model.behaviour_at(u.time);
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const std::size_t kind = model.kind(cells, c);
    const auto& pathway = model.pathways[static_cast<std::size_t>(cells.type[c])];
    const Biogenesis* rates = pathway ? &*now.cell_types[kind].biogenesis : nullptr;
    secrete_at_rates(u, model, now.of[kind], c, dt, surface);
    if (pathway) bud(u, model, *pathway, *rates, c, dt, surface);
    for (std::size_t f = 0; f < model.carriers; ++f) release_at_surface(u, f, surface[f][c], c, out);
    CargoStep cargo(u, model, c, surface);
    std::vector<donor::Made> made;
    if (pathway) {
      made = advance_pathway(u, model, *pathway, *rates, now.populations[kind], c, dt, cargo, out);
    } else {
      for (std::size_t i = 0; i < cargo.cargo().size(); ++i)
        if (auto draws = draws_of(u, model, c, Purpose::cargo_loading, 4 * i))
          donor::stochastic::draw_bud(cargo.cargo()[i], *draws);
        else
          donor::bud(cargo.cargo()[i]);
    }
    cargo.finish(u, rates, made, dt, out);
  }
  return out;
}

}  // namespace vesicast
