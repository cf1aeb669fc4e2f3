#include "src/interstitium/region_voxels.hpp"

#include <fmt/format.h>

#include "decomposition/base/error.hpp"
#include "src/tissue/shapes.hpp"

namespace vesicast {
namespace {

std::string nothing_inside(const std::string& title, const Region& region, const Grid& grid) {
  if (region.map)
    return fmt::format("{} holds no voxel: \"{}\" of {} is nowhere {}", title, region.map->array, region.map->file,
                       region.label);
  return fmt::format("{} holds no voxel: no centre of a voxel ({:.6g} x {:.6g} x {:.6g} um) lies in its shape", title,
                     grid.spacing[0], grid.spacing[1], grid.spacing[2]);
}

}  // namespace

std::string region_title(std::span<const Region> regions, std::size_t index) {
  const std::string& name = regions[index].name;
  return name.empty() ? fmt::format("region {}", index + 1) : fmt::format("region \"{}\"", name);
}

RegionVoxels voxels_of_region(std::span<const Region> regions, std::size_t index, const Domain& domain, Maps& maps) {
  const Region& region = regions[index];
  const std::vector<double>* label = region.map ? &maps.labels(*region.map) : nullptr;
  RegionVoxels voxels;
  for (std::int64_t i = 0; i < domain.owned_voxels(); ++i)
    if (label != nullptr ? (*label)[static_cast<std::size_t>(i)] == region.label
                         : inside(region, domain.grid().centre(domain.owned().voxel(i)), domain.grid()))
      voxels.owned.push_back(i);
  voxels.count = static_cast<std::int64_t>(voxels.owned.size());
  MPI_Allreduce(MPI_IN_PLACE, &voxels.count, 1, MPI_INT64_T, MPI_SUM, domain.comm());
  if (voxels.count == 0)
    throw AgreedError(ExitCode::bad_input, nothing_inside(region_title(regions, index), region, domain.grid()));
  return voxels;
}

}  // namespace vesicast
