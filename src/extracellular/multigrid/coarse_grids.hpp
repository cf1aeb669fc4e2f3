#pragma once
/// \file
/// Coarse levels of a multigrid preconditioner for (mass s + loss) x - div(K grad x), each discretised anew by finite
/// volumes: no coarse matrix is made from a finer one, so the finest needs none.
#include <petscksp.h>

#include "src/extracellular/multigrid/interpolation.hpp"

namespace vesicast {

class CoarseGrids {
 public:
  /// `conductivity`: K per owned voxel, 0 in obstacles. Coarsens until few enough cells are left to be solved directly.
  /// Collective.
  CoarseGrids(const Domain& domain, std::span<const double> conductivity, const HeldFaces& held);

  /// Grids, the finest included.
  [[nodiscard]] int levels() const { return static_cast<int>(grids_.size()) + 1; }
  /// Makes `pc` a V-cycle (PCMG) of these grids below the operator of the finest; `ksp`'s operators must be set.
  /// Smoothers are two steps of Chebyshev with Jacobi over the upper part of the exact bound [0, 2] of D^-1 A.
  /// Collective.
  void configure(PC pc, Mat finest) const;
  /// Sets all coarse operators for per-voxel `mass` and `loss` of the finest grid and the shift s, by restricting both
  /// with the transposed interpolation. Collective.
  void set_operators(Vec mass, Vec loss, double shift);

 private:
  struct Grid {
    MatHandle matrix;     ///< conductances off the diagonal; the diagonal is set anew
    VecHandle diffusion;  ///< sum of a cell's conductances; 1 in cells of obstacles alone
    VecHandle mass, loss;
  };
  std::vector<Grid> grids_;    ///< next to the finest first
  std::vector<MatHandle> up_;  ///< interpolation from each of them to the next finer one
  double lowest_smoothed_ = 1.0 / 3.0;
};

}  // namespace vesicast
