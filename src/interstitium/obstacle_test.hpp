#pragma once
/// \file
/// Which voxels are obstacles, asked one by one before cells are placed.
#include <functional>

#include "decomposition/base/grid.hpp"
#include "src/interstitium/maps.hpp"

namespace vesicast {

struct Parameters;

/// Is a voxel of `grid` in a region that is an obstacle? Empty where there is no such region. Maps of labels are read
/// whole, by this process alone, and kept. Throws InputError as `reader` does. Local.
[[nodiscard]] std::function<bool(const Index3& voxel)> obstacle_test(const Parameters& parameters, const Grid& grid,
                                                                     const MapReader& reader);

}  // namespace vesicast
