#pragma once
/// \file
/// The part of what is stored of a run that is a few numbers.
#include <cstdint>
#include <optional>
#include <vector>

#include "src/base/time.hpp"

namespace vesicast {

/// What every rank of a run knows alike.
struct StoredNumbers {
  Ticks time = 0;
  std::int64_t steps = 0;
  std::vector<double> initial, initial_ilvs, initial_cargo;  ///< as in State
  /// Of the solution of Darcy's law, for the log; the pressure itself is with the values per voxel.
  struct Darcy {
    std::int64_t stagnant = 0;
    int iterations = 0, levels = 0;
    double residual = 0.0, rounding_floor = 0.0;
  };
  std::optional<Darcy> darcy;
};

}  // namespace vesicast
