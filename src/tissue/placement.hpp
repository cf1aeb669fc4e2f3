#pragma once
/// \file
/// Puts every cell of the tissue in its place. A pure function of the parameters and the tables: the same on every rank
/// and on any number of them.
#include <functional>
#include <vector>

#include "decomposition/base/grid.hpp"
#include "src/state/placed_cell.hpp"

namespace vesicast {

struct Parameters;

/// A site of a shape closer than this to a cell of a table or of an earlier shape is left empty [um].
inline constexpr double spot_radius = 0.5;

/// All cells of `parameters.tissue`, group after group in the order of the config, with ids 0...n-1.
///
/// A shape's cells stand on a jittered lattice (src/tissue/lattice.hpp) of the asked number density; none leaves the
/// shape or the domain, and no two of them come closer than minimum_separation() of that lattice. How many a density
/// gives scatters about density times volume by some 0.4 of the square root of that number, with the seed. `count`
/// gives exactly that many: the lattice is made about 3 % finer, or as fine as it takes, and the sites with the
/// smallest hash are kept. Several types share a group by exact quotas (largest remainder), dealt out in the order of
/// another hash. Sites within a shape named in `outside`, or within spot_radius of a cell of any table or of an earlier
/// shape, are left empty. The two sides of a periodic face are not compared. In 2-D every cell of a shape has z =
/// thickness/2. \param tables tables[i]: the cells of group i where it is a table (ids are given here), else empty
/// \throws InputError naming every group that has no cell, asks for more cells than fit (how many do), is denser than
///         spot_radius allows, or names an unknown cell type or shape
/// \param left_out is a voxel an obstacle? Cells of a shape with in_obstacle = "ignore" are left out there. Empty: none
///        is
/// \param first_of_group the id of the first cell of each group is appended; may be null
[[nodiscard]] std::vector<PlacedCell> place_cells(const Parameters& parameters, const Grid& grid,
                                                  const std::vector<std::vector<PlacedCell>>& tables,
                                                  const std::function<bool(const Index3& voxel)>& left_out = {},
                                                  std::vector<std::size_t>* first_of_group = nullptr);

}  // namespace vesicast
