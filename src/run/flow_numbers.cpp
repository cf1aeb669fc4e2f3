#include "src/run/flow_numbers.hpp"

#include <algorithm>
#include <cmath>

#include "src/parameters/parameters.hpp"

namespace vesicast {

FlowNumbers flow_numbers(const Model& model, const Site& site, double dt) {
  const Domain& domain = *site.domain;
  const Grid& grid = domain.grid();
  const std::size_t classes = model.parameters().vesicles.size();
  std::vector<double> largest(classes + 1, 0.0);  // of every class, and the velocity
  for (std::int64_t i = 0; i < domain.owned_voxels(); ++i) {
    const auto voxel = static_cast<std::size_t>(i);
    const double alpha = site.interstitium.fraction(model.parameters(), voxel);
    if (!(alpha > 0.0)) continue;
    for (std::size_t a = 0; a < grid.dimensions; ++a)
      for (std::size_t side = 0; side < 2; ++side) {
        const double velocity =
            std::abs(site.flow->field.through(domain.owned().voxel(i), a, side)) / grid.face_area(a);
        largest[classes] = std::max(largest[classes], velocity);
        for (std::size_t j = 0; j < classes; ++j)
          largest[j] =
              std::max(largest[j], velocity * grid.spacing[a] /
                                       (alpha * site.interstitium.diffusivity_of(model.parameters(), j, voxel)));
      }
  }
  MPI_Allreduce(MPI_IN_PLACE, largest.data(), static_cast<int>(largest.size()), MPI_DOUBLE, MPI_MAX, domain.comm());
  FlowNumbers n;
  n.largest_velocity = largest.back();
  largest.pop_back();
  n.peclet = std::move(largest);
  n.substeps = site.transport->advection_substeps(dt);
  return n;
}

}  // namespace vesicast
