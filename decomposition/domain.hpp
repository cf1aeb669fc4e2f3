#pragma once
/// \file
/// The grid cut among the ranks: who owns which voxel.
#include <mpi.h>

#include <array>

#include "decomposition/base/grid.hpp"
#include "decomposition/base/layout.hpp"

namespace vesicast {

class Domain {
 public:
  /// Cuts `grid` over `comm` by `layout` (its size must be the communicator's). `periodic` per axis.
  /// Throws InputError if the layout does not fit or the grid has more voxels than PETSc's indices hold. Collective.
  Domain(MPI_Comm comm, const Grid& grid, const std::array<bool, 3>& periodic, const Layout& layout);

  /// Throws InputError where a grid has more voxels than PETSc's indices hold. Local.
  static void require_indexable(const Grid& grid);

  [[nodiscard]] MPI_Comm comm() const { return comm_; }
  [[nodiscard]] int rank() const { return rank_; }
  [[nodiscard]] int size() const { return size_; }
  [[nodiscard]] const Grid& grid() const { return grid_; }
  [[nodiscard]] const Layout& layout() const { return layout_; }
  [[nodiscard]] const std::array<bool, 3>& periodic() const { return periodic_; }
  [[nodiscard]] const Box& owned() const { return owned_; }
  [[nodiscard]] std::int64_t owned_voxels() const { return owned_.volume(); }
  /// Rank that owns the voxel holding position `p` [um]. Pre: grid().contains(p).
  [[nodiscard]] int owner(const Vector3& p) const { return layout_.owner(grid_.voxel_of(p)); }

 private:
  MPI_Comm comm_;
  int rank_ = 0, size_ = 1;
  Grid grid_;
  std::array<bool, 3> periodic_;
  Layout layout_;
  Box owned_;
};

}  // namespace vesicast
