#include "src/extracellular/transport.hpp"

#include <fmt/format.h>
#include <petscts.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "decomposition/collectively.hpp"
#include "decomposition/petsc.hpp"
#include "src/extracellular/advection/advection.hpp"
#include "src/extracellular/implicit/petsc_integrator.hpp"
#include "src/extracellular/implicit/stationary_with_flow.hpp"
#include "src/extracellular/polynomial/booking.hpp"
#include "src/extracellular/polynomial/time_types.hpp"

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
  TsHandle ts;
  std::string type;
  bool polynomial = true;
  double most_negative = 0.0;
  /// PETSc's own integrator, one per operator; none with a polynomial.
  std::vector<std::pair<const Operator*, std::unique_ptr<PetscIntegrator>>> petsc;
  std::vector<Vec> nested;  ///< what `all` holds
  VecHandle all;            ///< all fields as one vector

  Vec all_fields(std::span<const FieldTransport> fields);
  /// All fields by the program's own TS type. Collective.
  void step_polynomial(std::span<const FieldTransport> fields, std::span<FieldStep> steps, double dt);
  PetscIntegrator& petsc_for(const Operator& op);
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

void Transport::Impl::step_polynomial(std::span<const FieldTransport> fields, std::span<FieldStep> steps, double dt) {
  const OpenStep open(fields);
  for (std::size_t f = 0; f < fields.size(); ++f) steps[f].content = open.scopes[f]->values();
  petsc::check(TSSetTime(ts.get(), 0.0));
  petsc::check(TSSetStepNumber(ts.get(), 0));
  petsc::check(TSSetTimeStep(ts.get(), dt));
  petsc::check(TSSetMaxTime(ts.get(), dt));
  petsc::check(TSSetConvergedReason(ts.get(), TS_CONVERGED_ITERATING));
  problem.failure = nullptr;
  const PetscErrorCode code = TSSolve(ts.get(), all_fields(fields));
  if (problem.failure) std::rethrow_exception(problem.failure);
  petsc::check(code);
}

PetscIntegrator& Transport::Impl::petsc_for(const Operator& op) {
  for (const auto& [known, integrator] : petsc)
    if (known == &op) return *integrator;
  return *petsc.emplace_back(&op, std::make_unique<PetscIntegrator>(problem.domain, op, type)).second;
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
    const Outside outside = f.op->outside(time, time + dt, f.inflow);
    advection->carry(scope.values(), dt, outside.face, f.flows->entered, f.flows->left);
  }
}

Transport::Transport(const Domain& domain, const std::string& integrator, double tolerance)
    : impl_(std::make_unique<Impl>(domain, tolerance)) {
  if (!is_polynomial_type(integrator))
    throw InputError(fmt::format("unknown integrator \"{}\"; known are {}", integrator, polynomial_type_names()));
  std::array<char, 16> level{};
  PetscBool asked = PETSC_FALSE;
  petsc::check(PetscOptionsGetString(nullptr, nullptr, "-ts_vesicast_simd", level.data(), level.size(), &asked));
  if (asked) use_simd_level(simd_level_of(level.data()));
  register_time_types();
  petsc::check(TSCreate(domain.comm(), impl_->ts.out()));
  TS ts = impl_->ts.get();
  petsc::check(TSSetProblemType(ts, TS_LINEAR));
  petsc::check(TSSetApplicationContext(ts, &impl_->problem));
  petsc::check(TSSetType(ts, integrator.c_str()));
  petsc::check(TSSetExactFinalTime(ts, TS_EXACTFINALTIME_MATCHSTEP));
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
  petsc::check(TSSetMaxSteps(ts, std::numeric_limits<PetscInt>::max()));
}

Transport::~Transport() = default;

ExchangeVoxels Transport::exchange_voxels(std::span<const std::int64_t> voxel,
                                          std::span<const Operator* const> operators) const {
  return {impl_->problem.stepper.halo(), voxel, operators};
}

void Transport::use_flow(const FlowField& flow, std::span<const double> inverse_volume) {
  impl_->advection.emplace(impl_->problem.domain, flow, inverse_volume);
}

int Transport::advection_substeps(double dt) const {
  return impl_->advection ? 2 * impl_->advection->substeps(0.5 * dt) : 0;
}

void Transport::spread(std::span<const FieldTransport> fields, const ExchangeVoxels& voxels, double time, double dt) {
  if (fields.empty()) return;
  impl_->carry(fields, time, 0.5 * dt);
  TransportProblem& p = impl_->problem;
  const std::vector<double> none(voxels.size(), 0.0);
  std::vector<FieldStep> steps(fields.size());
  for (std::size_t f = 0; f < fields.size(); ++f) {
    const FieldTransport& from = fields[f];
    FieldStep& s = steps[f];
    s.op = from.op;
    s.release = from.exchange.release.empty() ? none : from.exchange.release;
    s.clearance = from.exchange.clearance.empty() ? none : from.exchange.clearance;
    s.outside = from.op->outside(time, time + dt, from.inflow);
    s.hop_rate = from.hop_rate;
    s.bound = from.bound;
  }
  p.fields = steps;
  p.voxels = &voxels;
  if (impl_->polynomial) {
    impl_->step_polynomial(fields, steps, dt);
  } else {
    for (std::size_t f = 0; f < fields.size(); ++f) {
      FieldStep& s = steps[f];
      s.terms.places = &voxels.places(*s.op);
      fill_terms(s.terms, *s.op, s.release, s.clearance, s.outside);
      impl_->petsc_for(*s.op).integrate(s, fields[f].field->vec(), dt);
      const ReadScope scope(*fields[f].field);
      for (const double x : scope.values()) impl_->most_negative = std::min(impl_->most_negative, x);
    }
  }
  for (std::size_t f = 0; f < fields.size(); ++f) impl_->book(fields[f], steps[f], dt);
  impl_->carry(fields, time + 0.5 * dt, 0.5 * dt);
}

StationarySolve Transport::find_stationary(const FieldTransport& field, const ExchangeVoxels& voxels,
                                           std::span<const double> further_loss, double time) {
  TransportProblem& p = impl_->problem;
  SparseTerms terms;
  terms.places = &voxels.places(*field.op);
  const double instant = 1e-3;
  const Outside outside = field.op->outside(time, time + instant, field.inflow);
  fill_terms(terms, *field.op, field.exchange.release, field.exchange.clearance, outside);
  if (!impl_->advection) return solve_stationary(p.domain, *field.op, terms, field.field->vec(), further_loss);
  SteadyAdvection advection(*impl_->advection, outside.face);
  return solve_stationary(p.domain, *field.op, terms, advection, field.field->vec(), further_loss);
}

const std::string& Transport::integrator() const {
  return impl_->type;
}
std::int64_t Transport::sweeps() const {
  std::int64_t sweeps = impl_->problem.stepper.sweeps();
  for (const auto& [op, integrator] : impl_->petsc) sweeps += integrator->sweeps();
  return sweeps;
}
std::int64_t Transport::exchanges() const {
  return impl_->problem.stepper.exchanges();
}
double Transport::most_negative() const {
  return impl_->most_negative;
}
double Transport::ledger_allowance() const {
  double tolerance = 0.0;
  for (const auto& [op, integrator] : impl_->petsc) tolerance = std::max(tolerance, integrator->tolerance());
  return 10.0 * tolerance;
}

}  // namespace vesicast
