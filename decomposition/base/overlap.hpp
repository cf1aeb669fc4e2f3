#pragma once
/// \file
/// Which parts of a cut share voxels or faces with a box. Pure: no MPI, no PETSc.
#include <optional>
#include <vector>

#include "decomposition/base/layout.hpp"

namespace vesicast {

/// What a value per index of a box belongs to: a voxel, or the lower face of a voxel along one axis (0, 1 or 2), where
/// the box of a part has one layer more than voxels, its upper faces.
struct Centring {
  std::optional<std::size_t> face_axis;  ///< nothing: voxels

  friend bool operator==(const Centring&, const Centring&) = default;
};
inline constexpr Centring in_voxels{};
[[nodiscard]] constexpr Centring on_faces(std::size_t axis) {
  return {axis};
}

/// All that a part of a cut has values of: its voxels, or its faces along an axis, lower and upper.
[[nodiscard]] Box values_of_part(const Layout& layout, int part, Centring centring);

/// Of these, what the part passes on: every value of the grid belongs to one part. A face goes with the voxel above it;
/// the upper faces of the grid go with the voxel below.
[[nodiscard]] Box values_passed_on(const Layout& layout, int part, Centring centring);

/// A part of a cut, and what it shares with a box.
struct Overlap {
  int part = 0;
  Box box;

  friend bool operator==(const Overlap&, const Overlap&) = default;
};

/// The parts of `layout` that own voxels of `box`, by their number, and which. Looks at no part that has none.
[[nodiscard]] std::vector<Overlap> overlaps(const Layout& layout, const Box& box);

}  // namespace vesicast
