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
  add(pathway.ectosome, donor::ectosome_rate(rates), 1);
}

/// MVBs and what they hold over a step, cargo included: means, or events.
donor::Made advance_mvbs(const State& u, const Model& model, const Biogenesis& rates, std::size_t c, double dt,
                         donor::Mvbs& m, CargoStep& cargo) {
  if (model.parameters.run.mode == RunMode::deterministic)
    return donor::advance_pathway(m, rates, dt, cargo.cargo(), cargo.loading());
  const auto events = donor::stochastic::advance_pathway(m, rates, dt, key_of(u, model, c));
  for (std::size_t i = 0; i < cargo.cargo().size(); ++i)
    donor::stochastic::draw_cargo(cargo.cargo()[i], cargo.loading()[i], events,
                                  *draws_of(u, model, c, Purpose::cargo_loading, 4 * i));
  return totals(events);
}

/// What tetherin holds of a cell's release as another type, copies included, goes on coming off.
void let_go(State& u, const Model& model, const DonorPathway& pathway, const Biogenesis& rates, std::size_t c,
            double dt, Released& out) {
  for (std::size_t f = 0; f < model.fields.size(); ++f) {
    const FieldKey& key = model.fields[f];
    const bool released_now = std::ranges::any_of(pathway.exosome, [&](const ReleaseTarget& to) {
      return model.fields[to.field].vesicle == key.vesicle && model.fields[to.field].source == key.source;
    });
    if (!released_now && u.cells.at(CellArray::tethered, f)[c] > 0.0)
      release_from_mvbs(u, model, rates, f, 0.0, 0.0, c, dt, out);
  }
}

donor::Made advance_pathway(State& u, const Model& model, const DonorPathway& pathway, const Biogenesis& rates,
                            std::size_t c, double dt, CargoStep& cargo, Released& out) {
  Cells& cells = u.cells;
  donor::Mvbs m = donor::get_mvbs(cells, c);
  const donor::Made made = advance_mvbs(u, model, rates, c, dt, m, cargo);
  donor::put_mvbs(cells, c, m);
  cells.at(CellArray::ilvs_formed, 0)[c] += made.formed;
  cells.at(CellArray::ilvs_back_fused, 0)[c] += made.back_fused;
  cells.at(CellArray::ilvs_digested, 0)[c] += made.digested;
  cells.at(CellArray::ilvs_released, 0)[c] += made.burst + made.expelled;
  cells.at(CellArray::fusions, 0)[c] += made.fusions;
  donor::stochastic::Division bursts(made.burst, draws_of(u, model, c, Purpose::release_division, 0)),
      expulsions(made.expelled, draws_of(u, model, c, Purpose::release_division, 1));
  for (const ReleaseTarget& to : pathway.exosome) {
    const double burst = bursts.next(to.share), expelled = expulsions.next(to.share);
    release_from_mvbs(u, model, rates, to.field, burst, expelled, c, dt, out);
  }
  if (cells.type[c] != cells.first_type[c]) let_go(u, model, pathway, rates, c, dt, out);
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
    donor::Made made;
    if (pathway) {
      made = advance_pathway(u, model, *pathway, *rates, c, dt, cargo, out);
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
