// The estimate of an automatic step against errors in closed form, and where steps begin and end.
#include "src/step_control/step_control.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "tests/support/scenes.hpp"

namespace vesicast::step_control_test {
namespace {

Uptake nothing() {
  return test::no_uptake();
}

CouplingError error_of(CellExchange x, double receptors) {
  x.receptors = receptors;
  std::array<CouplingError, 1> e;
  coupling_error({&x, 1}, e);
  return e[0];
}

/// Bounds of one cell of one type and one class.
CouplingBounds bounds_of(CellExchange x, double receptors) {
  x.receptors = receptors;
  CouplingBounds b(1, 1);
  b.add(0, {&x, 1});
  b.finish();
  return b;
}

Parameters parameters() {
  Parameters p;
  p.vesicles.emplace_back().name = "exosome";
  p.cell_types.emplace_back().name = "macrophage";
  return p;
}

}  // namespace

TEST(CouplingError, IsThatOfStrangSplittingForBindingAndUptake) {
  // dB/dt = b - r B from B = 0: the step has b dt exp(-r dt/2), the exact solution b (1 - exp(-r dt))/r.
  Uptake u = nothing();
  u.k_on = 1e-4;
  u.k_endocytosis = 2e-3;
  const CellExchange x{.uptake = &u, .concentration = 1e-6};
  const double b = 1e-4 * 5000.0 * 1e-6, r = 2e-3, dt = 10.0;
  const double error = std::abs(b * dt * std::exp(-0.5 * r * dt) - b * -std::expm1(-r * dt) / r);
  const CouplingError e = error_of(x, 5000.0);
  EXPECT_DOUBLE_EQ(e.flow, b);
  EXPECT_NEAR(e.uptake * dt * dt * dt / error, 1.0, 0.03);
}

TEST(CouplingError, OfTheFluidPhaseIsWhatRecyclesOfARisingConcentration) {
  // E' = CL_fluid c t from E = 0: k_rec CL_fluid c dt^3/6 recycles, and the step predicts nothing.
  Uptake u = nothing();
  u.fluid = 0.5;
  u.k_recycling = 1e-3;
  const CellExchange rising{.uptake = &u, .change = 1e-6}, level{.uptake = &u, .concentration = 1e-3};
  EXPECT_DOUBLE_EQ(error_of(rising, 0.0).given_back, 1e-3 * 0.5 * 1e-6 / 6.0);
  EXPECT_DOUBLE_EQ(error_of(rising, 0.0).flow_change, 0.5e-6);
  EXPECT_DOUBLE_EQ(error_of(level, 0.0).flow, 0.5e-3);
  EXPECT_DOUBLE_EQ(turnover(level, 100.0).clearance, 0.5);
}

TEST(CouplingError, IsThatOfTheMidpointRuleWhereReceptorsFill) {
  // dRf/dt = -q Rf: the step binds q Rf exp(-q dt/2) dt, the exact solution Rf (1 - exp(-q dt)).
  Uptake u = nothing();
  u.k_on = 0.1;
  const CellExchange x{.uptake = &u, .concentration = 1e-2};
  const double q = 1e-3, free = 50.0, dt = 10.0;
  const double error = std::abs(q * free * std::exp(-0.5 * q * dt) * dt - free * -std::expm1(-q * dt));
  const CouplingError e = error_of(x, free);
  EXPECT_NEAR(e.receptors * dt * dt * dt / error, 1.0, 0.01);
  EXPECT_EQ(e.uptake, 0.0);
  EXPECT_EQ(e.given_back, 0.0);
}

TEST(CouplingError, IsThatOfSplittingForRecycling) {
  // dE/dt = i - k E from E = 0 with i in R and k in T: i dt/2 (1 + exp(-k dt)) against i (1 - exp(-k dt))/k.
  Uptake u = nothing();
  u.k_endocytosis = 1e-9;  // out of so many bound that they do not change
  u.k_recycling = 1e-3;
  const CellExchange x{.uptake = &u, .bound = 1e9};
  const double i = 1.0, k = 1e-3, dt = 20.0;
  const double error = std::abs(0.5 * i * dt * (1.0 + std::exp(-k * dt)) - i * -std::expm1(-k * dt) / k);
  EXPECT_NEAR(error_of(x, 1e9).given_back * dt * dt * dt / error, 1.0, 0.03);
}

TEST(CouplingError, OfWhatIsReleasedIsForgottenByAFastVoxel) {
  Uptake u = nothing();
  u.k_recycling = 1e-3;
  u.k_endocytosis = 1e-3;
  const CellExchange x{.uptake = &u, .voxel_rate = 0.5, .bound = 100.0};
  const CouplingBounds b = bounds_of(x, 1000.0);
  const std::array<double, 1> no_face{0.0};
  const CouplingError e = error_of(x, 1000.0);
  const auto released = [&](double dt) {
    return b.estimate(dt, no_face).error -
           (e.uptake + e.given_back + e.receptors) * dt * dt / (e.flow + 0.5 * dt * e.flow_change);
  };
  EXPECT_NEAR(released(2.0) / released(1.0), 4.0, 1e-6);    // kappa dt < 2: with dt^2
  EXPECT_NEAR(released(64.0) / released(32.0), 2.0, 1e-6);  // beyond: with dt
}

TEST(PickStep, IsTheLongestWithinTheToleranceAndHalvesAtAQuarter) {
  Uptake u = nothing();
  u.k_on = 1e-4;
  u.k_endocytosis = 1e-3;
  const CouplingBounds b = bounds_of({.uptake = &u, .concentration = 1e-6}, 5000.0);
  const Parameters p = parameters();
  const std::array<double, 1> hop{0.1};
  const auto pick = [&](double tolerance) { return pick_step(b, p, {tolerance, 1000, 1024000}, hop, 0); };
  const StepChoice at = pick(1e-3);
  EXPECT_EQ(at.wanted, 128000);  // dt^2 (1e-6 + a little)/24 <= 1e-3: 155 s
  EXPECT_EQ(at.step, at.wanted);
  EXPECT_NEAR(at.error, 128.0 * 128.0 * 1e-6 / 24.0, 0.01 * at.error);
  EXPECT_EQ(at.limit, StepLimit::uptake);
  EXPECT_EQ(limit_text(at, p), "binding and uptake of exosome by macrophage");
  EXPECT_EQ(pick(2.5e-4).wanted, 64000);
  EXPECT_EQ(pick(1e-12).wanted, 1000);
  EXPECT_GT(pick(1e-12).error, 1e-12);
  EXPECT_EQ(pick(1.0).limit, StepLimit::largest);
}

TEST(PickStep, IsTheSmallestWhileNothingHasArrived) {
  Uptake u = nothing();
  u.k_on = 1e-4;
  const std::array<double, 1> hop{0.1};
  Parameters p = parameters();
  const CellExchange waiting{.uptake = &u};
  EXPECT_EQ(pick_step(bounds_of(waiting, 5000.0), p, {}, hop, 0).limit, StepLimit::largest);
  p.vesicles[0].boundary[0][0] = {BoundaryKind::fixed, 1e-3};
  const StepChoice first = pick_step(bounds_of(waiting, 5000.0), p, {}, hop, 0);
  EXPECT_EQ(first.limit, StepLimit::first);
  EXPECT_EQ(first.step, 1000);
}

TEST(PickStep, FollowsWhatStandsOutsideAFace) {
  Parameters p = parameters();
  p.vesicles[0].boundary[0][0] = {BoundaryKind::fixed, TimeSeries({0.0, 600.0, 1600.0}, {0.0, 0.0, 1.0})};
  CouplingBounds no_cells(1, 1);
  no_cells.finish();
  const std::array<double, 1> hop{1.0};
  const auto pick = [&](double time) { return pick_step(no_cells, p, {1e-3, 1000, 1024000}, hop, to_ticks(time)); };
  EXPECT_EQ(pick(0.0).wanted, 512000);   // 1024 s would end at 0.424
  EXPECT_EQ(pick(1000.0).wanted, 4000);  // dt/1000 2/12 <= 1e-3: 6 s
  EXPECT_EQ(pick(1000.0).limit, StepLimit::face);
  EXPECT_EQ(pick(1600.0).limit, StepLimit::largest);
}

TEST(AlignedStep, KeepsToItsMultiplesAndToTheStop) {
  EXPECT_EQ(aligned_step(0, 16000, 1000, 1000000), 16000);
  EXPECT_EQ(aligned_step(4000, 16000, 1000, 1000000), 4000);
  EXPECT_EQ(aligned_step(5000, 16000, 1000, 1000000), 1000);
  EXPECT_EQ(aligned_step(45250, 16000, 1000, 1000000), 750);  // back to whole seconds
  EXPECT_EQ(aligned_step(32000, 16000, 1000, 45250), 13250);
  EXPECT_EQ(aligned_step(45000, 16000, 1000, 45250), 250);
}

TEST(TimeSeries, SpreadSeesTheRowsInBetween) {
  const TimeSeries peak({0.0, 10.0, 20.0}, {1.0, 3.0, 2.0});
  EXPECT_DOUBLE_EQ(peak.spread(5.0, 15.0), 1.0);
  EXPECT_DOUBLE_EQ(peak.spread(0.0, 5.0), 1.0);
  EXPECT_DOUBLE_EQ(peak.spread(-5.0, 25.0), 2.0);
  EXPECT_EQ(peak.spread(20.0, 30.0), 0.0);
  EXPECT_EQ(TimeSeries(4.0).spread(0.0, 30.0), 0.0);
}

}  // namespace vesicast::step_control_test
