// Darcy flow with vessels against exact solutions.
#include "src/extracellular/flow/darcy.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "src/extracellular/flow/divergence.hpp"
#include "tests/support/scenes.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::darcy_test {
namespace {

std::vector<double> values_of(const Domain& domain, const std::function<double(const Vector3&)>& f) {
  std::vector<double> values(static_cast<std::size_t>(domain.owned_voxels()));
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = f(domain.grid().centre(domain.owned().voxel(static_cast<std::int64_t>(i))));
  return values;
}

/// A row of voxels along x with pressures at its ends.
struct Slab {
  Domain domain;
  std::vector<double> conductivity, none;
  DarcyProblem problem;
  Slab(std::int64_t n, double h, std::optional<double> low, std::optional<double> high,
       const std::function<double(const Vector3&)>& k)
      : domain(test::domain_of(test::grid_of({n, 1, 1}, h))), conductivity(values_of(domain, k)) {
    problem.conductivity = conductivity;
    problem.boundary[0] = {FlowBoundary{low}, FlowBoundary{high}};
  }
};

}  // namespace

TEST(Darcy, BetweenTwoPressuresIsExact) {
  // v = K (p_0 - p_1) / length.
  Slab row(24, 10.0, 900.0, 300.0, [](const Vector3&) { return 0.03; });
  const DarcyPressure solved = solve_pressure(row.domain, row.problem);
  const FlowField flow = darcy_flow(row.domain, row.problem, solved.pressure);
  for (std::int64_t i = 0; i < row.domain.owned_voxels(); ++i)
    for (std::size_t side = 0; side < 2; ++side)
      EXPECT_NEAR(flow.through(row.domain.owned().voxel(i), 0, side), 100.0 * 0.03 * 600.0 / 240.0, 1e-10);
}

TEST(Darcy, TheFlowOfARunHasTheConductivityThatIsGiven) {
  Parameters p = test::parameters_of({12, 1, 1}, 10.0, 1.0);
  p.flow.kind = FlowKind::darcy;
  p.flow.conductivity = 0.07;
  p.flow.boundary[0] = {FlowBoundary{800.0}, FlowBoundary{200.0}};
  const test::Scene s = test::make_scene(p);
  EXPECT_NEAR(s.site.flow->field.through(s.domain->owned().lower, 0, 1), 100.0 * 0.07 * 600.0 / 120.0, 1e-10);
}

TEST(Darcy, LayersOfDifferentKAreInSeries) {
  const std::array<double, 3> k{0.03, 3e-4, 0.3};
  const auto layer = [&](double x) { return static_cast<std::size_t>(x / 80.0); };
  Slab row(24, 10.0, 900.0, 300.0, [&](const Vector3& x) { return k[layer(x[0])]; });
  const DarcyPressure solved = solve_pressure(row.domain, row.problem);
  const FlowField flow = darcy_flow(row.domain, row.problem, solved.pressure);
  const double velocity = 600.0 / (80.0 / k[0] + 80.0 / k[1] + 80.0 / k[2]);
  const auto p = test::gather(solved.pressure, row.domain);
  double worst = 0.0, at_face = 900.0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    const double fall = velocity * 10.0 / k[i / 8];
    worst = std::max(worst, std::abs(p[i] - (at_face - 0.5 * fall)) / 600.0);
    at_face -= fall;
  }
  test::verify({.name = "Darcy: three layers of different K",
                .exact = "resistances in series",
                .norm = "relative, largest",
                .levels = {{0.0, worst}},
                .largest_error = 1e-11});
  for (std::int64_t i = 0; i < row.domain.owned_voxels(); ++i)
    EXPECT_NEAR(flow.through(row.domain.owned().voxel(i), 0, 1), 100.0 * velocity, 1e-10 * 100.0 * velocity);
}

TEST(Darcy, CapillariesTakeUpAPressureWithinTheirDecayLength) {
  // Held at p_0 above that of the vessels at x = 0, closed at x = l: p = p_0 cosh((l - x)/d)/cosh(l/d), d = sqrt(K/e);
  // all of the inflow K p_0 tanh(l/d)/d is drained.
  const double k = 0.03, e = 3e-5, length = 120.0, p0 = 700.0, d = std::sqrt(k / e);
  const auto error = [&](std::int64_t n) {
    Slab row(n, length / static_cast<double>(n), p0, std::nullopt, [&](const Vector3&) { return k; });
    const std::vector<double> conductance(row.conductivity.size(), e), pressure(row.conductivity.size(), 0.0);
    row.problem.lymph = {conductance, pressure};
    const DarcyPressure solved = solve_pressure(row.domain, row.problem);
    const FlowField flow = darcy_flow(row.domain, row.problem, solved.pressure);
    const auto p = test::gather(solved.pressure, row.domain);
    double worst = 0.0;
    for (std::size_t i = 0; i < p.size(); ++i) {
      const double x = row.domain.grid().centre({static_cast<std::int64_t>(i), 0, 0})[0];
      worst = std::max(worst, std::abs(p[i] - p0 * std::cosh((length - x) / d) / std::cosh(length / d)) / p0);
    }
    double drained = 0.0, entered = 0.0;
    for (std::size_t i = 0; i < flow.lymph.out.size(); ++i) drained += flow.lymph.out[i] - flow.lymph.in[i];
    if (row.domain.owned().lower[0] == 0) entered = flow.through({0, 0, 0}, 0, 0);
    std::array<double, 2> sums{drained, entered};
    MPI_Allreduce(MPI_IN_PLACE, sums.data(), 2, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
    EXPECT_NEAR(sums[0], sums[1], 1e-11 * sums[1]);
    EXPECT_TRUE(flow.blood.in.empty());
    const double exact = row.domain.grid().face_area(0) * k * p0 * std::tanh(length / d) / d;
    return std::array{worst, std::abs(sums[1] / exact - 1.0)};
  };
  const auto coarse = error(24), fine = error(48);
  test::verify({.name = "Darcy: capillaries take up a pressure",
                .exact = "cosh((l - x)/d)/cosh(l/d), d = sqrt(K/e)",
                .norm = "relative, largest",
                .levels = {{5.0, coarse[0]}, {2.5, fine[0]}},
                .largest_error = 1e-3,
                .least_order = 1.9});
  test::verify({.name = "Darcy: what flows in there",
                .exact = "K p_0 tanh(l/d)/d",
                .norm = "relative",
                .levels = {{5.0, coarse[1]}, {2.5, fine[1]}},
                .largest_error = 1e-3,
                .least_order = 1.9});
}

TEST(Darcy, LymphDrainsWhatBloodBringsInAClosedTissue) {
  // p = (e_b P_b + e_l P_l)/(e_b + e_l) everywhere, and nothing crosses a face.
  const Domain domain = test::domain_of(test::grid_of({12, 12, 12}, 10.0));
  const auto n = static_cast<std::size_t>(domain.owned_voxels());
  const std::vector<double> k(n, 0.03), eb(n, 2e-8), pb(n, 1200.0), el(n, 6e-8), pl(n, -400.0);
  const DarcyProblem problem{.conductivity = k, .blood = {eb, pb}, .lymph = {el, pl}};
  const DarcyPressure solved = solve_pressure(domain, problem);
  const FlowField flow = darcy_flow(domain, problem, solved.pressure);
  EXPECT_EQ(solved.levels, 2);                    // 1728 cells, 216 below them
  const double brought = 2e-8 * 1200.0 * 1000.0;  // the pressure is 0
  for (std::size_t i = 0; i < n; ++i) {
    EXPECT_NEAR(flow.blood.in[i], brought, 1e-9 * brought);
    EXPECT_NEAR(flow.lymph.out[i], brought, 1e-9 * brought);
    EXPECT_EQ(flow.blood.out[i] + flow.lymph.in[i], 0.0);
  }
  // All that is left of |K grad p| is the rounding of p.
  for (const auto& axis : flow.flux)
    for (const double f : axis) EXPECT_LT(std::abs(f), 1e-10);
}

TEST(Darcy, TissueInBalanceIsExactlyAtRest) {
  const Domain domain = test::domain_of(test::grid_of({12, 12, 12}, 10.0));
  const auto n = static_cast<std::size_t>(domain.owned_voxels());
  const std::vector<double> k(n, 0.03), e(n, 2e-5), p(n, 731.0);
  DarcyProblem problem{.conductivity = k, .blood = {e, p}};
  problem.boundary[1] = {FlowBoundary{731.0}, FlowBoundary{}};
  const DarcyPressure solved = solve_pressure(domain, problem);
  EXPECT_EQ(solved.iterations, 0);
  const FlowField flow = darcy_flow(domain, problem, solved.pressure);
  for (const auto& axis : flow.flux)
    for (const double f : axis) EXPECT_EQ(f, 0.0);
  EXPECT_EQ(largest_divergence(flow, domain).relative, 0.0);
}

TEST(Darcy, FluxesOfAStoredPressureAreTheSameBitsOnAnyCutRimsIncluded) {
  const Grid grid = test::grid_of({13, 12, 14}, 10.0);
  const auto make = [&](const Domain& domain) {
    const auto k = values_of(domain, [](const Vector3& x) { return 0.03 + 0.01 * std::sin(x[0] + 2.0 * x[1] - x[2]); });
    DarcyProblem problem{.conductivity = k};
    problem.boundary[1] = {FlowBoundary{500.0}, FlowBoundary{-20.0}};
    Field p(domain);
    test::fill(p, domain, [](const Index3& v) { return std::sin(static_cast<double>(3 * v[0] - v[1] * v[2])); });
    return darcy_flow(domain, problem, p);
  };
  const FlowField shared = make(test::domain_of(grid, {true, false, false}));
  const FlowField alone = make(test::domain_of(grid, {true, false, false}, MPI_COMM_SELF));
  for (std::int64_t i = 0; i < shared.covered.volume(); ++i)
    for (std::size_t axis = 0; axis < 3; ++axis)
      EXPECT_EQ(shared.flux[axis][static_cast<std::size_t>(i)],
                alone.flux[axis][static_cast<std::size_t>(alone.covered.offset(shared.covered.voxel(i)))]);
}

}  // namespace vesicast::darcy_test
