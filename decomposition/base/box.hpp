#pragma once
/// \file
/// Index arithmetic on boxes of voxels. Pure: no MPI, no PETSc.
#include <algorithm>
#include <array>
#include <cstdint>

namespace vesicast {

/// A voxel's (i, j, k); x varies fastest in every array of the program.
using Index3 = std::array<std::int64_t, 3>;
/// A position or a length per axis [um].
using Vector3 = std::array<double, 3>;

/// Half-open box of voxels [lower, upper) in global indices.
struct Box {
  Index3 lower{0, 0, 0};
  Index3 upper{0, 0, 0};

  [[nodiscard]] std::int64_t extent(std::size_t axis) const { return upper[axis] - lower[axis]; }
  [[nodiscard]] Index3 extents() const { return {extent(0), extent(1), extent(2)}; }
  [[nodiscard]] bool empty() const { return extent(0) <= 0 || extent(1) <= 0 || extent(2) <= 0; }
  [[nodiscard]] std::int64_t volume() const { return empty() ? 0 : extent(0) * extent(1) * extent(2); }
  [[nodiscard]] bool contains(const Index3& v) const {
    for (std::size_t a = 0; a < 3; ++a)
      if (v[a] < lower[a] || v[a] >= upper[a]) return false;
    return true;
  }
  /// Offset of global voxel `v` in an array that covers this box. Pre: contains(v).
  [[nodiscard]] std::int64_t offset(const Index3& v) const {
    return (v[0] - lower[0]) + extent(0) * ((v[1] - lower[1]) + extent(1) * (v[2] - lower[2]));
  }
  /// Inverse of offset().
  [[nodiscard]] Index3 voxel(std::int64_t offset) const {
    const std::int64_t nx = extent(0), ny = extent(1);
    return {lower[0] + offset % nx, lower[1] + (offset / nx) % ny, lower[2] + offset / (nx * ny)};
  }
  [[nodiscard]] Box grown(const Index3& by) const {
    Box b = *this;
    for (std::size_t a = 0; a < 3; ++a) {
      b.lower[a] -= by[a];
      b.upper[a] += by[a];
    }
    return b;
  }
  [[nodiscard]] Box shifted(const Index3& by) const {
    Box b = *this;
    for (std::size_t a = 0; a < 3; ++a) {
      b.lower[a] += by[a];
      b.upper[a] += by[a];
    }
    return b;
  }
  [[nodiscard]] Box intersect(const Box& o) const {
    Box b;
    for (std::size_t a = 0; a < 3; ++a) {
      b.lower[a] = std::max(lower[a], o.lower[a]);
      b.upper[a] = std::max(b.lower[a], std::min(upper[a], o.upper[a]));
    }
    return b;
  }
  friend bool operator==(const Box&, const Box&) = default;
};

}  // namespace vesicast
