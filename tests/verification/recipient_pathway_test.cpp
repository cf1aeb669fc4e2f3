// Each way into a recipient and on through it, alone: against closed forms, or a Runge-Kutta integration in tiny steps.
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "src/ledger/communication.hpp"
#include "src/recipient/binding.hpp"
#include "src/recipient/unpacking.hpp"
#include "src/run/simulate.hpp"
#include "tests/support/scenes.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::recipient_pathway_test {
namespace {

/// One cell of one type in one voxel of edge `h`, and `concentration` in its fluid.
test::Scene one_cell(const Uptake& uptake, double concentration, double h = 20.0, const VesicleClass& properties = {},
                     const AcidGate& gate = {}) {
  Parameters p = test::parameters_of({1, 1, 1}, h, 1.0);
  p.transport.tolerance = 1e-13;
  p.vesicles[0].cd47 = properties.cd47;
  p.vesicles[0].cluster = properties.cluster;
  p.vesicles[0].initial_concentration = concentration;
  CellType type;
  type.name = "cell";
  type.receptors = 1e12;
  type.gate = gate;
  type.recipient["exosome"] = uptake;
  type.donor["exosome"].rate = 0.0;  // so that there is a field to come back to
  p.cell_types = {type};
  p.run.track_sources = false;
  return test::make_scene(p, {{0, {0.5 * h, 0.5 * h, 0.5 * h}, 0}}, nullptr, MPI_COMM_SELF);
}

double& in_cell(test::Scene& s, CellArray a) {
  return s.state.cells.at(a, 0)[0];
}

/// Vesicles that the cell holds from the start.
void put(test::Scene& s, CellArray a, double vesicles) {
  in_cell(s, a) = vesicles;
  s.state.initial[0] += vesicles;
}

double free_in(test::Scene& s) {
  return test::total(s.state.fields[0], *s.domain);
}

void advance_by(test::Scene& s, double seconds, int steps) {
  Timings t;
  const Ticks end = s.state.time + to_ticks(seconds);
  simulate(s, end, to_ticks(seconds / steps), {}, t);
}

/// dx/dt = A x by the classical fourth-order method.
template <std::size_t n, class Rates>
std::array<double, n> integrate(std::array<double, n> x, const Rates& rates, double seconds, int steps) {
  const double dt = seconds / steps;
  const auto plus = [](std::array<double, n> a, double s, const std::array<double, n>& b) {
    for (std::size_t i = 0; i < n; ++i) a[i] += s * b[i];
    return a;
  };
  for (int k = 0; k < steps; ++k) {
    const auto a = rates(x), b = rates(plus(x, 0.5 * dt, a)), c = rates(plus(x, 0.5 * dt, b)),
               d = rates(plus(x, dt, c));
    x = plus(plus(plus(plus(x, dt / 6.0, a), dt / 3.0, b), dt / 3.0, c), dt / 6.0, d);
  }
  return x;
}

constexpr std::array routes{CellArray::by_clathrin, CellArray::by_raft, CellArray::by_independent,
                            CellArray::by_macropinocytosis, CellArray::by_phagocytosis};

}  // namespace

TEST(SubVoxel, CanBeSwitchedOff) {
  for (const bool on : {true, false}) {
    Parameters p = test::parameters_of({2, 2, 2}, 60.0, 0.5);
    p.domain.sub_voxel = on;
    CellType cell = test::recipient_type("cell");
    cell.donor["exosome"] = {.rate = 1.0};
    p.cell_types = {cell};
    test::Scene s = test::make_scene(p, {{0, {30.0, 30.0, 30.0}, 0}});
    Timings t;
    simulate(s, to_ticks(60.0), to_ticks(10.0), {}, t);
    for (std::size_t c = 0; c < s.state.cells.size(); ++c) {
      EXPECT_EQ(s.seats.resistance(0, s.state.cells, c) > 0.0, on);
      EXPECT_EQ(s.state.cells.at(CellArray::recaptured, 0)[c] > 0.0, on);
      EXPECT_GT(s.state.cells.at(CellArray::bound, 0)[c], 0.0);
    }
  }
}

TEST(FluidPhase, EmptiesAVoxelExponentially) {
  // N' = -CL_fluid N/(alpha V); nothing leaves the early endosome. Twenty steps, each to 1e-13.
  Uptake u = test::no_uptake();
  u.fluid = 5.0;
  test::Scene s = one_cell(u, 1e-3);
  const double before = free_in(s), kappa = u.fluid / (0.2 * 8000.0);
  advance_by(s, 640.0, 20);
  const double left = before * std::exp(-kappa * 640.0);
  test::verify({.name = "fluid-phase uptake from one voxel, 640 s",
                .exact = "N exp(-CL t/(alpha V))",
                .norm = "relative",
                .levels = {{0.0, std::abs(free_in(s) / left - 1.0)}},
                .largest_error = 1e-11});
  EXPECT_NEAR(in_cell(s, CellArray::fluid_phase), before - left, 1e-11 * before);
  EXPECT_EQ(in_cell(s, CellArray::fluid_phase), in_cell(s, CellArray::early_endosome));
  EXPECT_EQ(in_cell(s, CellArray::bound), 0.0);
  EXPECT_EQ(in_cell(s, CellArray::endocytosed), 0.0);
}

TEST(FluidPhase, HasItsExactShareBesideBinding) {
  // K = k_a/(1 + k_a/k_S) + CL_fluid, once where the grid resolves the diffusion and once where it does not. The 1e12
  // receptors fill by less than 1e-8.
  for (const double h : {20.0, 60.0}) {
    Uptake u = test::no_uptake();
    u.k_on = 8e-12;
    u.fluid = 3.0;
    test::Scene s = one_cell(u, 1e-3, h);
    const double resistance = s.seats.resistance(0, s.state.cells, 0);
    EXPECT_EQ(resistance > 0.0, h > 25.0);
    advance_by(s, 900.0, 3);
    const double binding = 8.0 / (1.0 + 8.0 * resistance);
    EXPECT_NEAR(in_cell(s, CellArray::fluid_phase) / in_cell(s, CellArray::bound) * binding / u.fluid, 1.0, 1e-9) << h;
  }
}

TEST(FluidPhase, IsSecondOrderWithRecyclingAndMaturation) {
  // N' = -kappa N + k_rec E + k_rs L; E' = kappa N - (k_rec + k_EL) E; L' = k_EL E - (k_rs + k_LL) L; Y' = k_LL L.
  Uptake u = test::no_uptake();
  u.fluid = 5.0;
  u.k_recycling = 2e-3;
  u.k_late = 3e-3;
  u.k_resecretion = 1e-3;
  u.k_lysosome = 1.5e-3;
  const double kappa = u.fluid / (0.2 * 8000.0), end = 1280.0;
  const auto rates = [&](const std::array<double, 4>& x) {
    return std::array{-kappa * x[0] + u.k_recycling * x[1] + u.k_resecretion * x[2],
                      kappa * x[0] - (u.k_recycling + u.k_late) * x[1],
                      u.k_late * x[1] - (u.k_resecretion + u.k_lysosome) * x[2], u.k_lysosome * x[2]};
  };
  const auto exact = integrate(std::array{1.6, 0.0, 0.0, 0.0}, rates, end, 10000);
  const auto error = [&](int steps) {
    test::Scene s = one_cell(u, 1e-3);
    advance_by(s, end, steps);
    return test::relative_l2({free_in(s), in_cell(s, CellArray::early_endosome), in_cell(s, CellArray::late_endosome),
                              in_cell(s, CellArray::lysosome)},
                             {exact.begin(), exact.end()});
  };
  // (k dt)^2/12 of the fastest pool, 5e-3 /s, per unit of k t: 64/12 * 25e-6 * 6.4 = 9e-4 at 8 s.
  test::verify({.name = "Strang: fluid-phase uptake, recycling, re-secretion, 1280 s; field and pools",
                .exact = "Runge-Kutta, 10,000 steps",
                .levels = {{32.0, error(40)}, {16.0, error(80)}, {8.0, error(160)}},
                .largest_error = 9e-4,
                .least_order = 1.9,
                .refined = "dt"});
}

TEST(FluidPhase, AStepLongAgainstRecyclingStillFindsTheBalance) {
  // k_rec dt = 6, as with unbinding in coupling_test: N kappa = k_rec E.
  const auto early_and_free = [](int steps) {
    Uptake u = test::no_uptake();
    u.fluid = 0.5;
    u.k_recycling = 1e-2;
    test::Scene s = one_cell(u, 1e-3);
    advance_by(s, 12000.0, steps);
    return std::array{in_cell(s, CellArray::early_endosome), free_in(s)};
  };
  const auto fine = early_and_free(6000), coarse = early_and_free(20);
  EXPECT_NEAR(fine[0] / fine[1] * 1e-2 / (0.5 / 1600.0), 1.0, 1e-3);
  EXPECT_NEAR(coarse[0] / fine[0], 1.0, 0.1);
  RecordProperty("early_endosome_coarse_over_fine", std::to_string(coarse[0] / fine[0]));
}

TEST(Endocytosis, RoutesAddUpAndClustersAndCd47ShiftThem) {
  // B' = -k_int B, k_int = sum of k_int,r. Of the weights, 40 % of .15, .30 and .25 go to macropinocytosis and
  // phagocytosis as .25 : .05, and CD47 of 3 at K47 1.5 leaves a third of phagocytosis.
  Uptake u = test::no_uptake();
  u.k_endocytosis = 1e-3;
  u.half_cd47 = 1.5;
  VesicleClass properties;
  properties.cluster = 0.4;
  properties.cd47 = 3.0;
  test::Scene s = one_cell(u, 0.0, 20.0, properties);
  put(s, CellArray::bound, 100.0);
  advance_by(s, 1200.0, 24);
  const std::array weight{0.09, 0.18, 0.15, 0.25 + 0.28 * 5.0 / 6.0, (0.05 + 0.28 / 6.0) / 3.0};
  double k_int = 0.0, sum = 0.0;
  for (const double w : weight) k_int += 1e-3 * w;
  const double in = 100.0 * -std::expm1(-k_int * 1200.0);
  EXPECT_NEAR(in_cell(s, CellArray::endocytosed), in, 1e-12 * in);
  for (std::size_t r = 0; r < route_count; ++r) {
    EXPECT_NEAR(in_cell(s, routes[r]), in * 1e-3 * weight[r] / k_int, 1e-12 * in) << info(routes[r]).name;
    sum += in_cell(s, routes[r]);
  }
  EXPECT_NEAR(sum, in_cell(s, CellArray::endocytosed), 1e-14 * in);
}

TEST(Endocytosis, IsBookedByTheRoutesOfItsTime) {
  Uptake u = test::no_uptake();
  u.k_endocytosis = 1e-3;
  test::Scene s = one_cell(u, 0.0);
  put(s, CellArray::bound, 100.0);
  advance_by(s, 600.0, 10);
  const double first = in_cell(s, CellArray::endocytosed);
  s.model.effective[0].types[0].of[0].uptake->route_weight = {0.0, 0.0, 0.0, 0.0,
                                                              2.0};  // twice as fast, and by phagocytosis alone
  advance_by(s, 600.0, 10);
  const double second = in_cell(s, CellArray::endocytosed) - first;
  EXPECT_NEAR(second, 100.0 * std::exp(-0.6) * -std::expm1(-1.2), 1e-11);
  EXPECT_NEAR(in_cell(s, CellArray::by_raft), 0.30 * first, 1e-12 * first);
  EXPECT_NEAR(in_cell(s, CellArray::by_phagocytosis), 0.05 * first + second, 1e-12 * first);
}

TEST(MembraneFusion, TakesItsShareOfWhatIsBound) {
  Uptake u = test::no_uptake();
  u.k_fusion = 4e-4;
  u.k_endocytosis = 1e-3;
  test::Scene s = one_cell(u, 0.0);
  put(s, CellArray::bound, 100.0);
  advance_by(s, 1200.0, 24);
  const double gone = 100.0 * -std::expm1(-1.4e-3 * 1200.0);
  EXPECT_NEAR(in_cell(s, CellArray::fused), gone * 4.0 / 14.0, 1e-12 * gone);
  EXPECT_NEAR(in_cell(s, CellArray::bound), 100.0 - gone, 1e-12 * gone);
}

TEST(Recycling, AndResecretionGiveVesiclesBackWhole) {
  // E' = -k_rec E, L' = -k_rs L: what leaves is in the voxel again, at any length of step.
  Uptake u = test::no_uptake();
  u.k_recycling = 1e-3;
  u.k_resecretion = 5e-4;
  test::Scene s = one_cell(u, 0.0);
  put(s, CellArray::early_endosome, 80.0);
  put(s, CellArray::late_endosome, 20.0);
  advance_by(s, 1200.0, 4);
  const double early = 80.0 * std::exp(-1.2), late = 20.0 * std::exp(-0.6);
  EXPECT_NEAR(in_cell(s, CellArray::early_endosome), early, 1e-12);
  EXPECT_NEAR(in_cell(s, CellArray::late_endosome), late, 1e-12);
  EXPECT_NEAR(free_in(s), 100.0 - early - late, 1e-11);
  EXPECT_NEAR(in_cell(s, CellArray::returned), 100.0 - early - late, 1e-12);
}

TEST(Lysosome, BackFusesItsShareBeforeItDegrades) {
  // Y' = -(k_deg + s_L k_bf phi) Y.
  Uptake u = test::no_uptake();
  u.k_degradation = 1e-4;
  u.k_back_fusion = 3e-4;
  u.lysosome_share = 0.25;
  const AcidGate gate{.pH_lysosome = 5.8};  // half open
  test::Scene s = one_cell(u, 0.0, 20.0, {}, gate);
  put(s, CellArray::lysosome, 100.0);
  advance_by(s, 7200.0, 12);
  const double back = 0.25 * 3e-4 * 0.5, gone = 100.0 * -std::expm1(-(1e-4 + back) * 7200.0);
  EXPECT_NEAR(in_cell(s, CellArray::back_fused), gone * back / (1e-4 + back), 1e-12 * gone);
  EXPECT_NEAR(in_cell(s, CellArray::degraded), gone * 1e-4 / (1e-4 + back), 1e-12 * gone);
}

TEST(Pathway, IsExactInsideTheCellWithEveryProcessOn) {
  // Binding done, nothing returns: the chain B, E, L, Y and its three fates.
  Uptake u = test::no_uptake();
  u.k_endocytosis = 2e-3;
  u.k_fusion = 1e-4;
  u.k_late = 1e-3;
  u.k_lysosome = 5e-4;
  u.k_degradation = 2e-4;
  u.k_back_fusion = 4e-4;
  u.lysosome_share = 0.6;
  const AcidGate gate;
  const auto open = [&](double pH) { return u.k_back_fusion / (1.0 + std::pow(10.0, 2.0 * (pH - 5.8))); };
  const double early = open(6.3), late = open(5.5), lysosome = 0.6 * open(4.7);
  const auto rates = [&](const std::array<double, 7>& x) {
    return std::array{-(u.k_endocytosis + u.k_fusion) * x[0],
                      u.k_endocytosis * x[0] - (u.k_late + early) * x[1],
                      u.k_late * x[1] - (u.k_lysosome + late) * x[2],
                      u.k_lysosome * x[2] - (u.k_degradation + lysosome) * x[3],
                      u.k_fusion * x[0],
                      early * x[1] + late * x[2] + lysosome * x[3],
                      u.k_degradation * x[3]};
  };
  const double end = 3600.0;
  const auto exact = integrate(std::array{100.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0}, rates, end, 36000);
  test::Scene s = one_cell(u, 0.0, 20.0, {}, gate);
  put(s, CellArray::bound, 100.0);
  advance_by(s, end, 6);
  std::vector<double> got;
  for (const CellArray a : {CellArray::bound, CellArray::early_endosome, CellArray::late_endosome, CellArray::lysosome,
                            CellArray::fused, CellArray::back_fused, CellArray::degraded})
    got.push_back(in_cell(s, a));
  // The reference is good to 36000 (k dt)^5/120, 1e-15, and its rounding, sqrt(36000) 1e-16.
  test::verify({.name = "the chain inside a recipient, back-fusion in lysosomes included, 3600 s",
                .exact = "Runge-Kutta, 36,000 steps",
                .levels = {{0.0, test::relative_l2(got, {exact.begin(), exact.end()})}},
                .largest_error = 1e-12});
}

TEST(AcidGate, BafilomycinStopsDeliveryAndNotUptake) {
  // Every pH at 7: phi falls from .091 in early endosomes, the least, to .0040. A pool holds less the more it delivers,
  // so that delivery falls to at most 0.0040/0.091 = 4.4 % times what the pools gain, here below 10 %.
  const auto run = [](const AcidGate& gate) {
    Uptake u = test::recipient_type("cell").recipient.at("exosome");
    u.k_on = 8e-12;
    u.k_fusion = 0.0;
    u.k_recycling = u.k_resecretion = 0.0;
    u.fluid = 0.02;
    u.lysosome_share = 0.1;
    test::Scene s = one_cell(u, 1e-3, 20.0, {}, gate);
    advance_by(s, 14400.0, 240);
    return std::vector{in_cell(s, CellArray::back_fused), in_cell(s, CellArray::endocytosed),
                       in_cell(s, CellArray::fluid_phase)};
  };
  const auto control = run({}), blocked = run({.pH_early = 7.0, .pH_late = 7.0, .pH_lysosome = 7.0});
  EXPECT_LT(blocked[0], 0.048 * control[0]);
  EXPECT_GT(blocked[0], 0.0);
  for (const std::size_t uptake : {1U, 2U}) EXPECT_NEAR(blocked[uptake] / control[uptake], 1.0, 1e-12);
  RecordProperty("delivery_left", std::to_string(blocked[0] / control[0]));
}

TEST(Communication, RoutesOfEndocytosisAddUpToIt) {
  Uptake u = test::recipient_type("cell").recipient.at("exosome");
  u.k_on = 8e-12;
  u.fluid = 0.5;
  test::Scene s = one_cell(u, 1e-3);
  advance_by(s, 3600.0, 60);
  double endocytosed = 0.0, by_route = 0.0, fluid = 0.0;
  int rows = 0;
  for (const CommunicationRow& row : measure_communication(s.state, s.model, MPI_COMM_SELF)) {
    if (row.route == "endocytosed") endocytosed = row.amount;
    if (row.route == "fluid phase" && row.kind == "uptake") fluid = row.amount;
    if (row.kind != "endocytosis") continue;
    by_route += row.amount;
    ++rows;
  }
  EXPECT_EQ(rows, 5);
  EXPECT_GT(endocytosed, 0.0);
  EXPECT_NEAR(by_route, endocytosed, 1e-14 * endocytosed);
  EXPECT_GT(fluid, 0.0);
}

}  // namespace vesicast::recipient_pathway_test
