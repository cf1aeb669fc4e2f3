#pragma once
/// \file
/// Simulated time as an integer count of ticks, so that a sum of steps never drifts.
#include <cmath>
#include <cstdint>

namespace vesicast {

/// Simulated time or a step, in ticks of one millisecond.
using Ticks = std::int64_t;
inline constexpr double seconds_per_tick = 1e-3;

[[nodiscard]] inline double to_seconds(Ticks t) {
  return static_cast<double>(t) * seconds_per_tick;
}
/// Nearest whole number of ticks to `seconds`.
[[nodiscard]] inline Ticks to_ticks(double seconds) {
  return std::llround(seconds / seconds_per_tick);
}

}  // namespace vesicast
