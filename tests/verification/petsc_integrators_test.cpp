// PETSc's own integrators behind the same signature: the same field within their tolerance, and a ledger that closes.
#include <gtest/gtest.h>
#include <petscsys.h>

#include <cmath>

#include "decomposition/base/error.hpp"
#include "src/ledger/ledger.hpp"
#include "src/run/simulate.hpp"
#include "tests/support/petsc_options.hpp"
#include "tests/support/scenes.hpp"

namespace vesicast::petsc_integrators_test {
namespace {
struct Result {
  std::vector<double> field;
  double residual = 0.0, allowance = 0.0;
  std::string integrator;
};

Result solve(double step) {
  Parameters p = test::parameters_of({10, 9, 8}, 10.0, 1.0);
  p.vesicles[0].decay = 1e-4;
  p.vesicles[0].boundary[0] = {{{BoundaryKind::open, 0.0}, {BoundaryKind::fixed, 1e-4}}};
  p.vesicles[0].boundary[2].fill({BoundaryKind::periodic, 0.0});
  p.vesicles[0].initial_concentration = 1e-4;
  p.transport.tolerance = 1e-8;
  CellType donor = test::donor_type("donor", 0.5);
  p.cell_types = {donor, test::recipient_type("recipient")};
  test::Scene s = test::make_scene(p, {{0, {45.0, 45.0, 45.0}, 0}, {1, {65.0, 45.0, 45.0}, 1}});
  Timings t;
  simulate(s, to_ticks(600.0), to_ticks(step), {}, t);
  Result r;
  r.field = test::gather(s.state.fields[0], *s.domain);
  r.residual = measure_ledger(s.state, s.model, MPI_COMM_WORLD).worst_residual();
  r.allowance = s.site.transport->ledger_allowance();
  r.integrator = s.site.transport->integrator();
  return r;
}

double distance(const Result& a, const Result& b) {
  double sum = 0.0, norm = 0.0;
  for (std::size_t i = 0; i < a.field.size(); ++i) {
    sum += (a.field[i] - b.field[i]) * (a.field[i] - b.field[i]);
    norm += b.field[i] * b.field[i];
  }
  return std::sqrt(sum / norm);
}

void expect_agreement(const std::string& options, const std::string& type, double tolerance, double residual) {
  const Result reference = solve(6.0);
  EXPECT_EQ(reference.integrator, "exponential");
  const test::Options set(options);
  const Result r = solve(6.0);
  EXPECT_EQ(r.integrator, type);
  EXPECT_LT(distance(r, reference), tolerance);
  EXPECT_LE(r.residual, residual);
  EXPECT_LE(r.residual, std::max(ledger_tolerance, r.allowance));
}

}  // namespace

TEST(PetscIntegrators, CrankNicolsonWithConjugateGradients) {
  expect_agreement("-ts_type cn -ksp_type cg -pc_type jacobi -ksp_rtol 1e-12", "cn", 1e-4, 1e-10);
}
TEST(PetscIntegrators, BackwardEulerWithGmres) {
  expect_agreement("-ts_type beuler -ksp_type gmres -pc_type bjacobi -ksp_rtol 1e-12", "beuler", 5e-2, 1e-10);
}
TEST(PetscIntegrators, RungeKutta) {
  expect_agreement("-ts_type rk -ts_rk_type 5dp", "rk", 1e-5, 1e-6);
}
TEST(PetscIntegrators, StrongStabilityPreserving) {
  expect_agreement("-ts_type ssp -ts_ssp_type rks2 -ts_ssp_nstages 4", "ssp", 1e-3, 3e-4);
}
TEST(PetscIntegrators, OurReferenceByItsTypeName) {
  expect_agreement("-ts_type ssprk2", "ssprk2", 1e-3, 1e-12);
}

TEST(PetscIntegrators, AnUnknownTypeIsAnInputError) {
  const test::Options set("-ts_type no_such_type");
  const Domain domain = test::domain_of(test::grid_of({8, 8, 8}, 10.0));
  try {
    const Transport transport(domain, "uniformisation", 1e-6);
    FAIL() << "it was taken";
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ExitCode::bad_input);
    EXPECT_NE(std::string(e.what()).find("no_such_type"), std::string::npos) << e.what();
  }
}

TEST(PetscIntegrators, AnErrorInAStepIsToldAsItIs) {
  // Terms of an operator that the exchange does not know: found inside PETSc's solver.
  const Domain domain = test::domain_of(test::grid_of({4, 3, 2}, 10.0), {}, MPI_COMM_SELF);
  const VesicleClass v = test::parameters_of({4, 3, 2}, 10.0, 1.0).vesicles[0];
  Operator op(domain, v, 0.2, 1.0), unknown(domain, v, 0.3, 1.0);
  Transport transport(domain, "uniformisation", 1e-6);
  Field field(domain);
  TransportFlows flows;
  const Operator* const operators[] = {&op};
  const ExchangeVoxels voxels = transport.exchange_voxels({}, operators);
  const FieldTransport one{&field, &unknown, {}, unknown.largest_hop_rate(), unknown.largest_rate({}, {}), 1.0, &flows};
  try {
    transport.spread({&one, 1}, voxels, 0.0, 10.0);
    FAIL() << "it was taken";
  } catch (const InternalError& e) {
    EXPECT_NE(std::string(e.what()).find("no places"), std::string::npos) << e.what();
  }
}

}  // namespace vesicast::petsc_integrators_test
