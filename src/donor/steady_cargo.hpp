#pragma once
/// \file
/// One cargo in a cell over a step, and where it settles. Pure.
#include <optional>

#include "src/donor/membrane_cycle.hpp"
#include "src/donor/pathway.hpp"

namespace vesicast::donor {

/// The copies of one cargo in a cell, the Golgi's included.
struct CargoContent {
  double golgi = 0.0;
  DonorCargo in;
};

/// What a cell does with one cargo, without what arrives from outside.
struct CargoCell {
  std::vector<CargoLoading> loading;    ///< [population]; one without a pathway
  double decay = 0.0;                   ///< [1/s]
  double leaving = 0.0;                 ///< share of the pool that buds at the surface [1/s]
  const Biogenesis* pathway = nullptr;  ///< none: no MVBs, no cycle
  std::vector<Biogenesis> populations;  ///< of the pathway
  std::vector<double> shares;           ///< of the early endosomes, likewise
  std::vector<Mvbs> mvbs;               ///< where they are
};

/// Where the content settles in steps of `dt` [s] at a synthesis of 1 copy/s: it goes with the synthesis. Nothing where
/// it does not, because something comes in that does not leave. The steps are those of a run: half a step of synthesis,
/// decay and cycle, the MVBs, and half a step again.
[[nodiscard]] std::optional<CargoContent> steady_cargo(const CargoCell& cell, double dt);

}  // namespace vesicast::donor
