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
  /// Cargo `q` over `dt` [s] from the state's time on. Local.
  CargoTurnover(const State& u, const Model& model, std::size_t q, double dt, Half half);

  /// Advances the cells of a block. Local.
  void advance(State& u, const CellBlock& block, const Arrival& arriving);

 private:
  void advance_cell(State& u, std::size_t c, std::size_t place, double surface, double inside) const;

  const Model& model_;
  const EffectiveBehaviour& now_;
  std::size_t q_;
  double dt_;
  Half half_;
  recipient::Turnover turnover_;
  bool supplied_ = false;                               ///< has any cell type the cargo of its own?
  std::vector<std::optional<TransitionMatrix>> cycle_;  ///< [CellBlock::place]; empty where the cargo has none
};

}  // namespace vesicast
