#include "decomposition/petsc_grid.hpp"

#include <array>
#include <vector>

namespace vesicast {

DmHandle make_petsc_grid(const Domain& domain) {
  const auto type = [&](std::size_t axis) { return domain.periodic()[axis] ? DM_BOUNDARY_PERIODIC : DM_BOUNDARY_NONE; };
  std::array<PetscInt, 3> n{}, p{};
  std::array<std::vector<PetscInt>, 3> widths;
  for (std::size_t a = 0; a < 3; ++a) {
    n[a] = static_cast<PetscInt>(domain.grid().voxels[a]);
    p[a] = static_cast<PetscInt>(domain.layout().ranks[a]);
    const auto& owned = domain.layout().ownership[a];
    for (const auto width : owned) widths[a].push_back(static_cast<PetscInt>(width));
  }
  DmHandle dm;
  if (domain.grid().dimensions == 2)
    petsc::check(DMDACreate2d(domain.comm(), type(0), type(1), DMDA_STENCIL_STAR, n[0], n[1], p[0], p[1], 1, 1,
                              widths[0].data(), widths[1].data(), dm.out()));
  else
    petsc::check(DMDACreate3d(domain.comm(), type(0), type(1), type(2), DMDA_STENCIL_STAR, n[0], n[1], n[2], p[0], p[1],
                              p[2], 1, 1, widths[0].data(), widths[1].data(), widths[2].data(), dm.out()));
  petsc::check(DMSetUp(dm.get()));
  return dm;
}

}  // namespace vesicast
