#pragma once
/// \file
/// Coarse levels of a multigrid preconditioner for (mass s + loss) x - div(K grad x), each discretised anew by finite
/// volumes: no coarse matrix is made from a finer one, so the finest needs none.
#include <petscksp.h>

#include <functional>

#include "decomposition/petsc.hpp"
#include "src/extracellular/multigrid/interpolation.hpp"

namespace vesicast {

/// What fluid carries out of an owned voxel of the finest grid through its lower (side 0) or upper (side 1) face
/// [um^3/s]; below 0 where it flows in.
using OutwardFlow = std::function<double(const Index3& voxel, std::size_t axis, std::size_t side)>;

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
  /// Adds first-order upwind advection to all coarse operators, each with the fluxes between its own cells, so that
  /// they conserve as the finest does. Once, before set_operators(). Collective.
  void add_flow(const Domain& domain, const OutwardFlow& outward);
  /// As configure(), for operators with a flow: smoothers are symmetric sweeps of Gauss and Seidel on each rank, which
  /// `finest`, an assembled matrix, must allow. Collective.
  void configure_with_flow(PC pc, Mat finest) const;
  /// Sets all coarse operators for per-voxel `mass` and `loss` of the finest grid and the shift s, by restricting both
  /// with the transposed interpolation. Collective.
  void set_operators(Vec mass, Vec loss, double shift);

 private:
  struct Grid {
    MultigridLevel level;
    MatHandle matrix;  ///< conductances off the diagonal; the diagonal is set anew
    VecHandle
        diffusion;    ///< sum of a cell's conductances and of what a flow carries out; 1 in cells of obstacles alone
    Index3 voxels{};  ///< of the finest grid along a cell's edges
    VecHandle mass, loss;
  };
  void set_up(PC pc, Mat finest) const;

  std::vector<Grid> grids_;    ///< next to the finest first
  std::vector<MatHandle> up_;  ///< interpolation from each of them to the next finer one
  double lowest_smoothed_ = 1.0 / 3.0;
};

}  // namespace vesicast
