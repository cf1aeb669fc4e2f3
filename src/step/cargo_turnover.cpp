#include "src/step/cargo_turnover.hpp"

#include <algorithm>

#include "src/base/loops.hpp"
#include "src/cells/donor_state.hpp"
#include "src/donor/membrane_cycle.hpp"
#include "src/donor/stochastic/cargo.hpp"
#include "src/exchange/draws.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast {
CargoTurnover::CargoTurnover(const State& u, const Model& model, const Cycles& cycles, std::size_t q, double dt,
                             Half half)
    : model_(model),
      cycles_(cycles),
      cycled_(!u.cells.at(CellArray::golgi, q).empty()),
      q_(q),
      dt_(dt),
      half_(half),
      turnover_(recipient::turnover(model.parameters().cargo[q].decay, dt)) {
  supplied_ = std::ranges::any_of(model.supply, [&](const auto& row) { return row[q].has_value(); });
}

void CargoTurnover::turn_over(State& u, const CellBlock& block, const Arrival& arriving) {
  const CargoSpecies& cargo = model_.parameters().cargo[q_];
  if (supplied_ || cycled_) {
    for (std::size_t i = 0; i < block.size(); ++i)
      turn_over_cell(u, block.first() + i, block.kind()[i], arriving.at_surface[i], arriving.inside[i]);
    return;
  }
  // Nobody makes it: all cells alike.
  double* const pool = u.cells.at(donor::pool_of(cargo.kind), q_).data() + block.first();
  double* const decayed = u.cells.at(CellArray::decayed_in_cell, q_).data() + block.first();
  const recipient::Turnover step = turnover_;
  VESICAST_INDEPENDENT  // the two arrays do not overlap
      for (std::size_t i = 0; i < block.size(); ++i) {
    const auto next = recipient::deliver(pool[i], arriving.at_surface[i] + arriving.inside[i], step);
    pool[i] = next.copies;
    decayed[i] += next.lost;
  }
}

void CargoTurnover::turn_over_cell(State& u, std::size_t c, std::size_t kind, double surface, double inside) const {
  Cells& cells = u.cells;
  double &pool = cells.at(donor::pool_of(model_.parameters().cargo[q_].kind), q_)[c],
         &decayed = cells.at(CellArray::decayed_in_cell, q_)[c];
  const auto& supply = model_.supply[static_cast<std::size_t>(cells.type[c])][q_];
  auto chance =
      supply ? draws_of(u, model_, c, Purpose::cargo_turnover, q_, static_cast<std::uint32_t>(half_)) : std::nullopt;
  double made = supply ? supply->synthesis * dt_ : 0.0;
  if (chance) made = static_cast<double>(donor::stochastic::poisson(made, *chance));
  if (supply) cells.at(CellArray::synthesised, q_)[c] += made;
  if (cycled_ && cycles_[kind]) {
    double &golgi = cells.at(CellArray::golgi, q_)[c], &endosomes = cells.at(CellArray::in_endosome_membranes, q_)[c];
    const TransitionMatrix& network = *cycles_[kind];
    const donor::Cycle before{golgi, pool, endosomes, 0.0}, arriving{made, surface, inside, 0.0};
    const donor::Cycle next = chance ? donor::stochastic::draw_cycle(before, arriving, network, *chance)
                                     : donor::step_cycle(before, arriving, network);
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
