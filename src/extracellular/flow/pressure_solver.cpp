#include "src/extracellular/flow/pressure_solver.hpp"

#include <fmt/format.h>

#include "decomposition/base/error.hpp"
#include "src/extracellular/multigrid/hierarchy.hpp"

namespace vesicast {
namespace {

/// What conjugate gradients' own residual is asked for; the true one ends at rounding.
constexpr double relative_tolerance = 1e-14;

std::vector<double> conductivities(const DarcyStencil& stencil) {
  std::vector<double> k(static_cast<std::size_t>(stencil.domain().owned_voxels()));
  for (std::size_t i = 0; i < k.size(); ++i) k[i] = stencil.conductivity(stencil.owned(i));
  return k;
}

}  // namespace

PressureSolver::PressureSolver(const DarcyStencil& stencil, const DarcyProblem& problem) {
  MPI_Comm comm = stencil.domain().comm();
  const MultigridLevel finest = finest_level(stencil.domain(), conductivities(stencil));
  assemble(stencil, problem, finest);
  petsc::check(KSPCreate(comm, ksp_.out()));
  petsc::check(KSPSetOptionsPrefix(ksp_.get(), "flow_"));
  petsc::check(KSPSetOperators(ksp_.get(), matrix_.get(), matrix_.get()));
  petsc::check(KSPSetType(ksp_.get(), KSPCG));
  petsc::check(KSPSetNormType(ksp_.get(), KSP_NORM_UNPRECONDITIONED));
  petsc::check(KSPSetTolerances(ksp_.get(), relative_tolerance, PETSC_DEFAULT, PETSC_DEFAULT, PETSC_DEFAULT));
  make_hierarchy(stencil, problem, finest);
  petsc::check(KSPSetFromOptions(ksp_.get()));
}

void PressureSolver::assemble(const DarcyStencil& stencil, const DarcyProblem& problem,
                              const MultigridLevel& numbering) {
  const Domain& domain = stencil.domain();
  const std::size_t dimensions = domain.grid().dimensions;
  const Box& owned = domain.owned();
  const auto n = static_cast<std::size_t>(owned.volume());
  const PetscInt first = numbering.row(owned.lower);
  const auto row_entries = static_cast<PetscInt>(2 * dimensions + 1);
  const auto foreign = foreign_entries(owned, row_entries - 1);
  petsc::check(MatCreateAIJ(domain.comm(), static_cast<PetscInt>(n), static_cast<PetscInt>(n), PETSC_DETERMINE,
                            PETSC_DETERMINE, row_entries, nullptr, 0, foreign.data(), matrix_.out()));
  for (std::size_t i = 0; i < n; ++i) {
    const Index3 v = stencil.owned(i);
    const PetscInt row = first + static_cast<PetscInt>(i);
    double diagonal = stencil.moves(i) ? 0.0 : 1.0;
    for (const VesselExchange* vessels : {&problem.blood, &problem.lymph})
      if (stencil.moves(i) && !vessels->conductance.empty())
        diagonal += vessels->conductance[i] * domain.grid().voxel_volume();
    for (std::size_t a = 0; a < dimensions; ++a)
      for (std::size_t side = 0; side < 2; ++side) {
        const DarcyStencil::Face f = stencil.face(v, a, side);
        if (f.conductance == 0.0) continue;
        diagonal += f.conductance;
        if (f.wall) continue;
        const PetscInt column =
            owned.contains(f.beyond) ? first + static_cast<PetscInt>(owned.offset(f.beyond)) : numbering.row(f.beyond);
        petsc::check(MatSetValue(matrix_.get(), row, column, -f.conductance, ADD_VALUES));
      }
    petsc::check(MatSetValue(matrix_.get(), row, row, diagonal, ADD_VALUES));
  }
  petsc::check(MatAssemblyBegin(matrix_.get(), MAT_FINAL_ASSEMBLY));
  petsc::check(MatAssemblyEnd(matrix_.get(), MAT_FINAL_ASSEMBLY));
  petsc::check(MatSetOption(matrix_.get(), MAT_SYMMETRIC, PETSC_TRUE));
}

void PressureSolver::make_hierarchy(const DarcyStencil& stencil, const DarcyProblem& problem,
                                    const MultigridLevel& finest) {
  HeldFaces held{};
  for (std::size_t a = 0; a < 3; ++a)
    for (std::size_t side = 0; side < 2; ++side) held[a][side] = problem.boundary[a][side].pressure.has_value();
  std::vector<MatHandle> up;
  for (CoarserLevel& coarser : coarser_levels(stencil.domain().comm(), finest, held))
    up.push_back(std::move(coarser.up));
  levels_ = static_cast<int>(up.size()) + 1;
  PC pc = nullptr;
  petsc::check(KSPGetPC(ksp_.get(), &pc));
  if (levels_ == 1) {
    petsc::check(PCSetType(pc, PCREDUNDANT));  // PETSc's hierarchy of one grid would smooth it instead
    return;
  }
  make_v_cycle(pc, up);
  petsc::check(PCMGSetGalerkin(pc, PC_MG_GALERKIN_BOTH));
}

int PressureSolver::solve(Vec b, Vec x, double absolute) {
  double rtol = 0.0, divergence = 0.0;
  PetscInt most = 0, iterations = 0;
  petsc::check(KSPGetTolerances(ksp_.get(), &rtol, nullptr, &divergence, &most));
  petsc::check(KSPSetTolerances(ksp_.get(), rtol, absolute, divergence, most));
  petsc::check(KSPSolve(ksp_.get(), b, x));
  petsc::check(KSPGetIterationNumber(ksp_.get(), &iterations));
  KSPConvergedReason reason = KSP_CONVERGED_ITERATING;
  petsc::check(KSPGetConvergedReason(ksp_.get(), &reason));
  if (reason < 0) {
    const char* text = nullptr;
    petsc::check(KSPGetConvergedReasonString(ksp_.get(), &text));
    throw NumericsError(
        fmt::format("the solver of the interstitial pressure gave up after {} iterations: {}", iterations, text));
  }
  return static_cast<int>(iterations);
}

VecHandle PressureSolver::diagonal() const {
  VecHandle d;
  petsc::check(MatCreateVecs(matrix_.get(), d.out(), nullptr));
  petsc::check(MatGetDiagonal(matrix_.get(), d.get()));
  return d;
}

}  // namespace vesicast
