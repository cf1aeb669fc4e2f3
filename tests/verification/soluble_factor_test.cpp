// Soluble factors: steady profiles at a diffusivity far beyond a vesicle's, receptors of their own, the ledger.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "decomposition/base/error.hpp"
#include "src/ledger/ledger.hpp"
#include "src/run/simulate.hpp"
#include "src/step/advance.hpp"
#include "tests/support/petsc_options.hpp"
#include "tests/support/scenes.hpp"

namespace vesicast::soluble_factor_test {
namespace {

/// A factor of that diffusivity beside the class "exosome".
void add_factor(Parameters& p, double diffusivity) {
  VesicleClass factor;
  factor.name = "factor";
  factor.substance = Substance::soluble;
  factor.diffusivity = diffusivity;
  factor.decay = 0.0;
  p.vesicles.push_back(factor);
}

void add_uptake(CellType& type, double receptors) {
  Uptake u = test::no_uptake();
  u.k_on = 0.02;
  u.k_off = 1e-3;
  u.k_internalisation = 2e-3;
  type.recipient["factor"] = u;
  type.factor_receptors["factor"] = receptors;
}

struct Steady {
  double error = 0.0;   ///< in the L2 norm beyond 240 um from the source, relative
  double least = 0.0;   ///< content of any voxel after any step
  double sweeps = 0.0;  ///< per step
};

/// Secretion by a cell at the closed end of a line, diffusion with D = 1000 um^2/s, decay; steps of 60 s.
Steady steady(std::int64_t n, double tolerance) {
  const double diffusivity = 1000.0, decay = 0.01, rate = 50.0, line = 3200.0;
  const double h = line / static_cast<double>(n), length = std::sqrt(diffusivity / decay);
  Parameters p = test::parameters_of({n, 1, 1}, h, 1.0);
  p.transport.tolerance = tolerance;
  add_factor(p, diffusivity);
  p.vesicles[1].decay = decay;
  CellType cell;
  cell.name = "cell";
  cell.donor["factor"].rate = rate;
  p.cell_types = {cell};
  test::Scene s = test::make_scene(p, {{0, {0.5 * h, 0.5 * h, 0.5 * h}, 0}});
  Timings t;
  Steady result;
  const int steps = 45;  // decay x time = 27
  for (int i = 0; i < steps; ++i) {
    advance(s, to_ticks(60.0), t);
    const ReadScope scope(s.state.fields[0]);
    for (const double x : scope.values()) result.least = std::min(result.least, x);
  }
  MPI_Allreduce(MPI_IN_PLACE, &result.least, 1, MPI_DOUBLE, MPI_MIN, MPI_COMM_WORLD);
  result.sweeps = static_cast<double>(s.site.transport->sweeps()) / steps;
  // A source spread over the first voxel, mirrored at the end: n(x) = rate/(k h) sinh(h/L) exp(-x/L), here its mean
  // over a voxel, times h.
  const auto values = test::gather(s.state.fields[0], *s.domain);
  const double scale = rate / (decay * h) * std::sinh(h / length) * 2.0 * length * std::sinh(0.5 * h / length);
  double wrong = 0.0, norm = 0.0;
  for (std::int64_t i = 0; i < n; ++i) {
    const double x = (static_cast<double>(i) + 0.5) * h, exact = std::exp(-x / length);
    if (x < 240.0) continue;
    wrong += std::pow(values[static_cast<std::size_t>(i)] / scale - exact, 2);
    norm += exact * exact;
  }
  result.error = std::sqrt(wrong / norm);
  return result;
}

/// Donors of both, recipients of both in one small box.
test::Scene run_together(double exosome_rate, double factor_rate) {
  Parameters p = test::parameters_of({4, 4, 4}, 20.0, 1.0);
  add_factor(p, 300.0);
  CellType donor = test::donor_type("donor", exosome_rate), recipient = test::recipient_type("recipient");
  donor.donor["factor"].rate = factor_rate;
  recipient.receptors = 30.0;
  recipient.recipient["exosome"].k_on = 5.0;
  add_uptake(recipient, 50.0);
  p.cell_types = {donor, recipient};
  test::Scene s = test::make_scene(p, {{0, {30.0, 30.0, 30.0}, 0}, {1, {50.0, 30.0, 30.0}, 1}});
  Timings t;
  simulate(s, to_ticks(1200.0), to_ticks(30.0), {}, t);
  return s;
}

double of_cell(const test::Scene& s, CellArray array, std::size_t vesicle, std::int64_t id) {
  double value = 0.0;
  for (std::size_t c = 0; c < s.state.cells.size(); ++c)
    if (s.state.cells.id[c] == id) value = s.state.cells.at(array, s.model.fields_of[vesicle][0])[c];
  MPI_Allreduce(MPI_IN_PLACE, &value, 1, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
  return value;
}

}  // namespace

TEST(SolubleFactor, ReachesTheSteadyProfileOfSecretionAndDecay) {
  const Steady coarse = steady(40, 1e-11), fine = steady(80, 1e-11);
  EXPECT_GE(test::order(coarse.error, fine.error), 1.9) << coarse.error << " -> " << fine.error;
  EXPECT_LT(fine.error, 3e-3);
  RecordProperty("error_h_40um", std::to_string(fine.error));
}

TEST(SolubleFactor, LongStepsOfAFastFactorArePositiveAndCheap) {
  // h = 10 um: D dt/h^2 = 600.
  const Steady s = steady(320, 1e-4);
  EXPECT_EQ(s.least, 0.0);
  EXPECT_LT(s.error, 5e-4);
  EXPECT_LT(s.sweeps, 200.0);
  RecordProperty("error", std::to_string(s.error));
  RecordProperty("sweeps_per_step", std::to_string(s.sweeps));
}

TEST(SolubleFactor, BindsToReceptorsThatVesiclesDoNotTake) {
  const test::Scene both = run_together(3.0, 20.0), vesicles = run_together(3.0, 0.0), factor = run_together(0.0, 20.0);
  EXPECT_GT(of_cell(both, CellArray::bound, 0, 1), 24.0);  // of 30 vesicles
  EXPECT_GT(of_cell(both, CellArray::bound, 1, 1), 25.0);  // of 50 molecules
  for (const CellArray a : {CellArray::bound, CellArray::endocytosed, CellArray::degraded, CellArray::returned}) {
    EXPECT_EQ(of_cell(both, a, 0, 1), of_cell(vesicles, a, 0, 1)) << info(a).name;
    EXPECT_EQ(of_cell(both, a, 1, 1), of_cell(factor, a, 1, 1)) << info(a).name;
  }
}

TEST(SolubleFactor, IsDegradedOnceItIsIn) {
  const test::Scene s = run_together(3.0, 20.0);
  EXPECT_GT(of_cell(s, CellArray::degraded, 1, 1), 10.0);
  EXPECT_NEAR(of_cell(s, CellArray::endocytosed, 1, 1) / of_cell(s, CellArray::degraded, 1, 1), 1.0, 1e-12);
  for (const CellArray a : {CellArray::early_endosome, CellArray::late_endosome, CellArray::lysosome, CellArray::fused,
                            CellArray::back_fused})
    EXPECT_EQ(of_cell(s, a, 1, 1), 0.0) << info(a).name;
}

TEST(SolubleFactor, ReceptorsFillAsTheSteadyStateOfBindingSays) {
  // So much of it that cells cannot deplete it: B = R k_on C/(k_on C + k_off + k_in), second order in the step.
  const auto error = [](double step) {
    Parameters p = test::parameters_of({2, 2, 2}, 30.0, 1.0);
    add_factor(p, 1000.0);
    p.vesicles[1].initial_concentration = 1000.0;
    CellType type;
    type.name = "cell";
    add_uptake(type, 20.0);
    type.recipient["factor"].k_on = 2e-6;
    p.cell_types = {type};
    test::Scene s = test::make_scene(p, {{0, {15.0, 15.0, 15.0}, 0}});
    Timings t;
    simulate(s, to_ticks(3600.0), to_ticks(step), {}, t);
    return std::abs(of_cell(s, CellArray::bound, 1, 0) / (20.0 * 2e-3 / 5e-3) - 1.0);
  };
  const double coarse = error(60.0), fine = error(30.0);
  EXPECT_LT(fine, 1e-3);
  EXPECT_GE(test::order(coarse, fine), 1.9) << coarse << " -> " << fine;
}

TEST(SolubleFactor, HasAnImplicitIntegratorOfItsOwn) {
  // Class and factor take turns in PETSc's integrator, each with its own operator.
  const test::Scene reference = run_together(3.0, 20.0);
  const test::Options implicit("-ts_type theta -ksp_type cg -ksp_rtol 1e-12");
  const test::Scene s = run_together(3.0, 20.0);
  EXPECT_LE(measure_ledger(s.state, s.model, MPI_COMM_WORLD).worst_residual(), 1e-10);
  for (std::size_t f = 0; f < 2; ++f)
    EXPECT_NEAR(test::total(s.state.fields[f], *s.domain) / test::total(reference.state.fields[f], *reference.domain),
                1.0, 0.01)
        << s.model.field_name(f);
}

TEST(SolubleFactor, TheLedgerCountsMoleculesAndCloses) {
  const test::Scene s = run_together(3.0, 20.0);
  const Ledger ledger = measure_ledger(s.state, s.model, MPI_COMM_WORLD);
  EXPECT_LE(ledger.worst_residual(), 1e-12);
  ASSERT_EQ(ledger.fields.size(), 2U);
  EXPECT_EQ(ledger.fields[0].unit, "vesicle");
  EXPECT_EQ(ledger.fields[1].unit, "molecule");
  EXPECT_EQ(ledger.fields[1].name, "factor from donor");
  EXPECT_EQ(ledger.fields[1]["secreted"], 24000.0);
  EXPECT_NO_THROW((void)ledger.fields[0]["early endosome"]);
  EXPECT_THROW((void)ledger.fields[1]["early endosome"], InternalError);
}

}  // namespace vesicast::soluble_factor_test
