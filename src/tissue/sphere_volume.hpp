#pragma once
/// \file
/// How a cell's volume is spread over the voxels that its sphere overlaps. Pure: no MPI, no PETSc.
#include <array>
#include <cstdint>
#include <vector>

#include "decomposition/base/grid.hpp"

namespace vesicast {

/// Unit of a VolumeShare, as a share of a voxel's volume. Whole numbers of it add up to the same sum in any order; 64
/// bits hold 2^27 voxel volumes.
inline constexpr double volume_unit = 0x1p-36;

/// The part of a cell's volume in one voxel.
struct VolumeShare {
  Index3 voxel{};           ///< in the grid; a voxel may stand more than once where a cell wraps around a periodic axis
  std::int64_t amount = 0;  ///< in volume_unit, >= 0
};

/// Volume of a cell of `radius` [um] in the domain [um^3]: its sphere's; in 2-D that of the sphere centred in the slab
/// and cut by the slab's two planes, pi H (R^2 - H^2/12) where the thickness H is less than 2 R.
[[nodiscard]] double cell_volume(double radius, const Grid& grid);

/// The parts of the sphere of `radius` [um] around `centre` [um] in the voxels of the grid; in 2-D the cell stands in
/// the middle of the slab, whatever centre[2] is. What lies beyond a face that is not periodic is left out; a cell
/// without such a part gives cell_volume() to half a volume_unit.
///
/// Chords along z (in 2-D through the slab) are cut exactly at the voxel faces and summed over a grid of points in x
/// and y of spacing R/8 or less that has the voxel faces among its lines; the parts are then scaled to the exact
/// volume. A voxel's part errs by less than 0.5 % of the cell's volume (unit test TissueSphereVolume). Local.
[[nodiscard]] std::vector<VolumeShare> volume_shares(const Vector3& centre, double radius, const Grid& grid,
                                                     const std::array<bool, 3>& periodic);

}  // namespace vesicast
