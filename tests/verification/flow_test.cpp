// Flow fields whose velocity is given: fluxes, their rims on any cut, and the check of their divergence.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "decomposition/base/error.hpp"
#include "decomposition/halo.hpp"
#include "src/extracellular/flow/divergence.hpp"
#include "src/extracellular/flow/uniform_flow.hpp"
#include "tests/support/scenes.hpp"

namespace vesicast::flow_test {
namespace {

Grid anisotropic(const Index3& n) {
  Grid g = test::grid_of(n, 10.0);
  g.spacing = {10.0, 5.0, 20.0};
  return g;
}

/// A velocity per owned voxel, from a function of the global voxel.
std::array<std::vector<double>, 3> map_of(const Domain& domain, const std::function<Vector3(const Index3&)>& velocity) {
  std::array<std::vector<double>, 3> map;
  for (std::int64_t i = 0; i < domain.owned_voxels(); ++i) {
    const Vector3 v = velocity(domain.owned().voxel(i));
    for (std::size_t a = 0; a < 3; ++a) map[a].push_back(v[a]);
  }
  return map;
}

FlowField flow_of(const Domain& domain, const std::array<std::vector<double>, 3>& map) {
  return flow_from_velocity(domain, {.velocity = {map[0], map[1], map[2]}});
}

/// Shear along every axis, each component constant along its own: its discrete divergence is 0.
Vector3 shear(const Index3& v) {
  const auto f = [](std::int64_t i) { return std::sin(0.7 * static_cast<double>(i)); };
  return {0.3 + 0.1 * f(v[1]), -0.2 + 0.05 * f(v[2]), 0.1 * f(v[0])};
}

}  // namespace

TEST(UniformFlow, CrossesEveryFaceOfTheDomainToo) {
  for (const std::int64_t nz : {12, 0}) {
    const Domain domain = test::domain_of(anisotropic({13, 12, nz}), {true, false, false});
    const Vector3 velocity{0.3, -0.2, 0.1};
    const FlowField flow = uniform_flow(domain, velocity);
    for (std::int64_t i = 0; i < domain.owned_voxels(); ++i)
      for (std::size_t a = 0; a < domain.grid().dimensions; ++a)
        for (std::size_t side = 0; side < 2; ++side)
          EXPECT_EQ(flow.through(domain.owned().voxel(i), a, side), velocity[a] * domain.grid().face_area(a));
    EXPECT_EQ(flow.covered, Halo(domain, FlowField::depth).covered());
    EXPECT_LT(largest_divergence(flow, domain).relative, 1e-15);
    for (const double v : centre_velocity(flow, domain, 1)) EXPECT_NEAR(v, -0.2, 1e-16);
  }
}

TEST(UniformFlow, RefusesAnAxisThatHasNoRoomForIt) {
  const Domain domain = test::domain_of(test::grid_of({12, 12, 1}, 10.0));
  EXPECT_NO_THROW(static_cast<void>(uniform_flow(domain, {0.3, 0.3, 0.0})));
  try {
    static_cast<void>(uniform_flow(domain, {0.3, 0.0, 0.1}));
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ExitCode::bad_input);
    EXPECT_NE(std::string(e.what()).find("fluid cannot cross the z axis"), std::string::npos) << e.what();
  }
}

TEST(FlowFromVelocity, HasTheSameFluxesOnAnyCutRimsIncluded) {
  // Every rank makes the whole flow alone and compares what its own part covers: owned voxels, rims, corners, walls.
  const Grid grid = anisotropic({13, 12, 14});
  const std::array<bool, 3> periodic{true, false, true};
  const auto velocity = [](const Index3& v) {
    return Vector3{std::sin(1.3 * static_cast<double>(v[0] + 2 * v[1])),
                   std::cos(0.4 * static_cast<double>(v[1] * v[2])), std::sin(static_cast<double>(v[0] - v[1] + v[2]))};
  };
  const Domain shared = test::domain_of(grid, periodic), alone = test::domain_of(grid, periodic, MPI_COMM_SELF);
  const FlowField a = flow_of(shared, map_of(shared, velocity)), b = flow_of(alone, map_of(alone, velocity));
  for (std::int64_t i = 0; i < a.covered.volume(); ++i) {
    const Index3 v = a.covered.voxel(i);
    for (std::size_t axis = 0; axis < 3; ++axis)
      ASSERT_EQ(a.flux[axis][static_cast<std::size_t>(i)], b.flux[axis][static_cast<std::size_t>(b.covered.offset(v))])
          << "axis " << axis << " voxel " << v[0] << ' ' << v[1] << ' ' << v[2];
  }
}

TEST(FlowFromVelocity, AFaceHasTheMeanOfItsVoxels) {
  Grid grid{{3, 2, 1}, {10.0, 5.0, 20.0}, 2};
  const Domain domain = test::domain_of(grid, {}, MPI_COMM_SELF);
  const auto map = map_of(domain, [](const Index3& v) {
    return Vector3{std::array{0.1, 0.4, 0.9}[static_cast<std::size_t>(v[0])], v[1] == 0 ? 0.3 : 0.7, 0.0};
  });
  const FlowField flow = flow_of(domain, map);
  const std::vector<double> x{0.1, 0.25, 0.65, 0.9}, y{0.3, 0.5, 0.7};
  for (std::int64_t i = 0; i < 3; ++i)
    for (std::int64_t j = 0; j < 2; ++j)
      for (std::size_t side = 0; side < 2; ++side) {
        EXPECT_NEAR(flow.through({i, j, 0}, 0, side), 100.0 * x[static_cast<std::size_t>(i) + side], 1e-12);
        EXPECT_NEAR(flow.through({i, j, 0}, 1, side), 200.0 * y[static_cast<std::size_t>(j) + side], 1e-12);
      }
  EXPECT_NEAR(centre_velocity(flow, domain, 0)[1], 0.45, 1e-15);
}

TEST(FlowFromVelocity, IsSecondOrderAtTheFaces) {
  // A rotation around the middle of a periodic unit cell, fluxes against the velocity at the faces' centres.
  const auto error = [](std::int64_t n) {
    Grid grid = test::grid_of({n, n, 0}, 240.0 / static_cast<double>(n));
    const Domain domain = test::domain_of(grid, {true, true, false});
    const double k = 2.0 * std::numbers::pi / 240.0;
    const auto at = [&](const Vector3& x) {
      return Vector3{std::sin(k * x[0]) * std::cos(k * x[1]), -std::cos(k * x[0]) * std::sin(k * x[1]), 0.0};
    };
    const FlowField flow = flow_of(domain, map_of(domain, [&](const Index3& v) { return at(grid.centre(v)); }));
    double largest = 0.0;
    for (std::int64_t i = 0; i < domain.owned_voxels(); ++i)
      for (std::size_t a = 0; a < 2; ++a) {
        Vector3 x = grid.centre(domain.owned().voxel(i));
        x[a] -= 0.5 * grid.spacing[a];
        const double velocity = flow.through(domain.owned().voxel(i), a, 0) / grid.face_area(a);
        largest = std::max(largest, std::abs(velocity - at(x)[a]));
      }
    MPI_Allreduce(MPI_IN_PLACE, &largest, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
    return largest;
  };
  const double coarse = error(24), fine = error(48);
  RecordProperty("order_x100", static_cast<int>(100.0 * test::order(coarse, fine)));
  EXPECT_GE(test::order(coarse, fine), 1.9) << coarse << " -> " << fine;
  EXPECT_LT(fine, 3e-3);
}

TEST(FlowFromVelocity, StopsAtObstaclesAndClosedWalls) {
  const Domain domain = test::domain_of(test::grid_of({12, 12, 12}, 10.0));
  const auto map = map_of(domain, [](const Index3&) { return Vector3{1.0, 1.0, 1.0}; });
  const Index3 block{6, 6, 6};
  std::vector<std::uint8_t> obstacle(static_cast<std::size_t>(domain.owned_voxels()), 0);
  if (domain.owned().contains(block)) obstacle[static_cast<std::size_t>(domain.owned().offset(block))] = 1;
  VelocityMap given{.velocity = {map[0], map[1], map[2]}, .obstacle = obstacle};
  given.closed_wall[1] = {true, true};
  const FlowField flow = flow_from_velocity(domain, given);
  for (std::int64_t i = 0; i < domain.owned_voxels(); ++i) {
    const Index3 v = domain.owned().voxel(i);
    for (std::size_t a = 0; a < 3; ++a)
      for (std::size_t side = 0; side < 2; ++side) {
        Index3 other = v;
        other[a] += side == 0 ? -1 : 1;
        const bool closed = v == block || other == block || (a == 1 && (other[a] < 0 || other[a] == 12));
        ASSERT_EQ(flow.through(v, a, side), closed ? 0.0 : 100.0);
      }
  }
}

TEST(Divergence, OfAShearIsRounding) {
  const Domain domain = test::domain_of(anisotropic({12, 13, 12}), {true, true, true});
  const Divergence d = largest_divergence(flow_of(domain, map_of(domain, shear)), domain);
  EXPECT_LT(d.relative, 1e-15);
}

TEST(Divergence, IsFoundWhereItWasPlanted) {
  // A velocity 1 % too large in one voxel: both its faces carry more, so its lower neighbour loses what its upper
  // gains.
  const Domain domain = test::domain_of(anisotropic({12, 13, 12}), {true, true, true});
  const Index3 planted{7, 9, 6};
  auto map = map_of(domain, [&](const Index3& v) {
    Vector3 u = shear(v);
    if (v == planted) u[0] *= 1.01;
    return u;
  });
  const FlowField flow = flow_of(domain, map);
  const Divergence d = largest_divergence(flow, domain);
  EXPECT_EQ(d.voxel, (Index3{6, 9, 6}));
  EXPECT_NEAR(d.excess, 0.005 * shear(planted)[0] * 100.0, 1e-12);
  EXPECT_NO_THROW(require_divergence_free(flow, domain, 0.006));
  try {
    require_divergence_free(flow, domain, 1e-6);
    FAIL() << "no error";
  } catch (const InputError& e) {
    EXPECT_NE(
        std::string(e.what()).find("what leaves voxel (6, 9, 6) at (65, 47.5, 130) um differs from what enters by"),
        std::string::npos)
        << e.what();
  }
}

TEST(Divergence, CountsWhatVesselsBringAndDrain) {
  const Domain domain = test::domain_of(test::grid_of({12, 12, 12}, 10.0));
  FlowField flow = make_flow_field(domain, [](const Index3& v, std::size_t axis, std::size_t side) {
    return axis == 0 ? 2.0 * static_cast<double>(v[0] + (side == 0 ? 0 : 1)) : 0.0;
  });
  EXPECT_DOUBLE_EQ(largest_divergence(flow, domain).excess, 2.0);
  const auto n = static_cast<std::size_t>(domain.owned_voxels());
  flow.blood = {std::vector<double>(n, 3.0), std::vector<double>(n, 0.0)};
  flow.lymph = {std::vector<double>(n, 0.0), std::vector<double>(n, 1.0)};
  EXPECT_EQ(largest_divergence(flow, domain).relative, 0.0);
}

TEST(Divergence, OfSomethingThatIsNotANumberIsInfinite) {
  const Domain domain = test::domain_of(test::grid_of({12, 12, 12}, 10.0));
  auto map = map_of(domain, [](const Index3& v) { return Vector3{v == Index3{3, 4, 5} ? NAN : 1.0, 0.0, 0.0}; });
  const Divergence d = largest_divergence(flow_of(domain, map), domain);
  EXPECT_TRUE(std::isinf(d.relative));
  EXPECT_EQ(d.voxel, (Index3{2, 4, 5}));
}

TEST(Divergence, AMapThatMakesFluidIsRefused) {
  // Flow along x, the same everywhere or faster from voxel to voxel.
  Parameters p = test::parameters_of({12, 12, 12}, 10.0, 1.0);
  test::set_boundaries(p, BoundaryKind::open);
  p.flow.kind = FlowKind::map;
  p.flow.map = MapFile{"velocity", "velocity"};
  const auto scene = [&](double faster) {
    return test::make_scene(p, {}, nullptr, MPI_COMM_WORLD, [&](const MapFile&, const Domain& domain, int components) {
      const auto n = static_cast<std::size_t>(domain.owned_voxels());
      std::vector<double> values(static_cast<std::size_t>(components) * n, 0.0);
      for (std::size_t i = 0; i < n; ++i)
        values[i] = 0.3 + faster * static_cast<double>(domain.owned().voxel(static_cast<std::int64_t>(i))[0]);
      return values;
    });
  };
  const test::Scene s = scene(0.0);
  EXPECT_NEAR(s.site.flow->field.through(s.domain->owned().lower, 0, 1), 30.0, 1e-12);
  try {
    static_cast<void>(scene(0.02));
    FAIL() << "no error";
  } catch (const InputError& e) {
    EXPECT_NE(std::string(e.what()).find("the flow is not divergence-free"), std::string::npos) << e.what();
  }
}

}  // namespace vesicast::flow_test
