#include "src/extracellular/transport.hpp"

#include <fmt/format.h>
#include <petscts.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "decomposition/collectively.hpp"
#include "src/extracellular/advection/advection.hpp"
#include "src/extracellular/booking.hpp"
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

/// A step in the making: the problem's fields, and the arrays they lend.
struct OpenStep {
  explicit OpenStep(std::span<const FieldTransport> fields) {
    for (const FieldTransport& f : fields) scopes.push_back(std::make_unique<WriteScope>(*f.field));
  }
  std::vector<std::unique_ptr<WriteScope>> scopes;
};

struct Transport::Impl {
  Impl(const Domain& domain, double tolerance) : problem(domain, tolerance) {}
  TransportProblem problem;
  std::optional<Advection> advection;
  std::vector<std::int64_t> voxel;  ///< that exchange with cells
  TsHandle ts;
  std::string type;
  bool polynomial = true;
  double longest_substep = std::numeric_limits<double>::infinity();  ///< -ts_dt, for PETSc's own integrators [s]
  double most_negative = 0.0;
  std::unique_ptr<PetscSystem> system;  ///< in use, and allocated in full, only with PETSc's own integrators
  std::vector<Vec> nested;              ///< what `all` holds
  VecHandle all;                        ///< all fields as one vector

  Vec all_fields(std::span<const FieldTransport> fields);
  /// TSSolve from 0 to dt. Collective.
  PetscErrorCode solve(Vec solution, double dt, double substep);
  /// Throws NumericsError on every rank unless TSSolve came to the end of the step. Collective.
  void require_success(PetscErrorCode code, double dt) const;
  void book(const FieldTransport& field, FieldStep& step, double dt);
  /// Advection of all fields by `dt` from `time` [s]; nothing without a flow. Collective.
  void carry(std::span<const FieldTransport> fields, double time, double dt);
};

Vec Transport::Impl::all_fields(std::span<const FieldTransport> fields) {
  std::vector<Vec> now;
  for (const FieldTransport& f : fields) now.push_back(f.field->vec());
  if (now != nested) {
    all = VecHandle();
    petsc::check(
        VecCreateNest(problem.domain.comm(), static_cast<PetscInt>(now.size()), nullptr, now.data(), all.out()));
    nested = std::move(now);
  }
  return all.get();
}

PetscErrorCode Transport::Impl::solve(Vec solution, double dt, double substep) {
  petsc::check(TSSetTime(ts.get(), 0.0));
  petsc::check(TSSetStepNumber(ts.get(), 0));
  petsc::check(TSSetTimeStep(ts.get(), substep));
  petsc::check(TSSetMaxTime(ts.get(), dt));
  petsc::check(TSSetConvergedReason(ts.get(), TS_CONVERGED_ITERATING));
  problem.failure = nullptr;
  return TSSolve(ts.get(), solution);
}

/// What was seen by the cells, crossed the faces and vessels' walls, and decayed.
void Transport::Impl::book(const FieldTransport& field, FieldStep& step, double dt) {
  const TermPlaces& places = *step.terms.places;
  for (std::size_t e = 0; e < places.of_exchange.size(); ++e)
    field.exchange.integral[e] =
        step.terms.integral[places.of_exchange[e]] * field.op->inverse_volume(places.owned[places.of_exchange[e]]);
  book_step(step, dt, *field.flows);
}

void Transport::Impl::carry(std::span<const FieldTransport> fields, double time, double dt) {
  if (!advection) return;
  for (const FieldTransport& f : fields) {
    const WriteScope scope(*f.field);
    const Outside outside = f.inflow ? f.op->outside(time, time + dt) : Outside{};
    advection->advance(scope.values(), dt, outside.face, f.flows->entered, f.flows->left);
  }
}

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
  if (!is_polynomial_type(integrator))
    throw InputError(fmt::format("unknown integrator \"{}\"; known are {}", integrator, polynomial_type_names()));
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
  impl_->polynomial = is_polynomial_type(impl_->type);
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

void Transport::use_voxels(std::span<const std::int64_t> voxel) {
  impl_->voxel.assign(voxel.begin(), voxel.end());
  impl_->problem.stepper.use_voxels(voxel);
}

void Transport::use_flow(const FlowField& flow, std::span<const double> inverse_volume) {
  impl_->advection.emplace(impl_->problem.domain, flow, inverse_volume);
}

int Transport::advection_substeps(double dt) const {
  return impl_->advection ? 2 * impl_->advection->substeps(0.5 * dt) : 0;
}

void Transport::advance(std::span<const FieldTransport> fields, double time, double dt) {
  if (fields.empty()) return;
  impl_->carry(fields, time, 0.5 * dt);
  TransportProblem& p = impl_->problem;
  const std::vector<double> none(impl_->voxel.size(), 0.0);
  std::vector<FieldStep> steps(fields.size());
  for (std::size_t f = 0; f < fields.size(); ++f) {
    const FieldTransport& from = fields[f];
    FieldStep& s = steps[f];
    s.op = from.op;
    s.release = from.exchange.release.empty() ? none : from.exchange.release;
    s.clearance = from.exchange.clearance.empty() ? none : from.exchange.clearance;
    if (from.inflow) s.outside = from.op->outside(time, time + dt);
    s.hop_rate = from.hop_rate;
    s.bound = from.bound;
  }
  p.fields = steps;
  if (impl_->polynomial) {
    PetscErrorCode code = 0;
    {
      const OpenStep open(fields);
      for (std::size_t f = 0; f < fields.size(); ++f) steps[f].content = open.scopes[f]->values();
      code = impl_->solve(impl_->all_fields(fields), dt, dt);
    }
    if (p.failure) std::rethrow_exception(p.failure);
    petsc::check(code);
  } else {
    for (std::size_t f = 0; f < fields.size(); ++f) {
      FieldStep& s = steps[f];
      s.terms.places = &p.stepper.places(*s.op);
      fill_terms(s.terms, *s.op, s.release, s.clearance, s.outside);
      impl_->system->start(s, fields[f].field->vec());
      impl_->require_success(impl_->solve(fields[f].field->vec(), dt, std::min(dt, impl_->longest_substep)), dt);
      impl_->system->finish();
      const ReadScope scope(*fields[f].field);
      for (const double x : scope.values()) impl_->most_negative = std::min(impl_->most_negative, x);
    }
  }
  for (std::size_t f = 0; f < fields.size(); ++f) impl_->book(fields[f], steps[f], dt);
  impl_->carry(fields, time + 0.5 * dt, 0.5 * dt);
}

const std::string& Transport::integrator() const {
  return impl_->type;
}
std::int64_t Transport::sweeps() const {
  return impl_->problem.stepper.sweeps() + impl_->system->sweeps();
}
std::int64_t Transport::exchanges() const {
  return impl_->problem.stepper.exchanges();
}
double Transport::most_negative() const {
  return impl_->most_negative;
}
double Transport::ledger_allowance() const {
  return impl_->polynomial ? 0.0 : 10.0 * impl_->system->tolerance();
}

}  // namespace vesicast
