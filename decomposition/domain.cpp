#include "decomposition/domain.hpp"

#include <fmt/format.h>

#include <limits>
#include <vector>

#include "decomposition/base/error.hpp"

namespace vesicast {
namespace {

std::vector<PetscInt> as_petsc(const std::vector<std::int64_t>& widths) {
  return {widths.begin(), widths.end()};
}

}  // namespace

Domain::Domain(MPI_Comm comm, const Grid& grid, const std::array<bool, 3>& periodic, const Layout& layout)
    : comm_(comm), grid_(grid), periodic_(periodic), layout_(layout) {
  MPI_Comm_rank(comm, &rank_);
  MPI_Comm_size(comm, &size_);
  if (layout.size() != size_)
    throw InputError(fmt::format("the domain is cut for {} ranks, but {} run", layout.size(), size_));
  if (grid.size() > std::numeric_limits<PetscInt>::max())
    throw InputError(
        fmt::format("the grid has {} voxels, more than the {} that this PETSc's indices hold; use larger voxels or "
                    "build with a 64-bit-index PETSc",
                    grid.size(), std::numeric_limits<PetscInt>::max()));
  owned_ = layout.owned_by(rank_);
}

DM Domain::dm() const {
  if (dm_) return dm_.get();
  const auto type = [&](int axis) { return periodic_[axis] ? DM_BOUNDARY_PERIODIC : DM_BOUNDARY_NONE; };
  std::array<PetscInt, 3> n{}, p{};
  std::array<std::vector<PetscInt>, 3> widths;
  for (int a = 0; a < 3; ++a) {
    n[a] = static_cast<PetscInt>(grid_.voxels[a]);
    p[a] = static_cast<PetscInt>(layout_.ranks[a]);
    widths[a] = as_petsc(layout_.ownership[a]);
  }
  if (grid_.dimensions == 2)
    petsc::check(DMDACreate2d(comm_, type(0), type(1), DMDA_STENCIL_STAR, n[0], n[1], p[0], p[1], 1, 1,
                              widths[0].data(), widths[1].data(), dm_.out()));
  else
    petsc::check(DMDACreate3d(comm_, type(0), type(1), type(2), DMDA_STENCIL_STAR, n[0], n[1], n[2], p[0], p[1], p[2],
                              1, 1, widths[0].data(), widths[1].data(), widths[2].data(), dm_.out()));
  petsc::check(DMSetUp(dm_.get()));
  return dm_.get();
}

}  // namespace vesicast
