#pragma once
/// \file
/// Cell-to-cell variation of one rate of a cell type.
#include <optional>

#include "src/parameters/rate.hpp"

namespace vesicast {

/// Every cell has its own multiplier of the rate, lognormal with mean 1 and this coefficient of variation.
struct Variation {
  std::optional<Rate> rate;  ///< nothing: receptors per cell
  double cv = 0.0;           ///< standard deviation/mean

  bool operator==(const Variation&) const = default;
};

}  // namespace vesicast
