#pragma once
/// \file
/// The grids of a multigrid hierarchy for -div(K grad x) + ...: how they are coarsened, cut and numbered.
#include <vector>

#include "decomposition/domain.hpp"
#include "decomposition/field.hpp"

namespace vesicast {

/// One grid on this rank. Its cells are numbered rank by rank, x fastest within a rank's box, as a Field's are. A
/// coarse cell belongs to the owner of its lowest child, so a rank may own none.
struct MultigridLevel {
  Index3 cells{};
  Vector3 spacing{};  ///< of a cell that is not cut short by an odd extent [um]
  std::array<bool, 3> periodic{};
  Layout layout;
  Box owned;
  std::vector<std::int64_t> first_row;  ///< per rank, and the number of cells at the end
  /// K per owned cell, [axis]: harmonic mean along the axis, then arithmetic mean across it.
  std::array<VecHandle, 3> conductivity;
  VecHandle alive;  ///< per owned cell: 1 if K > 0 in any of its voxels, else 0

  /// Number of a cell, wrapped at periodic faces; -1 outside the grid.
  [[nodiscard]] PetscInt row(Index3 cell) const;
  /// Where a cell stands in the whole grid, x fastest, whatever the cut.
  [[nodiscard]] std::int64_t place_of(const Index3& cell) const {
    return cell[0] + cells[0] * (cell[1] + cells[1] * cell[2]);
  }
  /// The same of the cell of this number.
  [[nodiscard]] std::int64_t place(PetscInt row) const;
};

/// The domain's own grid, with K per owned voxel. Collective.
[[nodiscard]] MultigridLevel finest_level(const Domain& domain, std::span<const double> conductivity);

/// Axes along which cells are joined in pairs: those of more than one cell whose spacing is below sqrt(2) times the
/// smallest, so that the coupling of neighbours becomes alike along all axes.
[[nodiscard]] std::array<bool, 3> axes_to_coarsen(const MultigridLevel& level);

/// Cells 2i and 2i + 1 joined along these axes; the last one stays alone where the extent is odd. Collective.
[[nodiscard]] MultigridLevel coarsened(MPI_Comm comm, const MultigridLevel& fine, const std::array<bool, 3>& axes);

/// Per owned cell `most` if a matrix row of it, which reaches two cells far, may have entries of other ranks, else 0.
[[nodiscard]] std::vector<PetscInt> foreign_entries(const Box& owned, PetscInt most);

/// The values of all cells in `box`, whoever owns them, x fastest; 0 outside the grid. Collective.
[[nodiscard]] std::vector<double> gather_box(const MultigridLevel& level, Vec values, const Box& box);

}  // namespace vesicast
