#include "src/extracellular/flow/pressure_solver.hpp"

#include <fmt/format.h>

#include "decomposition/base/error.hpp"
#include "src/extracellular/multigrid/galerkin.hpp"

namespace vesicast {
namespace {

/// What conjugate gradients' own residual is asked for; the true one ends at rounding.
constexpr double relative_tolerance = 1e-14;
/// The part of the eigenvalues that the smoothers are to damp, from above.
constexpr double smoothed_share = 0.1;

std::vector<double> conductivities(const DarcyStencil& stencil) {
  std::vector<double> k(static_cast<std::size_t>(stencil.domain().owned_voxels()));
  for (std::size_t i = 0; i < k.size(); ++i) k[i] = stencil.conductivity(stencil.owned(i));
  return k;
}

HeldFaces held_faces(const DarcyProblem& problem) {
  HeldFaces held{};
  for (std::size_t a = 0; a < 3; ++a)
    for (std::size_t side = 0; side < 2; ++side) held[a][side] = problem.boundary[a][side].pressure.has_value();
  return held;
}

/// What an owned voxel gives to vessels and held faces per pressure [um^3/(Pa s)]; 1 where no fluid moves.
double loss(const DarcyStencil& stencil, const DarcyProblem& problem, std::size_t i) {
  if (!stencil.moves(i)) return 1.0;
  double sum = 0.0;
  for (const VesselExchange* vessels : {&problem.blood, &problem.lymph})
    if (!vessels->conductance.empty()) sum += vessels->conductance[i] * stencil.domain().grid().voxel_volume();
  for (std::size_t a = 0; a < stencil.domain().grid().dimensions; ++a)
    for (std::size_t side = 0; side < 2; ++side)
      if (const DarcyStencil::Face f = stencil.face(stencil.owned(i), a, side); f.wall) sum += f.conductance;
  return sum;
}

MatHandle assembled(const DarcyStencil& stencil, const DarcyProblem& problem, const MultigridLevel& numbering) {
  const Domain& domain = stencil.domain();
  const std::size_t dimensions = domain.grid().dimensions;
  const Box& owned = domain.owned();
  const auto n = static_cast<std::size_t>(owned.volume());
  const PetscInt first = numbering.row(owned.lower);
  const auto row_entries = static_cast<PetscInt>(2 * dimensions + 1);
  const auto foreign = foreign_entries(owned, row_entries - 1);
  MatHandle matrix;
  petsc::check(MatCreateAIJ(domain.comm(), static_cast<PetscInt>(n), static_cast<PetscInt>(n), PETSC_DETERMINE,
                            PETSC_DETERMINE, row_entries, nullptr, 0, foreign.data(), matrix.out()));
  for (std::size_t i = 0; i < n; ++i) {
    const Index3 v = stencil.owned(i);
    const PetscInt row = first + static_cast<PetscInt>(i);
    double diagonal = loss(stencil, problem, i);
    for (std::size_t a = 0; a < dimensions; ++a)
      for (std::size_t side = 0; side < 2; ++side) {
        const DarcyStencil::Face f = stencil.face(v, a, side);
        if (f.conductance == 0.0 || f.wall) continue;
        diagonal += f.conductance;
        const PetscInt column =
            owned.contains(f.beyond) ? first + static_cast<PetscInt>(owned.offset(f.beyond)) : numbering.row(f.beyond);
        petsc::check(MatSetValue(matrix.get(), row, column, -f.conductance, ADD_VALUES));
      }
    petsc::check(MatSetValue(matrix.get(), row, row, diagonal, ADD_VALUES));
  }
  petsc::check(MatAssemblyBegin(matrix.get(), MAT_FINAL_ASSEMBLY));
  petsc::check(MatAssemblyEnd(matrix.get(), MAT_FINAL_ASSEMBLY));
  petsc::check(MatSetOption(matrix.get(), MAT_SYMMETRIC, PETSC_TRUE));
  return matrix;
}

}  // namespace

PressureSolver::PressureSolver(const DarcyStencil& stencil, const DarcyProblem& problem)
    : finest_(finest_level(stencil.domain(), conductivities(stencil))), entries_(assembled(stencil, problem, finest_)) {
  MPI_Comm comm = stencil.domain().comm();
  matrices_.emplace_back(entries_.get(), finest_);
  petsc::check(KSPCreate(comm, ksp_.out()));
  petsc::check(KSPSetOptionsPrefix(ksp_.get(), "flow_"));
  petsc::check(KSPSetType(ksp_.get(), KSPCG));
  petsc::check(KSPSetNormType(ksp_.get(), KSP_NORM_UNPRECONDITIONED));
  petsc::check(KSPSetTolerances(ksp_.get(), relative_tolerance, PETSC_DEFAULT, PETSC_DEFAULT, PETSC_DEFAULT));
  PC pc = nullptr;
  petsc::check(KSPGetPC(ksp_.get(), &pc));
  Mat a = matrices_.front().mat();
  petsc::check(KSPSetOperators(ksp_.get(), a, a));
  make_hierarchy(problem, pc);
  petsc::check(KSPSetFromOptions(ksp_.get()));
  PetscBool plain = PETSC_FALSE;
  petsc::check(
      PetscObjectTypeCompareAny(reinterpret_cast<PetscObject>(pc), &plain, PCMG, PCSHELL, PCJACOBI, PCNONE, ""));
  if (plain)
    entries_ = {};
  else
    petsc::check(KSPSetOperators(ksp_.get(), matrices_.front().mat(), entries_.get()));
}

void PressureSolver::make_hierarchy(const DarcyProblem& problem, PC pc) {
  MPI_Comm comm = PetscObjectComm(reinterpret_cast<PetscObject>(pc));
  coarser_ = coarser_levels(comm, finest_, held_faces(problem), true);
  const MultigridLevel* fine = &finest_;
  MatHandle made;
  Mat finer = entries_.get();
  for (CoarserLevel& c : coarser_) {
    MatHandle next = galerkin_product(finer, *fine, c);
    matrices_.emplace_back(next.get(), c.level);
    c.up_entries = {};
    c.down_entries = {};
    made = std::move(next);
    finer = made.get();
    fine = &c.level;
  }
  direct_ = std::make_unique<DirectSolver>(matrices_.back(), *fine);
  if (coarser_.empty()) {
    direct_->configure(pc);
    return;
  }
  std::vector<const CoarserLevel*> below;
  std::vector<Mat> operators;
  for (const CoarserLevel& c : coarser_) below.push_back(&c);
  for (const OrderFreeMatrix& m : matrices_) operators.push_back(m.mat());
  make_v_cycle(pc, below, operators, *direct_);
  for (int l = 1; l < levels(); ++l) {
    KSP smoother = nullptr;
    petsc::check(PCMGGetSmoother(pc, l, &smoother));
    const double largest = largest_eigenvalue(matrices_[static_cast<std::size_t>(levels() - 1 - l)]);
    petsc::check(KSPChebyshevSetEigenvalues(smoother, largest, smoothed_share * largest));
  }
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
  petsc::check(MatCreateVecs(matrices_.front().mat(), d.out(), nullptr));
  petsc::check(MatGetDiagonal(matrices_.front().mat(), d.get()));
  return d;
}

}  // namespace vesicast
