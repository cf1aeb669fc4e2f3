#pragma once
/// \file
/// Finds voxels by what they hold, the same ones on any number of ranks, and names them.
#include <cstddef>
#include <functional>
#include <span>
#include <string>

#include "decomposition/domain.hpp"

namespace vesicast {

/// Voxels with a property, over all ranks.
struct FoundVoxels {
  std::int64_t count = 0;
  Index3 first{};  ///< the one with the lowest global index; means nothing where count is 0
};

/// Counts the voxels whose `property` holds, given their offset in the owned box. Collective.
[[nodiscard]] FoundVoxels find_voxels(const Domain& domain, const std::function<bool(std::size_t)>& property);

/// The value of a voxel, from its owner's array over the owned voxels. Collective.
[[nodiscard]] double value_of_voxel(const Domain& domain, std::span<const double> owned, const Index3& voxel);

/// "(12.5, 3, 40) um".
[[nodiscard]] std::string position_text(const Vector3& p);
/// "voxel (1, 0, 4), centre (15, 5, 45) um". Indices start at 0.
[[nodiscard]] std::string voxel_text(const Grid& grid, const Index3& voxel);

}  // namespace vesicast
