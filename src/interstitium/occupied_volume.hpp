#pragma once
/// \file
/// How much of each voxel cells fill, wherever the cells' ranks are.
#include <cstdint>
#include <span>
#include <vector>

#include "decomposition/domain.hpp"
#include "src/parameters/cell_type.hpp"
#include "src/state/state.hpp"

namespace vesicast {

/// Volume of cells in each owned voxel, in volume_unit (src/tissue/sphere_volume.hpp), from the spheres of the cells of
/// all ranks, their radius by the cell type that they began as. Overlapping spheres count twice. The same numbers on
/// any number of ranks, since whole numbers are added. Collective.
[[nodiscard]] std::vector<std::int64_t> occupied_volume(const Domain& domain, const Cells& cells,
                                                        std::span<const CellType> types);

}  // namespace vesicast
