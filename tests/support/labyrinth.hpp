#pragma once
/// \file
/// A flow that is as hard on a scheme as can be: it turns from voxel to voxel, between obstacles.
#include <cstdint>

#include "tests/support/carried.hpp"

namespace vesicast::test {

/// A number in [-1, 1) that depends on its arguments alone.
inline double noise(const Index3& v, std::size_t purpose) {
  std::uint64_t x = 0x9e3779b97f4a7c15U * static_cast<std::uint64_t>(purpose + 1);
  for (const std::int64_t i : v) {
    x = (x ^ static_cast<std::uint64_t>(i + 1)) * 0xbf58476d1ce4e5b9U;
    x ^= x >> 29;
  }
  return static_cast<double>(x >> 11) * 0x1p-52 - 1.0;
}

/// A periodic box of 14 x 12 x 13 voxels with obstacles, in which every edge is a vortex of random strength: fluid that
/// turns by 90 degrees from voxel to voxel, without divergence.
struct Labyrinth {
  Grid grid{{14, 12, 13}, {10.0, 8.0, 12.0}, 3};
  [[nodiscard]] Index3 wrapped(Index3 v) const {
    for (std::size_t a = 0; a < 3; ++a) v[a] = (v[a] + grid.voxels[a]) % grid.voxels[a];
    return v;
  }
  [[nodiscard]] bool solid(const Index3& v) const { return noise(wrapped(v), 3) < -0.9; }
  /// Circulation around the edge along `axis` at the lower corner of v; 0 at obstacles.
  [[nodiscard]] double edge(const Index3& v, std::size_t axis) const {
    const std::size_t b = (axis + 1) % 3, c = (axis + 2) % 3;
    for (int i = 0; i < 4; ++i) {
      Index3 w = v;
      w[b] -= i % 2;
      w[c] -= i / 2;
      if (solid(w)) return 0.0;
    }
    return 50.0 * noise(wrapped(v), axis);
  }
  [[nodiscard]] FaceFlux flux() const {
    return [*this](const Index3& v, std::size_t axis) {
      const std::size_t b = (axis + 1) % 3, c = (axis + 2) % 3;
      Index3 vb = v, vc = v;
      ++vb[b];
      ++vc[c];
      return (edge(vb, c) - edge(v, c)) - (edge(vc, b) - edge(v, b));
    };
  }
  [[nodiscard]] VoxelValue alpha() const {
    return [*this](const Index3& v) { return solid(v) ? 0.0 : 0.3 + 0.2 * noise(v, 4); };
  }
  [[nodiscard]] Carried carried(const VoxelValue& start, MPI_Comm comm = MPI_COMM_WORLD) const {
    return {grid, {true, true, true}, flux(), start, alpha(), comm};
  }
};

}  // namespace vesicast::test
