#pragma once
/// \file
/// Which arrays a run's cells have.
#include <array>
#include <cstdint>
#include <vector>

#include "src/state/arrays.hpp"

namespace vesicast {

/// Per array, one flag for each field, cargo, route or response.
struct CellPlan {
  std::array<std::vector<bool>, cell_array_count> has;
  [[nodiscard]] bool operator()(CellArray array, std::size_t which) const {
    const auto& flags = has[static_cast<std::size_t>(array)];
    return which < flags.size() && flags[which];
  }
  /// A number that differs between plans, and between programs with other lists of arrays.
  [[nodiscard]] std::uint64_t fingerprint() const;
};

}  // namespace vesicast
