// The pressure's solver: grid-independent iterations, obstacles, jumps, odd extents, uneven cuts, no anchor, bad input.
#include <gtest/gtest.h>

#include <cmath>

#include "decomposition/base/error.hpp"
#include "src/extracellular/flow/darcy.hpp"
#include "src/extracellular/flow/divergence.hpp"
#include "tests/support/scenes.hpp"

namespace vesicast::darcy_solver_test {
namespace {

std::vector<double> values_of(const Domain& domain, const std::function<double(const Index3&)>& f) {
  std::vector<double> values(static_cast<std::size_t>(domain.owned_voxels()));
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = f(domain.owned().voxel(static_cast<std::int64_t>(i)));
  return values;
}

/// A number in [0, 1) that depends on the voxel alone.
double noise(const Index3& v) {
  const double s = 43758.5453 * std::sin(12.9898 * static_cast<double>(v[0]) + 78.233 * static_cast<double>(v[1]) +
                                         37.719 * static_cast<double>(v[2]));
  return s - std::floor(s);
}

/// x held at both ends, the rest closed; blood in the lower half of x.
struct Block {
  Domain domain;
  std::vector<double> conductivity, exchange, vessel;
  DarcyProblem problem;
  Block(Domain d, const std::function<double(const Index3&)>& k, double e)
      : domain(std::move(d)), conductivity(values_of(domain, k)) {
    const std::int64_t half = domain.grid().voxels[0] / 2;
    exchange = values_of(domain, [&](const Index3& v) { return v[0] < half ? e : 0.0; });
    vessel.assign(conductivity.size(), 1500.0);
    problem.conductivity = conductivity;
    if (e > 0.0) problem.blood = {exchange, vessel};
    problem.boundary[0] = {FlowBoundary{500.0}, FlowBoundary{0.0}};
  }
};

double largest_flux(const FlowField& flow) {
  double largest = 0.0;
  for (const auto& axis : flow.flux)
    for (const double f : axis) largest = std::max(largest, std::abs(f));
  MPI_Allreduce(MPI_IN_PLACE, &largest, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
  return largest;
}

/// Largest |divergence| of a voxel over the largest flux of the domain.
double imbalance(const FlowField& flow, const Domain& domain) {
  double worst = 0.0;
  for (std::size_t i = 0; i < static_cast<std::size_t>(domain.owned_voxels()); ++i) {
    double sum = -flow.blood.net(i) - flow.lymph.net(i);
    for (std::size_t a = 0; a < domain.grid().dimensions; ++a) {
      const Index3 v = domain.owned().voxel(static_cast<std::int64_t>(i));
      sum += flow.through(v, a, 1) - flow.through(v, a, 0);
    }
    worst = std::max(worst, std::abs(sum));
  }
  MPI_Allreduce(MPI_IN_PLACE, &worst, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
  return worst / largest_flux(flow);
}

int iterations(const Index3& n, double e, const std::string& name) {
  Block b(
      test::domain_of(test::grid_of(n, 10.0)), [](const Index3&) { return 0.03; }, e);
  const DarcyPressure solved = solve_pressure(b.domain, b.problem);
  testing::Test::RecordProperty("iterations_" + name, solved.iterations);
  testing::Test::RecordProperty("residual_" + name, std::to_string(1e15 * solved.residual) + "e-15");
  return solved.iterations;
}

}  // namespace

TEST(DarcySolver, NeedsAsManyIterationsOnAnyGridIn3D) {
  const int coarse = iterations({16, 16, 16}, 3e-5, "16"), middle = iterations({32, 32, 32}, 3e-5, "32"),
            fine = iterations({64, 64, 64}, 3e-5, "64");
  EXPECT_LE(fine, 15);
  EXPECT_LE(fine - coarse, 3) << coarse << ' ' << middle << ' ' << fine;
}

TEST(DarcySolver, NeedsAsManyIterationsOnAnyGridIn2D) {
  const int coarse = iterations({32, 32, 0}, 0.0, "32"), middle = iterations({64, 64, 0}, 0.0, "64"),
            fine = iterations({128, 128, 0}, 0.0, "128");
  EXPECT_LE(fine, 15);
  EXPECT_LE(fine - coarse, 3) << coarse << ' ' << middle << ' ' << fine;
}

TEST(DarcySolver, StandsJumpsOddExtentsAnisotropyAndUnevenCuts) {
  // K over four decades from voxel to voxel, a tenth of the voxels obstacles, on extents that halve badly.
  Grid grid = test::grid_of({33, 21, 19}, 10.0);
  grid.spacing = {5.0, 10.0, 20.0};
  const auto k = [](const Index3& v) { return noise(v) < 0.1 ? 0.0 : 0.03 * std::pow(10.0, 4.0 * noise(v) - 2.0); };
  int ranks = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  std::vector<std::int64_t> cut(static_cast<std::size_t>(ranks), 4);
  cut.back() = 33 - 4 * (ranks - 1);
  const Layout layout = explicit_layout(grid, {cut, {21}, {19}});
  Block shared(Domain(MPI_COMM_WORLD, grid, {false, true, false}, layout), k, 3e-5);
  Block alone(test::domain_of(grid, {false, true, false}, MPI_COMM_SELF), k, 3e-5);
  const DarcyPressure a = solve_pressure(shared.domain, shared.problem),
                      b = solve_pressure(alone.domain, alone.problem);
  const auto pa = test::gather(a.pressure, shared.domain), pb = test::gather(b.pressure, alone.domain);
  EXPECT_EQ(pa, pb);
  for (const double p : pa) {
    ASSERT_GE(p, 0.0);  // between the lowest and the highest of what is held
    ASSERT_LE(p, 1500.0);
  }
  const FlowField flow = darcy_flow(shared.domain, shared.problem, a.pressure);
  RecordProperty("iterations", a.iterations);
  RecordProperty("levels", a.levels);
  RecordProperty("imbalance_e12", std::to_string(1e12 * imbalance(flow, shared.domain)));
  EXPECT_LE(a.iterations, 60);
  EXPECT_LT(imbalance(flow, shared.domain), 1e-10);
}

TEST(DarcySolver, StandsMembranesWallsAndCrowds) {
  const std::int64_t n = 32;
  const auto need = [&](const std::string& name, const std::function<double(const Index3&)>& k) {
    Block b(test::domain_of(test::grid_of({n, n, n}, 10.0)), k, 0.0);
    const DarcyPressure solved = solve_pressure(b.domain, b.problem);
    testing::Test::RecordProperty("iterations_" + name, solved.iterations);
    EXPECT_LE(solved.iterations, 25) << name;
    EXPECT_LT(solved.residual, 1e-13) << name;
  };
  need("membrane", [&](const Index3& v) { return v[0] == 17 ? 3e-6 : 0.03; });
  need("wall_with_a_hole", [&](const Index3& v) { return v[0] == 17 && !(v[1] == 5 && v[2] == 5) ? 0.0 : 0.03; });
  need("obstacles_30_percent", [&](const Index3& v) { return noise(v) < 0.3 ? 0.0 : 0.03; });
  need("blocks", [&](const Index3& v) { return std::pow(10.0, 4.0 * noise({v[0] / 7, v[1] / 7, v[2] / 7}) - 4.0); });
}

TEST(DarcySolver, NothingCrossesAnObstacle) {
  const Index3 n{24, 20, 20};
  const auto inside = [](const Index3& v) {
    const double x = static_cast<double>(v[0]) - 11.5, y = static_cast<double>(v[1]) - 9.5,
                 z = static_cast<double>(v[2]) - 9.5;
    return x * x + y * y + z * z < 36.0;
  };
  // In the middle of the sphere a pocket that nothing reaches.
  const auto pocket = [](const Index3& v) { return v[0] == 11 && v[1] == 9 && (v[2] == 9 || v[2] == 10); };
  Block b(
      test::domain_of(test::grid_of(n, 10.0)), [&](const Index3& v) { return inside(v) && !pocket(v) ? 0.0 : 0.03; },
      0.0);
  const DarcyPressure solved = solve_pressure(b.domain, b.problem);
  EXPECT_EQ(solved.stagnant, 2);
  const FlowField flow = darcy_flow(b.domain, b.problem, solved.pressure);
  double entered = 0.0, left = 0.0, within = 0.0;
  {
    const ReadScope p(solved.pressure);
    for (std::int64_t i = 0; i < b.domain.owned_voxels(); ++i) {
      const Index3 v = b.domain.owned().voxel(i);
      if (v[0] == 0) entered += flow.through(v, 0, 0);
      if (v[0] == n[0] - 1) left += flow.through(v, 0, 1);
      if (!inside(v)) continue;
      EXPECT_EQ(p.values()[static_cast<std::size_t>(i)], 0.0);
      for (std::size_t a = 0; a < 3; ++a)
        for (std::size_t side = 0; side < 2; ++side) within = std::max(within, std::abs(flow.through(v, a, side)));
    }
  }
  EXPECT_EQ(within, 0.0);
  std::array<double, 2> sums{entered, left};
  MPI_Allreduce(MPI_IN_PLACE, sums.data(), 2, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
  EXPECT_NEAR(sums[0], sums[1], 1e-11 * sums[0]);
  // A sphere of a ninth of the section's area hinders, but does not stop the flow.
  const double unhindered = 400.0 * 100.0 * 0.03 * 500.0 / 240.0;
  EXPECT_LT(sums[0], 0.95 * unhindered);
  EXPECT_GT(sums[0], 0.6 * unhindered);
  RecordProperty("iterations", solved.iterations);
  RecordProperty("balance_e15", std::to_string(1e15 * std::abs(sums[0] / sums[1] - 1.0)));
  RecordProperty("imbalance_e15", std::to_string(1e15 * imbalance(flow, b.domain)));
  EXPECT_LT(imbalance(flow, b.domain), 1e-11);
}

TEST(DarcySolver, NothingMovesWhereNothingDrives) {
  // Closed on all sides and without vessels, the pressure is undetermined and the fluid at rest.
  const Domain domain = test::domain_of(test::grid_of({12, 12, 12}, 10.0), {true, false, false});
  const std::vector<double> k(static_cast<std::size_t>(domain.owned_voxels()), 0.03);
  const DarcyProblem problem{.conductivity = k};
  const DarcyPressure solved = solve_pressure(domain, problem);
  EXPECT_EQ(solved.stagnant, 12 * 12 * 12);
  EXPECT_EQ(solved.iterations, 0);
  const FlowField flow = darcy_flow(domain, problem, solved.pressure);
  EXPECT_EQ(largest_flux(flow), 0.0);
}

TEST(DarcySolver, AWeakLeakAloneDeterminesThePressure) {
  // One voxel's lymphatic, 1e-6 of a face's conductance, and blood of the same kind elsewhere: nearly singular.
  const Domain domain = test::domain_of(test::grid_of({32, 32, 32}, 10.0));
  const auto n = static_cast<std::size_t>(domain.owned_voxels());
  const std::vector<double> k(n, 0.03), p(n, 900.0), sink(n, -100.0);
  const auto e = values_of(domain, [](const Index3& v) { return v == Index3{3, 4, 5} ? 3e-10 : 0.0; });
  const auto l = values_of(domain, [](const Index3& v) { return v == Index3{30, 20, 9} ? 3e-10 : 0.0; });
  const DarcyProblem problem{.conductivity = k, .blood = {e, p}, .lymph = {l, sink}};
  const DarcyPressure solved = solve_pressure(domain, problem);
  const auto all = test::gather(solved.pressure, domain);
  for (const double x : all) ASSERT_NEAR(x, 400.0, 1e-2);
  RecordProperty("iterations", solved.iterations);
  EXPECT_LE(solved.iterations, 30);
}

TEST(DarcySolver, ObeysOptionsAndRefusesAPoorSolution) {
  Block b(
      test::domain_of(test::grid_of({32, 12, 12}, 10.0)), [](const Index3&) { return 0.03; }, 3e-5);
  PetscOptionsSetValue(nullptr, "-flow_ksp_rtol", "1e-3");
  EXPECT_THROW(static_cast<void>(solve_pressure(b.domain, b.problem)), NumericsError);
  PetscOptionsClearValue(nullptr, "-flow_ksp_rtol");
  PetscOptionsSetValue(nullptr, "-flow_ksp_max_it", "2");
  EXPECT_THROW(static_cast<void>(solve_pressure(b.domain, b.problem)), NumericsError);
  PetscOptionsClearValue(nullptr, "-flow_ksp_max_it");
  for (const char* type : {"gamg", "jacobi"}) {
    PetscOptionsSetValue(nullptr, "-flow_pc_type", type);
    EXPECT_LT(solve_pressure(b.domain, b.problem).residual, 1e-11) << type;
  }
  PetscOptionsClearValue(nullptr, "-flow_pc_type");
}

TEST(DarcySolver, NamesTheVoxelOfABadCoefficient) {
  Block b(
      test::domain_of(test::grid_of({12, 12, 12}, 10.0)),
      [](const Index3& v) {
        return v == Index3{5, 6, 7} ? -1.0 : 0.03;
      },
      3e-5);
  try {
    static_cast<void>(solve_pressure(b.domain, b.problem));
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ExitCode::bad_input);
    EXPECT_NE(std::string(e.what()).find("the hydraulic conductivity [um^2/(Pa s)] is -1 in voxel (5, 6, 7)"),
              std::string::npos)
        << e.what();
  }
}

}  // namespace vesicast::darcy_solver_test
