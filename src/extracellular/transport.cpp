#include "src/extracellular/transport.hpp"

#include <fmt/format.h>
#include <petscts.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "decomposition/collectively.hpp"
#include "src/extracellular/petsc_system.hpp"
#include "src/extracellular/time_types.hpp"

namespace vesicast {

namespace {

/// What the user asked for, as an addition to a message.
std::string chosen_type() {
  std::array<char, 128> name{};
  PetscBool set = PETSC_FALSE;
  petsc::check(PetscOptionsGetString(nullptr, nullptr, "-ts_type", name.data(), name.size(), &set));
  return set ? fmt::format(" (-ts_type {})", name.data()) : std::string();
}

}  // namespace

using TsHandle = petsc::Handle<TS, TSDestroy>;

struct Transport::Impl {
  Impl(const Domain& domain, double tolerance) : problem(domain, tolerance) {}
  TransportProblem problem;
  TsHandle ts;
  std::string type;
  bool polynomial = true;
  double longest_substep = std::numeric_limits<double>::infinity();  ///< -ts_dt, for PETSc's own integrators [s]
  double most_negative = 0.0;
  /// Throws NumericsError on every rank unless TSSolve came to the end of the step. Collective.
  void require_success(PetscErrorCode code, double dt) const;
  std::unique_ptr<PetscSystem> system;  ///< in use, and allocated in full, only with PETSc's own integrators
};

void Transport::Impl::require_success(PetscErrorCode code, double dt) const {
  collectively(problem.domain.comm(), [&] {
    if (problem.failure) std::rethrow_exception(problem.failure);
    TSConvergedReason reason = TS_CONVERGED_ITERATING;
    double reached = 0.0;
    petsc::check(TSGetConvergedReason(ts.get(), &reason));
    petsc::check(TSGetTime(ts.get(), &reached));
    if (code != 0 || reason < 0)
      throw NumericsError(fmt::format("the time integrator \"{}\" failed: {} (PETSc error {})", type,
                                      TSConvergedReasons[reason], static_cast<int>(code)));
    if (std::abs(reached - dt) > 1e-9 * dt)
      throw NumericsError(fmt::format("the time integrator \"{}\" stopped at {:g} s of a step of {:g} s ({})", type,
                                      reached, dt, TSConvergedReasons[reason]));
  });
}

Transport::Transport(const Domain& domain, const std::string& integrator, double tolerance)
    : impl_(std::make_unique<Impl>(domain, tolerance)) {
  if (integrator != uniformisation_type && integrator != ssprk2_type)
    throw InputError(fmt::format("unknown integrator \"{}\"; known are \"{}\" and \"{}\"", integrator,
                                 uniformisation_type, ssprk2_type));
  register_time_types();
  petsc::check(TSCreate(domain.comm(), impl_->ts.out()));
  TS ts = impl_->ts.get();
  petsc::check(TSSetDM(ts, domain.dm()));
  petsc::check(TSSetProblemType(ts, TS_LINEAR));
  petsc::check(TSSetApplicationContext(ts, &impl_->problem));
  petsc::check(TSSetType(ts, integrator.c_str()));
  petsc::check(TSSetExactFinalTime(ts, TS_EXACTFINALTIME_MATCHSTEP));
  impl_->system = std::make_unique<PetscSystem>(impl_->problem, ts);
  const PetscErrorCode code = TSSetFromOptions(ts);
  collectively(domain.comm(), [&] {
    if (code != 0)
      throw InputError(
          fmt::format("PETSc does not accept the options after `--` for its integrators{}", chosen_type()));
  });
  TSType type = nullptr;
  petsc::check(TSGetType(ts, &type));
  impl_->type = type;
  impl_->polynomial = impl_->type == uniformisation_type || impl_->type == ssprk2_type;
  if (impl_->polynomial) {
    petsc::check(TSSetMaxSteps(ts, std::numeric_limits<PetscInt>::max()));
    return;
  }
  PetscBool set = PETSC_FALSE;
  double longest = 0.0;
  petsc::check(PetscOptionsGetReal(nullptr, nullptr, "-ts_dt", &longest, &set));
  if (set) impl_->longest_substep = longest;
}

Transport::~Transport() = default;

void Transport::advance(Field& field, const Operator& op, const VoxelExchange& exchange, double bound, bool inflow,
                        double dt, TransportFlows& flows) {
  TransportProblem& p = impl_->problem;
  p.op = &op;
  p.bound = bound;
  p.terms = merge_terms(op, exchange.voxel, exchange.release, exchange.clearance, inflow);
  p.integral.assign(p.terms.voxel.size(), 0.0);

  TS ts = impl_->ts.get();
  petsc::check(TSSetTime(ts, 0.0));
  petsc::check(TSSetStepNumber(ts, 0));
  petsc::check(TSSetTimeStep(ts, std::min(dt, impl_->longest_substep)));
  petsc::check(TSSetMaxTime(ts, dt));
  petsc::check(TSSetConvergedReason(ts, TS_CONVERGED_ITERATING));
  if (!impl_->polynomial) impl_->system->start(field.vec());
  p.failure = nullptr;
  const PetscErrorCode code = TSSolve(ts, field.vec());
  if (impl_->polynomial) {
    if (p.failure) std::rethrow_exception(p.failure);
    petsc::check(code);
  } else {
    impl_->require_success(code, dt);
    impl_->system->finish();
    const ReadScope scope(field);
    for (const double x : scope.values()) impl_->most_negative = std::min(impl_->most_negative, x);
  }

  // Book what crossed the faces and what the cells saw.
  p.decayed.flush(flows.decayed);
  std::size_t e = 0, b = 0;
  const auto& boundary = op.boundary();
  for (std::size_t t = 0; t < p.terms.voxel.size(); ++t) {
    const std::int64_t v = p.terms.voxel[t];
    if (e < exchange.voxel.size() && exchange.voxel[e] == v)
      exchange.integral[e++] = p.integral[t] * op.inverse_volume(v);
    if (b < boundary.size() && boundary[b].voxel == v) {
      const double net = (inflow ? boundary[b].inflow * dt : 0.0) - boundary[b].loss * p.integral[t];
      if (net > 0.0)
        flows.entered.add(net);
      else
        flows.left.add(-net);
      ++b;
    }
  }
}

const std::string& Transport::integrator() const {
  return impl_->type;
}
std::int64_t Transport::sweeps() const {
  return impl_->problem.sweeps;
}
double Transport::most_negative() const {
  return impl_->most_negative;
}
double Transport::ledger_allowance() const {
  return impl_->polynomial ? 0.0 : 10.0 * impl_->system->tolerance();
}

}  // namespace vesicast
