#include "decomposition/domain.hpp"

#include <fmt/format.h>
#include <petscsys.h>

#include <limits>

#include "decomposition/base/error.hpp"

namespace vesicast {

Domain::Domain(MPI_Comm comm, const Grid& grid, const std::array<bool, 3>& periodic, const Layout& layout)
    : comm_(comm), grid_(grid), periodic_(periodic), layout_(layout) {
  MPI_Comm_rank(comm, &rank_);
  MPI_Comm_size(comm, &size_);
  if (layout.size() != size_)
    throw InputError(fmt::format("the domain is cut for {} ranks, but {} run", layout.size(), size_));
  require_indexable(grid);
  owned_ = layout.owned_by(rank_);
}

void Domain::require_indexable(const Grid& grid) {
  if (grid.size() > std::numeric_limits<PetscInt>::max())
    throw InputError(
        fmt::format("the grid has {} voxels, more than the {} that this PETSc's indices hold; use larger voxels or "
                    "build with a 64-bit-index PETSc",
                    grid.size(), std::numeric_limits<PetscInt>::max()));
}

}  // namespace vesicast
