// Advection: nothing negative, nothing lost, the same bits on any number of ranks.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numeric>

#include "decomposition/base/error.hpp"
#include "src/extracellular/transport.hpp"
#include "tests/support/labyrinth.hpp"

namespace vesicast::advection_bounds_test {

using test::Labyrinth;
using test::noise;

TEST(AdvectionBounds, AConstantConcentrationStaysIt) {
  const Labyrinth box;
  const auto constant = [&](const Index3& v) { return 3.0 * box.alpha()(v) * box.grid.voxel_volume(); };
  test::Carried c = box.carried(constant);
  for (int i = 0; i < 200; ++i) c.carry(1.0);
  const double volume = box.grid.voxel_volume();
  double worst = 0.0;
  for (std::size_t i = 0; i < c.n.size(); ++i) {
    const double exact = constant(c.domain.owned().voxel(static_cast<std::int64_t>(i)));
    worst = std::max(worst, std::abs(c.n[i] - exact) / (0.1 * volume));
  }
  MPI_Allreduce(MPI_IN_PLACE, &worst, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
  EXPECT_LT(worst, 1e-11);
  RecordProperty("worst", fmt::format("{:.1e}", worst));
}

TEST(AdvectionBounds, PointSourcesInALabyrinthAreNeverNegativeAndNothingIsLost) {
  const Labyrinth box;
  test::Carried c = box.carried([&](const Index3& v) { return !box.solid(v) && noise(v, 5) > 0.98 ? 1.0 : 0.0; });
  const double start = c.total();
  ASSERT_GT(start, 5.0);
  const auto square = [&](const Index3& v, double n) { return box.solid(v) ? 0.0 : n * n / box.alpha()(v); };
  double norm = c.integrate(square);
  for (int i = 0; i < 1000; ++i) {
    c.carry(0.8 / c.advection->largest_rate());
    ASSERT_GE(c.extreme(MPI_MIN), 0.0) << "step " << i;
    const double now = c.integrate(square);
    ASSERT_LT(now, norm * (1.0 + 1e-12)) << "unstable at step " << i;
    norm = now;
  }
  EXPECT_LT(std::abs(c.total() / start - 1.0), 1e-13);
  RecordProperty("lost", fmt::format("{:.1e}", std::abs(c.total() / start - 1.0)));
  const double inside = c.integrate([&](const Index3& v, double n) { return box.solid(v) ? n : 0.0; });
  EXPECT_EQ(inside, 0.0);
}

TEST(AdvectionBounds, AFrontOvershootsLittle) {
  const Grid grid = test::grid_of({48, 40, 0}, 5.0);
  for (const double courant : {0.1, 0.4, 0.8}) {
    test::Carried c(grid, {true, true, false}, test::uniform(grid, {0.7, -0.3, 0.0}),
                    [](const Index3& v) { return v[0] >= 10 && v[0] < 26 && v[1] >= 8 && v[1] < 24 ? 1.0 : 0.0; });
    const double start = c.total(), dt = courant / c.advection->largest_rate();
    double largest = 0.0;
    for (int i = 0; i < 300; ++i) {
      c.carry(dt);
      ASSERT_GE(c.extreme(MPI_MIN), 0.0) << "Courant number " << courant << " step " << i;
      largest = std::max(largest, c.extreme(MPI_MAX));
    }
    EXPECT_LT(largest, 1.3) << "Courant number " << courant;
    EXPECT_LT(std::abs(c.total() / start - 1.0), 1e-13);
    RecordProperty(fmt::format("largest_{:g}", courant), fmt::format("{:.3f}", largest));
  }
}

TEST(AdvectionBounds, APointSourceAtPeclet20SpreadsByItsDiffusion) {
  // v h / D = 20: Strang splitting with the exponential of diffusion; 40 voxels downstream the variance is 2 D t.
  const double h = 10.0, v = 0.5, d = v * h / 20.0, seconds = 40.0 * h / v, alpha = 0.2;
  const Grid grid = test::grid_of({80, 24, 0}, h);
  test::Carried c(
      grid, {}, test::uniform(grid, {alpha * v, 0.0, 0.0}),
      [](const Index3& x) {
        return x == Index3{12, 12, 0} ? 1.0 : 0.0;
      },
      [&](const Index3&) { return alpha; });
  Operator op(c.domain, test::parameters_of({80, 24, 0}, h, d).vesicles[0], alpha, d);
  Transport transport(c.domain, "uniformisation", 1e-10);
  Field field(c.domain);
  TransportFlows flows;
  const double dt = 0.5 / c.advection->largest_rate();
  const int steps = static_cast<int>(std::lround(seconds / dt));
  const auto diffuse = [&](double t) {
    std::ranges::copy(c.n, WriteScope(field).values().begin());
    test::transport_alone(transport, field, op, t, flows, false);
    std::ranges::copy(ReadScope(field).values(), c.n.begin());
  };
  const auto moment = [&](int p) {
    return c.integrate([&](const Index3& x, double n) { return n * std::pow(grid.centre(x)[0] - 125.0, p); });
  };
  std::array<double, 3> variance{};  // at the start, half way and at the end
  for (int i = 1; i <= steps; ++i) {
    diffuse(0.5 * dt);
    c.carry(dt);
    ASSERT_GE(c.extreme(MPI_MIN), 0.0) << "step " << i;
    diffuse(0.5 * dt);
    if (2 * i % steps == 0) variance[static_cast<std::size_t>(2 * i / steps)] = moment(2) - moment(1) * moment(1);
  }
  EXPECT_NEAR(moment(1), v * seconds, 1e-6 * h);
  const double all = variance[2] / (2.0 * d * seconds) - 1.0;
  const double second_half = (variance[2] - variance[1]) / (d * seconds) - 1.0;
  EXPECT_LT(std::abs(all), 0.4);
  EXPECT_LT(std::abs(second_half), 0.15);
  RecordProperty("excess", fmt::format("{:.3f} D over all, {:.3f} D in the second half", all, second_half));
}

TEST(AdvectionBounds, WhatEntersAndLeavesIsBooked) {
  const Grid grid{{12, 10, 9}, {10.0, 10.0, 20.0}, 3};
  const Vector3 velocity{0.5, -0.25, 0.125};
  test::Carried c(grid, {}, test::uniform(grid, velocity), [](const Index3& v) { return 1.0 + noise(v, 0); });
  const double start = c.total(), value = 2e-3;
  for (auto& sides : c.outside) sides = {value, value};
  const int steps = 200;
  const double dt = 0.99 * Advection::largest_courant / c.advection->largest_rate();
  for (int i = 0; i < steps; ++i) {
    c.carry(dt);
    ASSERT_GE(c.extreme(MPI_MIN), 0.0) << "step " << i;
  }
  double rate = 0.0;
  for (std::size_t a = 0; a < 3; ++a)
    rate += std::abs(velocity[a]) * value * grid.voxel_volume() * static_cast<double>(grid.size()) / grid.length(a);
  const double entered = c.sum(c.entered), left = c.sum(c.left);
  EXPECT_NEAR(entered, rate * dt * steps, 1e-12 * entered);
  EXPECT_NEAR(start + entered, left + c.total(), 1e-13 * (start + entered));
  // The box has been flushed: it holds what flows in, to round-off and the tail of what was there.
  EXPECT_LT(c.error([&](const Index3&) { return value * grid.voxel_volume(); })[1], 1e-9);
  RecordProperty("residual", fmt::format("{:.1e}", (start + entered - left - c.total()) / (start + entered)));
}

TEST(AdvectionBounds, TheLargestRateIsThatOfWhatLeaves) {
  // Fluid is drained on the way and brought in the last voxel: 100, 90, 60 and 250 um^3/s through the faces of three.
  const test::Carried c(
      test::grid_of({3, 1, 1}, 10.0), {},
      [](const Index3& v, int axis) {
        return axis == 0 ? std::array{100.0, 90.0, 60.0, 250.0}[static_cast<std::size_t>(v[0])] : 0.0;
      },
      [](const Index3&) { return 1.0; }, [](const Index3& v) { return v[0] == 0 ? 0.1 : 0.4; }, MPI_COMM_SELF);
  EXPECT_DOUBLE_EQ(c.advection->largest_rate(), 90.0 / 100.0);
}

TEST(AdvectionBounds, FluidBringsWhatIsBeyondItsOwnFace) {
  // 0.5 um/s through faces of 100 um^2, into either end of a row.
  for (const double velocity : {0.5, -0.5}) {
    const Grid grid = test::grid_of({6, 1, 1}, 10.0);
    test::Carried c(
        grid, {}, test::uniform(grid, {velocity, 0.0, 0.0}), [](const Index3&) { return 0.0; },
        [](const Index3&) { return 0.3; }, MPI_COMM_SELF);
    c.outside[0] = {2e-3, 7e-3};
    c.carry(4.0);
    EXPECT_NEAR(c.entered.value(), 0.5 * 100.0 * 4.0 * (velocity > 0.0 ? 2e-3 : 7e-3), 1e-14);
    EXPECT_NEAR(c.entered.value() - c.left.value(), std::accumulate(c.n.begin(), c.n.end(), 0.0), 1e-15);
  }
}

TEST(AdvectionBounds, AnEmptyOutsideBringsNothing) {
  const Grid grid = test::grid_of({20, 15, 0}, 10.0);
  test::Carried c(grid, {}, test::uniform(grid, {-1.0, 1.0, 0.0}), [](const Index3&) { return 1.0; });
  for (int i = 0; i < 60; ++i) {
    c.carry(10.0);
    ASSERT_GE(c.extreme(MPI_MIN), 0.0);
  }
  EXPECT_EQ(c.sum(c.entered), 0.0);
  EXPECT_NEAR(c.sum(c.left) + c.total(), 300.0, 1e-11);
  EXPECT_LT(c.total(), 1e-6);
}

TEST(AdvectionBounds, AStepIsCutIntoSubsteps) {
  const Labyrinth box;
  const auto start = [&](const Index3& v) { return box.solid(v) ? 0.0 : 1.0 + noise(v, 6); };
  test::Carried whole = box.carried(start), parts = box.carried(start);
  const double rate = whole.advection->largest_rate();
  EXPECT_EQ(whole.advection->substeps(0.5 / rate), 1);
  EXPECT_EQ(whole.advection->substeps(7.9 * Advection::largest_courant / rate), 8);
  const double dt = 7.9 * Advection::largest_courant / rate;
  whole.carry(dt);
  for (int i = 0; i < 8; ++i) parts.carry(dt / 8.0);
  EXPECT_EQ(whole.n, parts.n);
  EXPECT_THROW(static_cast<void>(whole.advection->substeps(1e12 / rate)), NumericsError);
}

TEST(AdvectionBounds, TheSameBitsOnAnyNumberOfRanks) {
  const Labyrinth box;
  const auto start = [&](const Index3& v) { return box.solid(v) || noise(v, 7) < 0.5 ? 0.0 : noise(v, 7); };
  const auto open = [&](MPI_Comm comm) {
    const Grid grid{{13, 11, 9}, {10.0, 7.0, 12.0}, 3};
    return test::Carried(
        grid, {false, false, true}, test::uniform(grid, {-0.5, 0.4, 0.3}), start,
        [](const Index3& v) { return 0.3 + 0.2 * noise(v, 4); }, comm);
  };
  for (const bool periodic : {true, false}) {
    test::Carried all = periodic ? box.carried(start) : open(MPI_COMM_WORLD);
    test::Carried one = periodic ? box.carried(start, MPI_COMM_SELF) : open(MPI_COMM_SELF);
    for (test::Carried* c : {&all, &one}) {
      c->outside = {{{1e-3, 2e-3}, {3e-3, 4e-3}, {}}};
      for (int i = 0; i < 20; ++i) c->carry(3.0);
    }
    EXPECT_EQ(all.advection->largest_rate(), one.advection->largest_rate());
    int different = 0;
    for (std::size_t i = 0; i < all.n.size(); ++i) {
      const Index3 v = all.domain.owned().voxel(static_cast<std::int64_t>(i));
      if (all.n[i] != one.n[static_cast<std::size_t>(one.domain.owned().offset(v))]) ++different;
    }
    EXPECT_EQ(different, 0) << (periodic ? "labyrinth" : "open box");
    EXPECT_EQ(all.sum(all.entered), one.sum(one.entered));
    EXPECT_EQ(all.sum(all.left), one.sum(one.left));
  }
}

TEST(AdvectionBounds, RefusesFluidThroughObstaclesAndBadVolumes) {
  const Grid grid = test::grid_of({12, 12, 0}, 10.0);
  const auto build = [&](double alpha) {
    test::Carried(
        grid, {}, test::uniform(grid, {1.0, 0.0, 0.0}), [](const Index3&) { return 0.0; },
        [&](const Index3& v) {
          return v == Index3{5, 7, 0} ? alpha : 1.0;
        });
  };
  EXPECT_NO_THROW(build(1.0));
  try {
    build(0.0);
    FAIL() << "an obstacle in a flow was accepted";
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ExitCode::bad_input);
    EXPECT_NE(std::string(e.what()).find("(5, 7, 0)"), std::string::npos) << e.what();
  }
  EXPECT_THROW(build(1e-320), Error);  // 1/(alpha V) is infinite
}

}  // namespace vesicast::advection_bounds_test
