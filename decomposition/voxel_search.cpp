#include "decomposition/voxel_search.hpp"

#include <fmt/format.h>

#include <limits>

namespace vesicast {

FoundVoxels find_voxels(const Domain& domain, const std::function<bool(std::size_t)>& property) {
  FoundVoxels found;
  std::int64_t first = std::numeric_limits<std::int64_t>::max();
  for (std::int64_t i = domain.owned_voxels(); i-- > 0;) {
    if (!property(static_cast<std::size_t>(i))) continue;
    ++found.count;
    first = domain.grid().global_index(domain.owned().voxel(i));
  }
  MPI_Allreduce(MPI_IN_PLACE, &found.count, 1, MPI_INT64_T, MPI_SUM, domain.comm());
  MPI_Allreduce(MPI_IN_PLACE, &first, 1, MPI_INT64_T, MPI_MIN, domain.comm());
  if (found.count > 0) found.first = domain.grid().box().voxel(first);
  return found;
}

double value_of_voxel(const Domain& domain, std::span<const double> owned, const Index3& voxel) {
  double value = 0.0;
  if (domain.owned().contains(voxel)) value = owned[static_cast<std::size_t>(domain.owned().offset(voxel))];
  MPI_Bcast(&value, 1, MPI_DOUBLE, domain.layout().owner(voxel), domain.comm());
  return value;
}

std::string position_text(const Vector3& p) {
  return fmt::format("({:.6g}, {:.6g}, {:.6g}) um", p[0], p[1], p[2]);
}

std::string voxel_text(const Grid& grid, const Index3& v) {
  return fmt::format("voxel ({}, {}, {}), centre {}", v[0], v[1], v[2], position_text(grid.centre(v)));
}

}  // namespace vesicast
