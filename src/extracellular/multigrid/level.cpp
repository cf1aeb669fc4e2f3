#include "src/extracellular/multigrid/level.hpp"

#include <petscis.h>

#include <algorithm>
#include <limits>
#include <numbers>

namespace vesicast {
namespace {

/// Numbers the cells and allocates the values of a level whose cells, layout and periodic axes are set.
void number_cells(MPI_Comm comm, MultigridLevel& level) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  level.owned = level.layout.owned_by(rank);
  level.first_row.assign(1, 0);
  for (int r = 0; r < level.layout.size(); ++r)
    level.first_row.push_back(level.first_row.back() + level.layout.owned_by(r).volume());
  for (VecHandle& k : level.conductivity) k = make_vector(comm, level.owned.volume());
  level.alive = make_vector(comm, level.owned.volume());
}

}  // namespace

PetscInt MultigridLevel::row(Index3 cell) const {
  for (std::size_t a = 0; a < 3; ++a) {
    if (periodic[a]) cell[a] = (cell[a] + cells[a]) % cells[a];
    if (cell[a] < 0 || cell[a] >= cells[a]) return -1;
  }
  const int owner = layout.owner(cell);
  return static_cast<PetscInt>(first_row[static_cast<std::size_t>(owner)] + layout.owned_by(owner).offset(cell));
}

std::int64_t MultigridLevel::place(PetscInt row) const {
  const auto above = std::upper_bound(first_row.begin(), first_row.end(), static_cast<std::int64_t>(row));
  const auto owner = static_cast<std::size_t>(above - first_row.begin()) - 1;
  return place_of(layout.owned_by(static_cast<int>(owner)).voxel(row - first_row[owner]));
}

MultigridLevel finest_level(const Domain& domain, std::span<const double> conductivity) {
  MultigridLevel level;
  level.cells = domain.grid().voxels;
  level.spacing = domain.grid().spacing;
  level.periodic = domain.periodic();
  level.layout = domain.layout();
  number_cells(domain.comm(), level);
  for (const VecHandle& k : level.conductivity)
    std::copy(conductivity.begin(), conductivity.end(), WriteScope(k.get()).values().begin());
  const WriteScope alive(level.alive.get());
  for (std::size_t i = 0; i < conductivity.size(); ++i) alive.values()[i] = conductivity[i] > 0.0 ? 1.0 : 0.0;
  return level;
}

std::array<bool, 3> axes_to_coarsen(const MultigridLevel& level) {
  double smallest = std::numeric_limits<double>::infinity();
  for (std::size_t a = 0; a < 3; ++a)
    if (level.cells[a] > 1) smallest = std::min(smallest, level.spacing[a]);
  std::array<bool, 3> axes{};
  for (std::size_t a = 0; a < 3; ++a) axes[a] = level.cells[a] > 1 && level.spacing[a] < std::numbers::sqrt2 * smallest;
  return axes;
}

MultigridLevel coarsened(MPI_Comm comm, const MultigridLevel& fine, const std::array<bool, 3>& axes) {
  MultigridLevel coarse;
  coarse.periodic = fine.periodic;
  coarse.layout.ranks = fine.layout.ranks;
  Index3 factor{};
  for (std::size_t a = 0; a < 3; ++a) {
    factor[a] = axes[a] ? 2 : 1;
    coarse.cells[a] = (fine.cells[a] + factor[a] - 1) / factor[a];
    coarse.spacing[a] = fine.spacing[a] * static_cast<double>(factor[a]);
    std::int64_t end = 0, taken = 0;
    for (const std::int64_t width : fine.layout.ownership[a]) {
      end += width;
      const std::int64_t upper = (end + factor[a] - 1) / factor[a];
      coarse.layout.ownership[a].push_back(upper - taken);
      taken = upper;
    }
  }
  number_cells(comm, coarse);

  const auto children_of = [&](const Index3& lower, const Index3& upper) {
    Box b;
    for (std::size_t a = 0; a < 3; ++a) {
      b.lower[a] = lower[a] * factor[a];
      b.upper[a] = std::min(upper[a] * factor[a], fine.cells[a]);
    }
    return b;
  };
  const Box all = children_of(coarse.owned.lower, coarse.owned.upper);
  const auto children = [&](std::size_t cell) {
    const Index3 c = coarse.owned.voxel(static_cast<std::int64_t>(cell));
    return children_of(c, {c[0] + 1, c[1] + 1, c[2] + 1});
  };
  const auto n = static_cast<std::size_t>(coarse.owned.volume());
  for (std::size_t a = 0; a < 3; ++a) {
    const auto k = gather_box(fine, fine.conductivity[a].get(), all);
    const WriteScope mean(coarse.conductivity[a].get());
    for (std::size_t i = 0; i < n; ++i) {
      const Box box = children(i);
      Box lines = box;
      lines.upper[a] = lines.lower[a] + 1;
      double sum = 0.0;
      for (std::int64_t l = 0; l < lines.volume(); ++l) {
        Index3 v = lines.voxel(l);
        double resistance = 0.0;
        for (; v[a] < box.upper[a]; ++v[a]) resistance += 1.0 / k[static_cast<std::size_t>(all.offset(v))];
        sum += static_cast<double>(box.extent(a)) / resistance;  // 0 where a child's K is 0
      }
      mean.values()[i] = sum / static_cast<double>(lines.volume());
    }
  }
  const auto alive = gather_box(fine, fine.alive.get(), all);
  const WriteScope any(coarse.alive.get());
  for (std::size_t i = 0; i < n; ++i) {
    const Box box = children(i);
    for (std::int64_t c = 0; c < box.volume(); ++c)
      any.values()[i] = std::max(any.values()[i], alive[static_cast<std::size_t>(all.offset(box.voxel(c)))]);
  }
  return coarse;
}

std::vector<PetscInt> foreign_entries(const Box& owned, PetscInt most) {
  const Box inner = owned.grown({-2, -2, -2});
  std::vector<PetscInt> entries(static_cast<std::size_t>(owned.volume()));
  for (std::size_t i = 0; i < entries.size(); ++i)
    entries[i] = inner.contains(owned.voxel(static_cast<std::int64_t>(i))) ? 0 : most;
  return entries;
}

std::vector<double> gather_box(const MultigridLevel& level, Vec values, const Box& box) {
  std::vector<PetscInt> rows, targets;
  for (std::int64_t i = 0; i < box.volume(); ++i) {
    const PetscInt row = level.row(box.voxel(i));
    if (row < 0) continue;
    rows.push_back(row);
    targets.push_back(static_cast<PetscInt>(i));
  }
  using IndexSet = petsc::Handle<IS, ISDestroy>;
  using Scatter = petsc::Handle<VecScatter, VecScatterDestroy>;
  std::vector<double> gathered(static_cast<std::size_t>(box.volume()), 0.0);
  VecHandle target;
  petsc::check(
      VecCreateSeqWithArray(PETSC_COMM_SELF, 1, static_cast<PetscInt>(gathered.size()), gathered.data(), target.out()));
  const auto n = static_cast<PetscInt>(rows.size());
  IndexSet from, to;
  petsc::check(ISCreateGeneral(PETSC_COMM_SELF, n, rows.data(), PETSC_USE_POINTER, from.out()));
  petsc::check(ISCreateGeneral(PETSC_COMM_SELF, n, targets.data(), PETSC_USE_POINTER, to.out()));
  Scatter scatter;
  petsc::check(VecScatterCreate(values, from.get(), target.get(), to.get(), scatter.out()));
  petsc::check(VecScatterBegin(scatter.get(), values, target.get(), INSERT_VALUES, SCATTER_FORWARD));
  petsc::check(VecScatterEnd(scatter.get(), values, target.get(), INSERT_VALUES, SCATTER_FORWARD));
  return gathered;
}

}  // namespace vesicast
