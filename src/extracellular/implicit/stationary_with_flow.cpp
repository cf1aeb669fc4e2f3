#include "src/extracellular/implicit/stationary_with_flow.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "decomposition/base/error.hpp"
#include "src/extracellular/implicit/concentration_operator.hpp"
#include "src/extracellular/implicit/flow_equation.hpp"

namespace vesicast {
namespace {

constexpr double tolerance_with_flow = 1e-12, most_round_off = 1e-6;
constexpr int most_newton_steps = 200, most_halvings = 8;
constexpr PetscInt most_iterations = 500, most_per_newton_step = 60;

[[noreturn]] void find_nothing(const std::string& why) {
  throw NumericsError(fmt::format(
      "no stationary field was found: {}; is there a place from which nothing removes what is released?", why));
}

/// GMRES for the corrections of Newton's method, with options of prefix `stationary_`.
class LinearSolver {
 public:
  LinearSolver(MPI_Comm comm, FlowEquation& equation) : equation_(equation) {
    petsc::check(KSPCreate(comm, ksp_.out()));
    petsc::check(KSPSetOptionsPrefix(ksp_.get(), "stationary_"));
    petsc::check(KSPSetType(ksp_.get(), KSPGMRES));
    petsc::check(KSPSetPCSide(ksp_.get(), PC_RIGHT));
    petsc::check(KSPSetNormType(ksp_.get(), KSP_NORM_UNPRECONDITIONED));
    petsc::check(KSPSetOperators(ksp_.get(), equation.upwind(), equation.upwind()));
    PC pc = nullptr;
    petsc::check(KSPGetPC(ksp_.get(), &pc));
    petsc::check(PCSetType(pc, PCMG));
    petsc::check(KSPSetFromOptions(ksp_.get()));
    PetscBool own = PETSC_FALSE;
    petsc::check(PetscObjectTypeCompare(reinterpret_cast<PetscObject>(pc), PCMG, &own));
    if (own) equation.configure_multigrid(pc);
    preconditioner_ = own ? equation.upwind() : equation.assembled();
  }

  /// x = upwind()^-1 b up to a relative residual of `tolerance`. Throws NumericsError if it is not reached. Collective.
  void solve(Vec b, double tolerance, Vec x) {
    if (const KSPConvergedReason reason = run(equation_.upwind(), b, tolerance, most_iterations, x); reason < 0)
      give_up(reason);
  }
  /// x near derivative()^-1 b: a step of Newton's method need not be exact. Collective.
  void step(Vec b, double tolerance, Vec x) {
    const KSPConvergedReason reason = run(equation_.derivative(), b, tolerance, most_per_newton_step, x);
    if (reason < 0 && reason != KSP_DIVERGED_ITS) give_up(reason);
  }
  [[nodiscard]] int iterations() const { return iterations_; }

 private:
  KSPConvergedReason run(Mat a, Vec b, double tolerance, PetscInt most, Vec x) {
    petsc::check(KSPSetTolerances(ksp_.get(), tolerance, PETSC_DEFAULT, PETSC_DEFAULT, most));
    petsc::check(KSPSetOperators(ksp_.get(), a, preconditioner_));
    petsc::check(KSPSolve(ksp_.get(), b, x));
    KSPConvergedReason reason = KSP_CONVERGED_ITERATING;
    PetscInt iterations = 0;
    petsc::check(KSPGetConvergedReason(ksp_.get(), &reason));
    petsc::check(KSPGetIterationNumber(ksp_.get(), &iterations));
    iterations_ += static_cast<int>(iterations);
    return reason;
  }
  [[noreturn]] void give_up(KSPConvergedReason reason) const {
    find_nothing(fmt::format("the solver gave up after {} iterations ({})", iterations_, KSPConvergedReasons[reason]));
  }

  FlowEquation& equation_;
  petsc::Handle<KSP, KSPDestroy> ksp_;
  Mat preconditioner_ = nullptr;  ///< what it is made of; the equation's
  int iterations_ = 0;
};

void cut_at_zero(Vec c) {
  const WriteScope values(c);
  for (double& x : values.values()) x = std::max(x, 0.0);
}

}  // namespace

StationarySolve solve_stationary(const Domain& domain, const Operator& op, const SparseTerms& terms,
                                 SteadyAdvection& advection, Vec n, std::span<const double> further_loss) {
  FlowEquation equation(domain, op, terms, advection, further_loss);
  StationarySolve solve;
  double sources = 0.0;
  petsc::check(VecNorm(equation.source(), NORM_2, &sources));
  petsc::check(VecSet(n, 0.0));
  if (sources == 0.0) return solve;

  VecHandle c, f, step, trial, f_trial;
  for (VecHandle* v : {&c, &f, &step, &trial, &f_trial}) petsc::check(VecDuplicate(n, v->out()));
  equation.linearise(false);
  LinearSolver solver(domain.comm(), equation);
  solver.solve(equation.source(), 1e-3, c.get());
  cut_at_zero(c.get());
  double residual = equation.residual(c.get(), f.get()), forcing = 0.1;
  const auto wanted = [&] {
    const double round_off = equation.round_off(c.get());
    if (!(round_off <= most_round_off * sources))
      find_nothing(fmt::format("rounding alone leaves a residual of {:.1e} of the sources", round_off / sources));
    return tolerance_with_flow * sources + round_off;
  };
  int steps = 0;
  for (; steps < most_newton_steps && std::isfinite(residual) && residual > wanted(); ++steps) {
    equation.linearise(true);
    solver.step(f.get(), forcing, step.get());
    // The concentrations of a solution are not negative; neither shall those be on the way to it.
    double taken = 1.0, reached = 0.0;
    for (int halvings = 0; halvings <= most_halvings; ++halvings, taken *= 0.5) {
      petsc::check(VecWAXPY(trial.get(), taken, step.get(), c.get()));
      cut_at_zero(trial.get());
      reached = equation.residual(trial.get(), f_trial.get());
      if (reached < residual) break;
    }
    std::swap(c, trial);
    std::swap(f, f_trial);
    // Linear systems are solved as well as Newton's steps are good (Eisenstat & Walker 1996, choice 2).
    forcing = std::clamp(0.5 * (reached / residual) * (reached / residual), 1e-4, 0.1);
    residual = reached;
  }
  solve.iterations = solver.iterations();
  solve.residual = residual / sources;
  if (!(residual <= wanted()))
    throw NumericsError(
        fmt::format("no stationary field was found: {} steps of Newton's method left a residual of {:.1e} of the "
                    "sources",
                    steps, solve.residual));
  equation.contents(c.get(), n);
  return solve;
}

}  // namespace vesicast
