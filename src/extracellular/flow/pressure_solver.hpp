#pragma once
/// \file
/// The linear system of the pressure and its solver: conjugate gradients with geometric multigrid, through PETSc's KSP.
#include <petscksp.h>

#include "decomposition/petsc.hpp"
#include "src/extracellular/flow/darcy_stencil.hpp"
#include "src/extracellular/multigrid/interpolation.hpp"

namespace vesicast {

class PressureSolver {
 public:
  /// Assembles the matrix and the hierarchy; reads the options of prefix "flow_". Collective.
  PressureSolver(const DarcyStencil& stencil, const DarcyProblem& problem);

  /// Solves A x = b until |b - A x| <= max(rtol |b|, `absolute`). Throws NumericsError if the solver gives up; returns
  /// its iterations. Collective.
  int solve(Vec b, Vec x, double absolute);
  [[nodiscard]] int levels() const { return levels_; }
  /// The matrix's diagonal. Collective.
  [[nodiscard]] VecHandle diagonal() const;

 private:
  void assemble(const DarcyStencil& stencil, const DarcyProblem& problem, const MultigridLevel& numbering);
  void make_hierarchy(const DarcyStencil& stencil, const DarcyProblem& problem, const MultigridLevel& finest);

  MatHandle matrix_;
  petsc::Handle<KSP, KSPDestroy> ksp_;
  int levels_ = 1;
};

}  // namespace vesicast
