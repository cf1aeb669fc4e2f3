#pragma once
/// \file
/// Which voxels belong to a region.
#include <cstdint>
#include <span>
#include <vector>

#include "decomposition/domain.hpp"
#include "src/interstitium/maps.hpp"
#include "src/parameters/region.hpp"

namespace vesicast {

/// The owned voxels of a region (offsets in the owned box, increasing) and how many there are over all ranks.
struct RegionVoxels {
  std::vector<std::int64_t> owned;
  std::int64_t count = 0;
};

/// The voxels of `regions[index]`: those whose centre lies in its shape, or where its map has exactly the value
/// `label`. Throws AgreedError (bad input) where there is none. Collective.
[[nodiscard]] RegionVoxels voxels_of_region(std::span<const Region> regions, std::size_t index, const Domain& domain,
                                            Maps& maps);

/// `region "bone"`, or "region 2" (from 1) for one without a name.
[[nodiscard]] std::string region_title(std::span<const Region> regions, std::size_t index);

}  // namespace vesicast
