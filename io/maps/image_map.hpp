#pragma once
/// \file
/// Maps from VTK images.
#include <vector>

#include "decomposition/base/grid.hpp"
#include "src/parameters/faces.hpp"

namespace vesicast::io {

/// Cell data of a VTK XML image (ImageData, any encoding and number type) in the voxels of `part`:
/// values[component x voxels of part + voxel], x fastest. The image must have as many voxels along each axis as the
/// grid, of the same edges (to 1e-6 of them); its origin is not used. In 2-D it is one voxel thick or flat, and its z
/// spacing is not used.
///
/// Throws InputError if the file cannot be read, is turned, has another grid (both are named), has no such array or one
/// with another number of components, or if a value anywhere in it is not finite (the first voxel is named). Local.
[[nodiscard]] std::vector<double> read_image_map(const MapFile& map, const Grid& grid, const Box& part, int components);

}  // namespace vesicast::io
