#include "src/extracellular/implicit/petsc_integrator.hpp"

#include <fmt/format.h>
#include <petsc/private/tsimpl.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>

#include "decomposition/collectively.hpp"
#include "decomposition/petsc_grid.hpp"

namespace vesicast {
namespace {

/// What conservation asks of a linear solve, unless the user says otherwise.
constexpr double krylov_tolerance = 1e-12;

PetscIntegrator* integrator_of(TS ts) {
  void* context = nullptr;
  petsc::check(TSGetApplicationContext(ts, &context));
  return static_cast<PetscIntegrator*>(context);
}

}  // namespace

template <class Body>
PetscErrorCode PetscIntegrator::guarded(Body&& body) {
  try {
    body();
    return 0;
  } catch (...) {
    failure_ = std::current_exception();
    return PETSC_ERR_LIB;
  }
}

PetscIntegrator::PetscIntegrator(const Domain& domain, const Operator& op, const std::string& type)
    : domain_(domain), operator_(domain, op), longest_substep_(std::numeric_limits<double>::infinity()) {
  petsc::check(TSCreate(domain.comm(), ts_.out()));
  TS ts = ts_.get();
  // One of its own: PETSc keeps a TS's callbacks on its DM.
  const DmHandle own = make_petsc_grid(domain);
  petsc::check(DMSetVecType(own.get(), order_free_vectors()));
  petsc::check(TSSetDM(ts, own.get()));
  petsc::check(TSSetProblemType(ts, TS_LINEAR));
  petsc::check(TSSetApplicationContext(ts, this));
  petsc::check(TSSetType(ts, type.c_str()));
  petsc::check(TSSetExactFinalTime(ts, TS_EXACTFINALTIME_MATCHSTEP));
  petsc::check(TSSetPostStep(ts, &after_step));
  petsc::check(DMCreateGlobalVector(own.get(), c_.out()));
  for (VecHandle* v : {&previous_, &previous_rate_, &rate_, &integral_}) petsc::check(VecDuplicate(c_.get(), v->out()));
  implicit_ = ts->usessnes;
  if (implicit_) choose_solver();
  const PetscErrorCode code = TSSetFromOptions(ts);
  collectively(domain.comm(), [&] {
    if (code != 0)
      throw InputError("PETSc does not accept the options after `--` for its integrators (-ts_type " + type + ")");
  });
  TSType chosen = nullptr;
  petsc::check(TSGetType(ts, &chosen));
  type_ = chosen;
  if (implicit_) {
    KSP ksp = nullptr;
    PC pc = nullptr;
    petsc::check(TSGetKSP(ts, &ksp));
    petsc::check(KSPGetPC(ksp, &pc));
    PetscBool multigrid = PETSC_FALSE, plain = PETSC_FALSE;
    petsc::check(PetscObjectTypeCompare(reinterpret_cast<PetscObject>(pc), PCMG, &multigrid));
    petsc::check(PetscObjectTypeCompareAny(reinterpret_cast<PetscObject>(pc), &plain, PCNONE, PCJACOBI, ""));
    if (multigrid) operator_.configure_multigrid(pc);
    // Other preconditioners want the entries, some of them those of the operator itself.
    Mat matrix = multigrid || plain ? operator_.matrix() : operator_.assembled();
    petsc::check(TSSetIFunction(ts, nullptr, &residual, this));
    petsc::check(TSSetIJacobian(ts, matrix, matrix, &jacobian, this));
  } else {
    petsc::check(TSSetRHSFunction(ts, nullptr, &rate, this));
  }
  PetscBool set = PETSC_FALSE;
  double longest = 0.0;
  petsc::check(PetscOptionsGetReal(nullptr, nullptr, "-ts_dt", &longest, &set));
  if (set) longest_substep_ = longest;
}

void PetscIntegrator::choose_solver() {
  KSP ksp = nullptr;
  PC pc = nullptr;
  petsc::check(TSGetKSP(ts_.get(), &ksp));
  petsc::check(KSPSetType(ksp, KSPCG));
  petsc::check(KSPSetTolerances(ksp, krylov_tolerance, PETSC_DEFAULT, PETSC_DEFAULT, PETSC_DEFAULT));
  petsc::check(KSPGetPC(ksp, &pc));
  petsc::check(PCSetType(pc, PCMG));
}

void PetscIntegrator::evaluate(Vec c, Vec dcdt) {
  operator_.apply(c, dcdt);
  const ReadScope source(operator_.source()), mass(operator_.mass());
  const WriteScope out(dcdt);
  for (std::size_t i = 0; i < out.values().size(); ++i)
    out.values()[i] = mass.values()[i] > 0.0 ? (source.values()[i] - out.values()[i]) / mass.values()[i] : 0.0;
}

PetscErrorCode PetscIntegrator::rate(TS /*ts*/, PetscReal /*t*/, Vec c, Vec dcdt, void* context) {
  auto& self = *static_cast<PetscIntegrator*>(context);
  return self.guarded([&] { self.evaluate(c, dcdt); });
}

PetscErrorCode PetscIntegrator::residual(TS /*ts*/, PetscReal /*t*/, Vec c, Vec dcdt, Vec f, void* context) {
  auto& self = *static_cast<PetscIntegrator*>(context);
  return self.guarded([&] {
    self.operator_.apply(c, f);
    const ReadScope source(self.operator_.source()), mass(self.operator_.mass()), now(c), change(dcdt);
    const WriteScope out(f);
    for (std::size_t i = 0; i < out.values().size(); ++i)
      out.values()[i] = mass.values()[i] > 0.0
                            ? mass.values()[i] * change.values()[i] + (out.values()[i] - source.values()[i])
                            : now.values()[i];
  });
}

PetscErrorCode PetscIntegrator::jacobian(TS /*ts*/, PetscReal /*t*/, Vec /*c*/, Vec /*dcdt*/, PetscReal shift,
                                         Mat /*a*/, Mat /*p*/, void* context) {
  auto& self = *static_cast<PetscIntegrator*>(context);
  return self.guarded([&] { self.operator_.set_shift(shift); });
}

PetscErrorCode PetscIntegrator::after_step(TS ts) {
  PetscIntegrator* self = nullptr;
  try {
    self = integrator_of(ts);
  } catch (...) {
    return PETSC_ERR_LIB;
  }
  return self->guarded([&] {
    const bool is_theta = self->type_ == TSTHETA || self->type_ == TSCN || self->type_ == TSBEULER;
    double theta = 0.5;
    if (is_theta) petsc::check(TSThetaGetTheta(ts, &theta));
    self->integrate_step(theta, is_theta);
  });
}

void PetscIntegrator::integrate_step(double theta, bool is_theta) {
  Vec c = nullptr;
  double time = 0.0;
  petsc::check(TSGetSolution(ts_.get(), &c));
  petsc::check(TSGetTime(ts_.get(), &time));
  const double h = time - previous_time_;
  if (is_theta) {
    // M (C_new - C) = h (S - L (theta C_new + (1 - theta) C)): the integral that the method itself used.
    petsc::check(VecAXPY(integral_.get(), h * (1.0 - theta), previous_.get()));
    petsc::check(VecAXPY(integral_.get(), h * theta, c));
  } else {
    // Hermite's rule, fourth order: h/2 (C0 + C1) + h^2/12 (C0' - C1').
    evaluate(c, rate_.get());
    petsc::check(VecAXPY(integral_.get(), 0.5 * h, previous_.get()));
    petsc::check(VecAXPY(integral_.get(), 0.5 * h, c));
    petsc::check(VecAXPY(integral_.get(), h * h / 12.0, previous_rate_.get()));
    petsc::check(VecAXPY(integral_.get(), -h * h / 12.0, rate_.get()));
    petsc::check(VecCopy(rate_.get(), previous_rate_.get()));
  }
  petsc::check(VecCopy(c, previous_.get()));
  previous_time_ = time;
}

void PetscIntegrator::integrate(FieldStep& field, Vec n, double dt) {
  operator_.set_terms(field.terms);
  operator_.concentrations(n, c_.get());
  petsc::check(VecCopy(c_.get(), previous_.get()));
  petsc::check(VecSet(integral_.get(), 0.0));
  evaluate(c_.get(), previous_rate_.get());
  previous_time_ = 0.0;
  TS ts = ts_.get();
  petsc::check(TSSetTime(ts, 0.0));
  petsc::check(TSSetStepNumber(ts, 0));
  petsc::check(TSSetTimeStep(ts, std::min(dt, longest_substep_)));
  petsc::check(TSSetMaxTime(ts, dt));
  petsc::check(TSSetConvergedReason(ts, TS_CONVERGED_ITERATING));
  failure_ = nullptr;
  const PetscErrorCode code = TSSolve(ts, c_.get());
  require_success(code, dt);
  operator_.contents(c_.get(), n);

  const ReadScope scope(integral_.get()), mass(operator_.mass());
  SparseTerms& terms = field.terms;
  for (std::size_t t = 0; t < terms.places->owned.size(); ++t)
    if (terms.places->owned[t] >= 0) {
      const auto i = static_cast<std::size_t>(terms.places->owned[t]);
      terms.integral[t] = scope.values()[i] * mass.values()[i];
    }
  const double decay = field.op->decay();
  std::vector<double> row(static_cast<std::size_t>(field.op->shape().owned.extent(0)));
  for (std::size_t at = 0; at < scope.values().size(); at += row.size()) {
    for (std::size_t i = 0; i < row.size(); ++i) row[i] = decay * scope.values()[at + i] * mass.values()[at + i];
    field.decayed.add(row);
  }
}

void PetscIntegrator::require_success(PetscErrorCode code, double dt) {
  collectively(domain_.comm(), [&] {
    if (failure_) std::rethrow_exception(failure_);
    TSConvergedReason reason = TS_CONVERGED_ITERATING;
    double reached = 0.0;
    petsc::check(TSGetConvergedReason(ts_.get(), &reason));
    petsc::check(TSGetTime(ts_.get(), &reached));
    if (code != 0 || reason < 0)
      throw NumericsError(fmt::format("the time integrator \"{}\" failed: {} (PETSc error {})", type_,
                                      TSConvergedReasons[reason], static_cast<int>(code)));
    if (std::abs(reached - dt) > 1e-9 * dt)
      throw NumericsError(fmt::format("the time integrator \"{}\" stopped at {:g} s of a step of {:g} s ({})", type_,
                                      reached, dt, TSConvergedReasons[reason]));
  });
}

double PetscIntegrator::tolerance() const {
  double relative = 0.0, krylov = 0.0;
  petsc::check(TSGetTolerances(ts_.get(), nullptr, nullptr, &relative, nullptr));
  if (!implicit_) return relative;
  KSP ksp = nullptr;
  petsc::check(TSGetKSP(ts_.get(), &ksp));
  petsc::check(KSPGetTolerances(ksp, &krylov, nullptr, nullptr, nullptr));
  return std::max(relative, krylov);
}

}  // namespace vesicast
