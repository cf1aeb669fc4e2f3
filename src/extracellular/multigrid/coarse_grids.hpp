#pragma once
/// \file
/// Coarse levels of a multigrid preconditioner for (mass s + loss) x - div(K grad x), each discretised anew by finite
/// volumes: no coarse matrix is made from a finer one, so the finest needs none.
#include <petscksp.h>

#include <functional>
#include <memory>

#include "src/extracellular/multigrid/gauss_seidel.hpp"
#include "src/extracellular/multigrid/hierarchy.hpp"

namespace vesicast {

/// What fluid carries out of an owned voxel of the finest grid through its lower (side 0) or upper (side 1) face
/// [um^3/s]; below 0 where it flows in.
using OutwardFlow = std::function<double(const Index3& voxel, std::size_t axis, std::size_t side)>;

class CoarseGrids {
 public:
  /// `conductivity`: K per owned voxel, 0 in obstacles. Coarsens until few enough cells are left to be solved directly.
  /// Collective.
  CoarseGrids(const Domain& domain, std::span<const double> conductivity, const HeldFaces& held);
  CoarseGrids(const CoarseGrids&) = delete;
  CoarseGrids& operator=(const CoarseGrids&) = delete;
  ~CoarseGrids() = default;

  /// Grids, the finest included.
  [[nodiscard]] int levels() const { return static_cast<int>(grids_.size()) + 1; }
  /// Makes `pc` a V-cycle (PCMG) of these grids below the operator of the finest; its solver's operators must be set.
  /// Smoothers are two steps of Chebyshev with Jacobi over the upper part of the exact bound [0, 2] of D^-1 A. The same
  /// bits on any cut if `finest` gives them. Where the finest is the only grid, `pc` becomes Jacobi. Must outlive its
  /// use. Collective.
  void configure(PC pc, Mat finest);
  /// Adds first-order upwind advection to all coarse operators, each with the fluxes between its own cells, so that
  /// they conserve as the finest does. Once, before set_operators(). Collective.
  void add_flow(const Domain& domain, const OutwardFlow& outward);
  /// As configure(), for operators with a flow: smoothers are symmetric sweeps of Gauss and Seidel in the order of the
  /// whole grid; the only grid is solved directly. Collective.
  void configure_with_flow(PC pc, const OrderFreeMatrix& finest);
  /// The finest grid, as its cells are numbered; without conductivities.
  [[nodiscard]] const MultigridLevel& finest() const { return finest_; }
  /// Sets all coarse operators for per-voxel `mass` and `loss` of the finest grid and the shift s, by restricting both
  /// with the transposed interpolation. Collective.
  void set_operators(Vec mass, Vec loss, double shift);

 private:
  struct Grid {
    CoarserLevel to;         ///< the grid, and the ways between it and the next finer one
    MatHandle entries;       ///< conductances and diagonal, until a flow has been added or not
    OrderFreeMatrix matrix;  ///< conductances off the diagonal; the diagonal is set anew
    /// Sum of a cell's conductances and of what a flow carries out; 1 in cells of obstacles alone.
    VecHandle diffusion;
    VecHandle mass, loss;
  };
  void set_up(PC pc, Mat finest);
  void add_face_flow(const Domain& domain, const OutwardFlow& outward, std::size_t axis, std::size_t side);

  MultigridLevel finest_;
  std::vector<Grid> grids_;  ///< next to the finest first; does not grow after construction
  std::unique_ptr<DirectSolver> coarsest_;
  std::vector<std::unique_ptr<GaussSeidel>> sweeps_;  ///< with a flow, of each grid but the coarsest
  double lowest_smoothed_ = 1.0 / 3.0;
};

}  // namespace vesicast
