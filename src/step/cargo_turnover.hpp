#pragma once
/// \file
/// Synthesis, decay and arrival of one cargo in cells; of membrane cargo in cells with a pathway also its cycle. In
/// mode stochastic-release, cells that have the cargo of their own make and lose whole copies.
#include <array>
#include <optional>
#include <vector>

#include "src/base/transition.hpp"
#include "src/cells/cell_block.hpp"
#include "src/recipient/delivery.hpp"
#include "src/step/react.hpp"

namespace vesicast {

/// Copies of one cargo that arrive in the cells of a block: by fusion with the plasma membrane, and with the
/// endosome's.
struct Arrival {
  std::array<double, CellBlock::most> at_surface{}, inside{};
};

class CargoTurnover {
 public:
  /// By kind; nothing for a kind without a cycle.
  using Cycles = std::vector<std::optional<TransitionMatrix>>;
  /// Cargo `q` over `dt` [s] from the state's time on. Local.
  CargoTurnover(const State& u, const Model& model, const Cycles& cycles, std::size_t q, double dt, Half half);

  /// Takes the cells of a block over the time, by their kinds as donors. Local.
  void turn_over(State& u, const CellBlock& block, const Arrival& arriving);

 private:
  void turn_over_cell(State& u, std::size_t c, std::size_t kind, double surface, double inside) const;

  const Model& model_;
  const Cycles& cycles_;
  bool cycled_;  ///< do cells of this run have the cargo's cycle?
  std::size_t q_;
  double dt_;
  Half half_;
  recipient::Turnover turnover_;
  bool supplied_ = false;  ///< has any cell type the cargo of its own?
};

}  // namespace vesicast
