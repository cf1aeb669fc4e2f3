#pragma once
/// \file
/// In which order several sweeps of a stencil visit the rows, so that what one sweep wrote is still in cache when the
/// next reads it. Temporal blocking in skewed tiles (Wonnacott 2000; Frigo & Strumpen 2005): the order changes, what is
/// computed at a voxel does not. Pure.
#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "src/extracellular/sweep/shape.hpp"

namespace vesicast {

/// Calls `visit(stage, x0, x1, j0, j1, k)` for runs of rows that make up region[stage], for all stages. Stage s reads
/// what stage s-1 wrote at most one voxel away, and may overwrite what stage s-2 wrote: two buffers in turn are enough.
/// Tiles of `tile` rows in y and wave fronts in z move on by one voxel per stage. Pre: consecutive regions differ by at
/// most one voxel per side.
template <class Visit>
void sweep_blocked(std::span<const Box> region, std::int64_t tile, Visit&& visit) {
  const auto stages = static_cast<std::int64_t>(region.size());
  std::int64_t y_low = INT64_MAX, y_high = INT64_MIN, z_low = INT64_MAX, z_high = INT64_MIN;
  for (std::int64_t s = 0; s < stages; ++s) {
    const Box& r = region[static_cast<std::size_t>(s)];
    if (r.empty()) continue;
    y_low = std::min(y_low, r.lower[1] + s);
    y_high = std::max(y_high, r.upper[1] + s);
    z_low = std::min(z_low, r.lower[2] + s);
    z_high = std::max(z_high, r.upper[2] + s);
  }
  for (std::int64_t y = y_low; y < y_high; y += tile)
    for (std::int64_t wave = z_low; wave < z_high; ++wave)
      for (std::int64_t s = 0; s < stages; ++s) {
        const Box& r = region[static_cast<std::size_t>(s)];
        const std::int64_t k = wave - s;
        if (r.empty() || k < r.lower[2] || k >= r.upper[2]) continue;
        const std::int64_t first = std::max(r.lower[1], y - s), last = std::min(r.upper[1], y + tile - s);
        if (first < last) visit(static_cast<std::size_t>(s), r.lower[0], r.upper[0], first, last, k);
      }
}

/// The parts of `outer` that are not in `inner`, as at most six boxes. Pre: inner lies in outer, or is empty.
[[nodiscard]] inline std::vector<Box> frame(Box outer, const Box& inner) {
  if (outer.empty()) return {};
  if (inner.empty()) return {outer};
  std::vector<Box> parts;
  for (std::size_t a = 3; a-- > 0;) {
    Box low = outer, high = outer;
    low.upper[a] = inner.lower[a];
    high.lower[a] = inner.upper[a];
    for (const Box& part : {low, high})
      if (!part.empty()) parts.push_back(part);
    outer.lower[a] = inner.lower[a];
    outer.upper[a] = inner.upper[a];
  }
  return parts;
}

}  // namespace vesicast
