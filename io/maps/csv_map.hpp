#pragma once
/// \file
/// Maps from comma-separated tables.
#include <string>
#include <vector>

#include "decomposition/base/grid.hpp"
#include "src/parameters/faces.hpp"

namespace vesicast::io {

/// A map from the text of a CSV with a header: the columns `x`, `y`, `z` [um], the centre of a voxel to 1 % of its
/// edges, and its value in the column `map.array`, or with 3 components in `map.array` followed by _x, _y and _z. Every
/// voxel of the grid has one row, in any order. In 2-D the z columns are not read (a z component is 0). Returns
/// values[component x voxels of part + voxel], x fastest.
///
/// Throws InputError with everything that is wrong, a line each: columns, numbers, positions that are no centre, voxels
/// that come twice (20 of these at most are listed), voxels without a row. Local.
[[nodiscard]] std::vector<double> read_csv_map(const MapFile& map, const std::string& contents, const Grid& grid,
                                               const Box& part, int components);

}  // namespace vesicast::io
