#include "src/extracellular/implicit/stationary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "decomposition/base/error.hpp"
#include "src/extracellular/implicit/concentration_operator.hpp"

namespace vesicast {
namespace {

constexpr double relative_tolerance = 1e-12;

}  // namespace

StationarySolve solve_stationary(const Domain& domain, const Operator& op, const SparseTerms& terms, Vec n,
                                 std::span<const double> further_loss) {
  ConcentrationOperator l(domain, op);
  l.set_terms(terms);
  if (!further_loss.empty()) l.add_loss(further_loss);
  StationarySolve solve;
  double sources = 0.0;
  petsc::check(VecNorm(l.source(), NORM_2, &sources));
  petsc::check(VecSet(n, 0.0));
  if (sources == 0.0) return solve;

  petsc::Handle<KSP, KSPDestroy> ksp;
  petsc::check(KSPCreate(domain.comm(), ksp.out()));
  petsc::check(KSPSetOptionsPrefix(ksp.get(), "stationary_"));
  petsc::check(KSPSetType(ksp.get(), KSPCG));
  petsc::check(KSPSetNormType(ksp.get(), KSP_NORM_UNPRECONDITIONED));
  petsc::check(KSPSetTolerances(ksp.get(), relative_tolerance, PETSC_DEFAULT, PETSC_DEFAULT, PETSC_DEFAULT));
  petsc::check(KSPSetOperators(ksp.get(), l.matrix(), l.matrix()));
  PC pc = nullptr;
  petsc::check(KSPGetPC(ksp.get(), &pc));
  petsc::check(PCSetType(pc, PCMG));
  petsc::check(KSPSetFromOptions(ksp.get()));
  PetscBool own = PETSC_FALSE;
  petsc::check(PetscObjectTypeCompare(reinterpret_cast<PetscObject>(pc), PCMG, &own));
  if (own) l.configure_multigrid(pc);
  l.set_shift(0.0);

  VecHandle c, residual;
  petsc::check(VecDuplicate(n, c.out()));
  petsc::check(VecDuplicate(n, residual.out()));
  petsc::check(KSPSolve(ksp.get(), l.source(), c.get()));
  KSPConvergedReason reason = KSP_CONVERGED_ITERATING;
  PetscInt iterations = 0;
  petsc::check(KSPGetConvergedReason(ksp.get(), &reason));
  petsc::check(KSPGetIterationNumber(ksp.get(), &iterations));
  solve.iterations = static_cast<int>(iterations);
  petsc::check(MatMult(l.matrix(), c.get(), residual.get()));
  petsc::check(VecAYPX(residual.get(), -1.0, l.source()));
  petsc::check(VecNorm(residual.get(), NORM_2, &solve.residual));
  solve.residual /= sources;
  if (reason < 0 || !std::isfinite(solve.residual)) {
    const char* text = nullptr;
    petsc::check(KSPGetConvergedReasonString(ksp.get(), &text));
    throw NumericsError(
        fmt::format("no stationary field was found: the solver gave up after {} iterations ({}); is there a place from "
                    "which nothing removes what is released?",
                    iterations, text));
  }
  {
    const WriteScope values(c.get());
    for (double& x : values.values()) x = std::max(x, 0.0);
  }
  l.contents(c.get(), n);
  return solve;
}

}  // namespace vesicast
