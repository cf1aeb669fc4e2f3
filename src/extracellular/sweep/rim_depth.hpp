#pragma once
/// \file
/// How deep the rim of the sweeps is. Pure.
#include <algorithm>
#include <cstdint>

namespace vesicast {

/// Voxels of rim at most: more would not pay.
inline constexpr int deepest_rim = 8;

/// Depth of the rim where the thinnest slab of voxels that has neighbours is `thinnest` voxels wide. Voxels of a deep
/// rim are computed twice: a sixth of a rank's extent keeps that below the cost of more messages.
[[nodiscard]] inline int rim_depth(std::int64_t thinnest) {
  const std::int64_t possible = std::clamp<std::int64_t>(thinnest, 1, deepest_rim);
  return static_cast<int>(std::clamp<std::int64_t>(thinnest / 6, std::min<std::int64_t>(possible, 2), possible));
}

}  // namespace vesicast
