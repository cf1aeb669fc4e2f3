#include "src/react.hpp"

#include <array>
#include <cmath>

#include "src/donor/membrane_cycle.hpp"
#include "src/donor/state.hpp"
#include "src/donor/stochastic/cargo.hpp"
#include "src/exchange/draws.hpp"
#include "src/recipient/delivery.hpp"
#include "src/recipient/pathway.hpp"

namespace vesicast {
namespace {

using recipient::array_of;
using recipient::living_pools;
using recipient::pool_count;

/// What recipients unpacked in a step, per cell: by fusion with the plasma membrane, and with the endosome's.
struct Delivered {
  std::vector<double> at_surface, inside;
};

/// Advances one field's pools in all recipient cells and adds what was delivered.
void advance_pools(State& u, const Model& model, std::size_t f, double dt, Delivered& delivered) {
  const std::size_t vesicle = model.fields[f].vesicle;
  const EffectiveBehaviour& now = model.behaviour_at(u.time);
  std::vector<std::optional<TransitionMatrix>> matrix(now.of.size());
  for (std::size_t t = 0; t < matrix.size(); ++t)
    if (const auto& uptake = now.of[t][vesicle].uptake)
      matrix[t] = recipient::pathway_matrix(*uptake, now.cell_types[t].gate, dt);

  Cells& cells = u.cells;
  std::array<std::span<double>, pool_count> pool;
  for (std::size_t p = 0; p < pool_count; ++p) pool[p] = cells.at(array_of[p], f);
  const std::span<double> endocytosed = cells.at(CellArray::endocytosed, f);
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const auto& m = matrix[model.kind(cells, c)];
    if (!m) continue;
    std::array<double, living_pools> before{};
    for (int p = 0; p < living_pools; ++p) before[static_cast<std::size_t>(p)] = pool[static_cast<std::size_t>(p)][c];
    for (int to = 0; to < pool_count; ++to) {
      double sum = to < living_pools ? 0.0 : pool[static_cast<std::size_t>(to)][c];
      for (int from = 0; from < living_pools; ++from) sum += (*m)(to, from) * before[static_cast<std::size_t>(from)];
      pool[static_cast<std::size_t>(to)][c] = sum;
    }
    // Whatever was bound and neither stayed nor fused went in.
    double inside = (*m)(recipient::back_fused, recipient::bound) + (*m)(recipient::degraded, recipient::bound);
    for (int to = recipient::early_endosome; to < living_pools; ++to) inside += (*m)(to, recipient::bound);
    endocytosed[c] += before[recipient::bound] * inside;
    double surface = 0.0, inside_cell = 0.0;
    for (int from = 0; from < living_pools; ++from) {
      surface += (*m)(recipient::fused, from) * before[static_cast<std::size_t>(from)];
      inside_cell += (*m)(recipient::back_fused, from) * before[static_cast<std::size_t>(from)];
    }
    delivered.at_surface[c] += surface;
    delivered.inside[c] += inside_cell;
  }
}

/// Copies of one cargo that arrive in every cell: those that the vesicles of a class are given, and those in fields.
Delivered copies_delivered(const Model& model, std::size_t q, const std::vector<Delivered>& by_field,
                           std::size_t cells) {
  Delivered sum{std::vector<double>(cells, 0.0), std::vector<double>(cells, 0.0)};
  for (std::size_t f = 0; f < by_field.size(); ++f) {
    const FieldKey& key = model.fields[f];
    const double copies = key.cargo ? (*key.cargo == q ? 1.0 : 0.0) : model.copies[q][key.vesicle];
    if (copies == 0.0) continue;
    for (std::size_t c = 0; c < cells; ++c) {
      sum.at_surface[c] += copies * by_field[f].at_surface[c];
      sum.inside[c] += copies * by_field[f].inside[c];
    }
  }
  return sum;
}

/// Synthesis, decay and arrival of one cargo in all cells; of membrane cargo in cells with a pathway also its cycle. In
/// mode stochastic-release, cells that have the cargo of their own make and lose whole copies.
void advance_cargo(State& u, const Model& model, std::size_t q, const Delivered& delivered, double dt, Half half) {
  Cells& cells = u.cells;
  const CargoSpecies& cargo = model.parameters.cargo[q];
  const auto pool = cells.at(donor::pool_of(cargo.kind), q), decayed = cells.at(CellArray::decayed_in_cell, q),
             golgi = cells.at(CellArray::golgi, q), endosomes = cells.at(CellArray::in_endosome_membranes, q);
  const EffectiveBehaviour& now = model.behaviour_at(u.time);
  std::vector<std::optional<TransitionMatrix>> cycle(now.cell_types.size());
  for (std::size_t t = 0; t < cycle.size() && !golgi.empty(); ++t)
    if (const auto& b = now.cell_types[t].biogenesis)
      cycle[t].emplace(donor::cycle_pools, donor::membrane_cycle(*b, cargo.decay), dt);
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const auto type = static_cast<std::size_t>(cells.type[c]);
    const auto& supply = model.supply[type][q];
    auto chance = supply ? draws_of(u, model, c, Purpose::cargo_turnover, q, static_cast<std::uint32_t>(half))
                         : std::nullopt;
    double made = supply ? supply->synthesis * dt : 0.0;
    if (chance) made = static_cast<double>(donor::stochastic::poisson(made, *chance));
    if (supply) cells.at(CellArray::synthesised, q)[c] += made;
    const double surface = delivered.at_surface[c], inside = delivered.inside[c];
    if (const auto& network = cycle[model.kind(cells, c)]) {
      const donor::Cycle before{golgi[c], pool[c], endosomes[c], 0.0}, arriving{made, surface, inside, 0.0};
      const donor::Cycle next = chance ? donor::stochastic::draw_cycle(before, arriving, *network, *chance)
                                       : donor::advance_cycle(before, arriving, *network);
      golgi[c] = next[donor::in_golgi];
      pool[c] = next[donor::at_plasma_membrane];
      endosomes[c] = next[donor::in_endosomes];
      decayed[c] += next[donor::cycle_decayed];
    } else if (chance) {
      const auto next = donor::stochastic::draw_turnover(pool[c], made + (surface + inside),
                                                         -std::expm1(-cargo.decay * dt), *chance);
      pool[c] = next.copies;
      decayed[c] += next.lost;
    } else {
      const auto next = recipient::deliver(pool[c], made + (surface + inside), cargo.decay, dt);
      pool[c] = next.copies;
      decayed[c] += next.lost;
    }
  }
}

}  // namespace

void react(State& u, const Model& model, double dt, Half half) {
  const std::vector<double> none(u.cells.size(), 0.0);
  std::vector<Delivered> delivered(model.fields.size(), {none, none});
  for (std::size_t f = 0; f < model.fields.size(); ++f) advance_pools(u, model, f, dt, delivered[f]);
  for (std::size_t q = 0; q < model.parameters.cargo.size(); ++q)
    advance_cargo(u, model, q, copies_delivered(model, q, delivered, u.cells.size()), dt, half);
}

}  // namespace vesicast
