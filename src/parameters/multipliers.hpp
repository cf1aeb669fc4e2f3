#pragma once
/// \file
/// The multipliers of one cell: a pure function of (seed, cell id, name of the rate, coefficient of variation), so that
/// they depend neither on rank and time nor on which other rates vary. Pure.
#include <cstdint>
#include <span>
#include <string_view>

#include "src/parameters/rates.hpp"
#include "src/parameters/variation.hpp"

namespace vesicast {

/// Lognormal with mean 1 and standard deviation `cv`: exp(s z - s^2/2), s^2 = ln(1 + cv^2), z standard normal. 1 where
/// `cv` is 0.
[[nodiscard]] double multiplier(std::uint64_t seed, std::int64_t cell, std::string_view name, double cv);

struct CellMultipliers {
  RateFactors rates;
  double receptors = 1.0;
};
[[nodiscard]] CellMultipliers multipliers_of(std::span<const Variation> variation, std::uint64_t seed,
                                             std::int64_t cell);

}  // namespace vesicast
