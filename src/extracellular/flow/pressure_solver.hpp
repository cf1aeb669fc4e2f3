#pragma once
/// \file
/// The linear system of the pressure and its solver: conjugate gradients with geometric multigrid, through PETSc's KSP,
/// in sums whose order no cut of the grid changes.
#include <petscksp.h>

#include "src/extracellular/flow/darcy_stencil.hpp"
#include "src/extracellular/multigrid/hierarchy.hpp"

namespace vesicast {

class PressureSolver {
 public:
  /// Assembles the matrix and the hierarchy; reads the options of prefix "flow_". Collective.
  PressureSolver(const DarcyStencil& stencil, const DarcyProblem& problem);

  /// Solves A x = b until |b - A x| <= max(rtol |b|, `absolute`). Throws NumericsError if the solver gives up; returns
  /// its iterations. Collective.
  int solve(Vec b, Vec x, double absolute);
  [[nodiscard]] int levels() const { return static_cast<int>(matrices_.size()); }
  /// The matrix's diagonal. Collective.
  [[nodiscard]] VecHandle diagonal() const;

 private:
  void make_hierarchy(const DarcyProblem& problem, PC pc);

  MultigridLevel finest_;
  MatHandle entries_;  ///< of the finest grid, kept where the options name a preconditioner that wants them
  std::vector<CoarserLevel> coarser_;
  std::vector<OrderFreeMatrix> matrices_;  ///< of all grids, the finest first
  std::unique_ptr<DirectSolver> direct_;   ///< of the coarsest
  petsc::Handle<KSP, KSPDestroy> ksp_;
};

}  // namespace vesicast
