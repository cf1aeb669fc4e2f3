#include "src/exchange/secrete.hpp"

#include "src/donor/budding.hpp"
#include "src/donor/pathway.hpp"
#include "src/donor/secretion.hpp"
#include "src/donor/state.hpp"
#include "src/donor/stochastic/pathway.hpp"
#include "src/donor/stochastic/release.hpp"
#include "src/donor/tether.hpp"

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

/// What a cell's draws in this step have in common.
DrawKey key_of(const State& u, const Model& model, std::size_t c) {
  return {.seed = model.parameters.run.seed,
          .id = static_cast<std::uint64_t>(u.cells.id[c]),
          .step = static_cast<std::uint64_t>(u.time)};
}

/// The draws of one process of a cell's pathway, the `stream`th of its kind; none in a deterministic run.
std::optional<Draws> draws_of(const State& u, const Model& model, std::size_t c, Purpose purpose, std::size_t stream) {
  if (model.parameters.run.mode == RunMode::deterministic) return std::nullopt;
  DrawKey key = key_of(u, model, c);
  key.purpose = purpose;
  key.stream = static_cast<std::uint32_t>(stream);
  return Draws(key);
}

/// What MVBs release leaves the surface but for what tetherin holds; some of that goes back in.
void release(State& u, const Model& model, const DonorPathway& pathway, const Biogenesis& rates,
             const donor::Made& made, std::size_t c, double dt, Released& out) {
  Cells& cells = u.cells;
  const auto type = static_cast<std::size_t>(cells.type[c]);
  donor::stochastic::Division bursts(made.burst, draws_of(u, model, c, Purpose::release_division, 0)),
      expulsions(made.expelled, draws_of(u, model, c, Purpose::release_division, 1));
  for (const ReleaseTarget& to : pathway.exosome) {
    double& held = cells.at(CellArray::tethered, to.field)[c];
    const double burst = bursts.next(to.share), expelled = expulsions.next(to.share);
    const auto chance = draws_of(u, model, c, Purpose::tether, to.field);
    const donor::Tethered t = chance ? donor::stochastic::draw_tether(held, burst, rates, dt, *chance)
                                     : donor::tether(held, burst, rates, dt);
    held = t.stays;
    cells.at(CellArray::secreted, to.field)[c] += burst + expelled;
    cells.at(CellArray::reinternalised, to.field)[c] += t.back_in;
    const bool takes_up = model.behaviour[type][model.fields[to.field].vesicle].uptake.has_value();
    if (takes_up)
      out.reinternalised[to.field][c] += t.back_in;
    else
      cells.at(CellArray::degraded, to.field)[c] += t.back_in;
    out.secreted[to.field][c] += t.free + expelled;
  }
}

void advance_pathway(State& u, const Model& model, const DonorPathway& pathway, const Biogenesis& rates, std::size_t c,
                     double dt, Released& out) {
  Cells& cells = u.cells;
  donor::Mvbs m = donor::get_mvbs(cells, c);
  const donor::Made made = model.parameters.run.mode == RunMode::stochastic_release
                               ? totals(donor::stochastic::advance_pathway(m, rates, dt, key_of(u, model, c)))
                               : donor::advance_pathway(m, rates, dt);
  donor::put_mvbs(cells, c, m);
  cells.at(CellArray::ilvs_formed, 0)[c] += made.formed;
  cells.at(CellArray::ilvs_back_fused, 0)[c] += made.back_fused;
  cells.at(CellArray::ilvs_digested, 0)[c] += made.digested;
  cells.at(CellArray::ilvs_released, 0)[c] += made.burst + made.expelled;
  cells.at(CellArray::fusions, 0)[c] += made.fusions;
  release(u, model, pathway, rates, made, c, dt, out);
  const auto bud = [&](const std::vector<ReleaseTarget>& targets, double rate, std::size_t which) {
    if (targets.empty()) return;
    donor::stochastic::Division all(donor::stochastic::budded(rate, dt, draws_of(u, model, c, Purpose::budding, which)),
                                    draws_of(u, model, c, Purpose::release_division, 2 + which));
    for (const ReleaseTarget& to : targets) {
      const double budded = all.next(to.share);
      cells.at(CellArray::secreted, to.field)[c] += budded;
      out.secreted[to.field][c] += budded;
    }
  };
  bud(pathway.microvesicle, donor::microvesicle_rate(rates), 0);
  bud(pathway.ectosome, donor::ectosome_rate(rates), 1);
}

}  // namespace

Released secrete(State& u, const Model& model, double dt) {
  Cells& cells = u.cells;
  const PerCell none(model.fields.size(), std::vector<double>(cells.size(), 0.0));
  Released out{none, none};
  const EffectiveBehaviour& now = model.behaviour_at(u.time);
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const auto type = static_cast<std::size_t>(cells.type[c]);
    const std::size_t kind = model.kind(cells, c);
    secrete_at_rates(u, model, now.of[kind], c, dt, out.secreted);
    for (std::size_t f = 0; f < none.size(); ++f) cells.at(CellArray::secreted, f)[c] += out.secreted[f][c];
    if (model.pathways[type])
      advance_pathway(u, model, *model.pathways[type], *now.cell_types[kind].biogenesis, c, dt, out);
  }
  return out;
}

}  // namespace vesicast
