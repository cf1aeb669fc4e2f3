#pragma once
/// \file
/// The uniform voxel grid of the whole tissue: shape, spacing, positions. Pure: no MPI, no PETSc.
#include <cmath>

#include "decomposition/base/box.hpp"

namespace vesicast {

/// Uniform grid with its lower corner at the origin. A 2-D section is a grid of one voxel in z whose
/// spacing[2] is the slab's thickness and which has no faces in z.
struct Grid {
  Index3 voxels{1, 1, 1};          ///< number of voxels per axis
  Vector3 spacing{1.0, 1.0, 1.0};  ///< voxel edge per axis [um]
  std::size_t dimensions = 3;      ///< 2 or 3

  [[nodiscard]] Box box() const { return {{0, 0, 0}, voxels}; }
  [[nodiscard]] std::int64_t size() const { return voxels[0] * voxels[1] * voxels[2]; }
  [[nodiscard]] double voxel_volume() const { return spacing[0] * spacing[1] * spacing[2]; }         ///< [um^3]
  [[nodiscard]] double face_area(std::size_t axis) const { return voxel_volume() / spacing[axis]; }  ///< [um^2]
  [[nodiscard]] double length(std::size_t axis) const { return spacing[axis] * static_cast<double>(voxels[axis]); }
  [[nodiscard]] std::int64_t global_index(const Index3& v) const { return box().offset(v); }
  [[nodiscard]] Vector3 centre(const Index3& v) const {
    Vector3 c{};
    for (std::size_t a = 0; a < 3; ++a) c[a] = (static_cast<double>(v[a]) + 0.5) * spacing[a];
    return c;
  }
  /// Is `p` [um] inside the domain? The upper faces belong to it, so that a cell measured exactly on the rim is kept.
  [[nodiscard]] bool contains(const Vector3& p) const {
    for (std::size_t a = 0; a < 3; ++a)
      if (!(p[a] >= 0.0 && p[a] <= length(a))) return false;
    return true;
  }
  /// The voxel that holds `p`; a point on an upper face belongs to the last voxel. Pre: contains(p).
  [[nodiscard]] Index3 voxel_of(const Vector3& p) const {
    Index3 v{};
    for (std::size_t a = 0; a < 3; ++a) {
      const auto i = static_cast<std::int64_t>(std::floor(p[a] / spacing[a]));
      v[a] = std::clamp<std::int64_t>(i, 0, voxels[a] - 1);
    }
    return v;
  }
};

}  // namespace vesicast
