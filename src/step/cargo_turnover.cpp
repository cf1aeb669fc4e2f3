#include "src/step/cargo_turnover.hpp"

#include <algorithm>

#include "src/cells/donor_state.hpp"
#include "src/donor/membrane_cycle.hpp"
#include "src/donor/stochastic/cargo.hpp"
#include "src/exchange/draws.hpp"

namespace vesicast {
namespace {

std::optional<TransitionMatrix> cycle_of(const CellType& kind, const CargoSpecies& cargo, double dt) {
  if (!kind.biogenesis) return std::nullopt;
  return TransitionMatrix(donor::cycle_pools, donor::membrane_cycle(*kind.biogenesis, cargo.decay), dt);
}

}  // namespace

CargoTurnover::CargoTurnover(const State& u, const Model& model, std::size_t q, double dt, Half half)
    : model_(model),
      now_(model.behaviour_at(u.time)),
      q_(q),
      dt_(dt),
      half_(half),
      turnover_(recipient::turnover(model.parameters.cargo[q].decay, dt)) {
  supplied_ = std::ranges::any_of(model.supply, [&](const auto& row) { return row[q].has_value(); });
  if (u.cells.at(CellArray::golgi, q).empty()) return;
  cycle_.resize(CellBlock::table_size(model));
  for (std::size_t t = 0; t < model.varied.types; ++t)
    cycle_[t] = cycle_of(now_.cell_types[t], model.parameters.cargo[q], dt);
}

void CargoTurnover::advance(State& u, const CellBlock& block, const Arrival& arriving) {
  const CargoSpecies& cargo = model_.parameters.cargo[q_];
  if (supplied_ || !cycle_.empty()) {
    if (!cycle_.empty())
      block.for_each_own(model_, u.cells, [&](std::size_t place, std::size_t kind) {
        cycle_[place] = cycle_of(now_.cell_types[kind], cargo, dt_);
      });
    for (std::size_t i = 0; i < block.size(); ++i)
      advance_cell(u, block.first() + i, block.place()[i], arriving.at_surface[i], arriving.inside[i]);
    return;
  }
  // Nobody makes it: all cells alike.
  double* const pool = u.cells.at(donor::pool_of(cargo.kind), q_).data() + block.first();
  double* const decayed = u.cells.at(CellArray::decayed_in_cell, q_).data() + block.first();
  const recipient::Turnover step = turnover_;
#pragma GCC ivdep  // the two arrays do not overlap
  for (std::size_t i = 0; i < block.size(); ++i) {
    const auto next = recipient::deliver(pool[i], arriving.at_surface[i] + arriving.inside[i], step);
    pool[i] = next.copies;
    decayed[i] += next.lost;
  }
}

void CargoTurnover::advance_cell(State& u, std::size_t c, std::size_t place, double surface, double inside) const {
  Cells& cells = u.cells;
  double &pool = cells.at(donor::pool_of(model_.parameters.cargo[q_].kind), q_)[c],
         &decayed = cells.at(CellArray::decayed_in_cell, q_)[c];
  const auto& supply = model_.supply[static_cast<std::size_t>(cells.type[c])][q_];
  auto chance =
      supply ? draws_of(u, model_, c, Purpose::cargo_turnover, q_, static_cast<std::uint32_t>(half_)) : std::nullopt;
  double made = supply ? supply->synthesis * dt_ : 0.0;
  if (chance) made = static_cast<double>(donor::stochastic::poisson(made, *chance));
  if (supply) cells.at(CellArray::synthesised, q_)[c] += made;
  if (!cycle_.empty() && cycle_[place]) {
    double &golgi = cells.at(CellArray::golgi, q_)[c], &endosomes = cells.at(CellArray::in_endosome_membranes, q_)[c];
    const TransitionMatrix& network = *cycle_[place];
    const donor::Cycle before{golgi, pool, endosomes, 0.0}, arriving{made, surface, inside, 0.0};
    const donor::Cycle next = chance ? donor::stochastic::draw_cycle(before, arriving, network, *chance)
                                     : donor::advance_cycle(before, arriving, network);
    golgi = next[donor::in_golgi];
    pool = next[donor::at_plasma_membrane];
    endosomes = next[donor::in_endosomes];
    decayed += next[donor::cycle_decayed];
  } else if (chance) {
    const auto next = donor::stochastic::draw_turnover(pool, made + (surface + inside), turnover_.lost, *chance);
    pool = next.copies;
    decayed += next.lost;
  } else {
    const auto next = recipient::deliver(pool, made + (surface + inside), turnover_);
    pool = next.copies;
    decayed += next.lost;
  }
}

}  // namespace vesicast
