// The implicit path: theta and bdf with conjugate gradients and multigrid, and stationary fields.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "decomposition/base/error.hpp"
#include "src/extracellular/implicit/concentration_operator.hpp"
#include "src/extracellular/implicit/stationary.hpp"
#include "tests/support/petsc_options.hpp"
#include "tests/support/scenes.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::implicit_test {
namespace {

/// Largest and quadratic-mean deviation, relative to the exact largest.
struct Deviation {
  double largest = 0.0, mean = 0.0;
};

/// The terms of an operator with sources and losses in single voxels.
struct Terms {
  Terms(const Domain& domain, const Operator& op, std::vector<std::int64_t> voxel, std::vector<double> release,
        std::vector<double> clearance)
      : halo(domain, sweep_depth(domain), Rim::where_joined), rim(halo, voxel), places(place_terms(op, voxel, rim)) {
    terms.places = &places;
    fill_terms(terms, op, release, clearance, op.outside(0.0, 0.0));
  }
  Halo halo;
  SparseRim rim;
  TermPlaces places;
  SparseTerms terms;
};

/// Every voxel, released `release`(global voxel) per second.
template <class Release>
StationarySolve stationary(const Domain& domain, const Operator& op, Field& field, Release&& release) {
  std::vector<std::int64_t> voxel;
  std::vector<double> s, none;
  for (std::int64_t v = 0; v < domain.owned_voxels(); ++v) {
    voxel.push_back(v);
    s.push_back(release(domain.owned().voxel(v)));
    none.push_back(0.0);
  }
  const Terms t(domain, op, voxel, s, none);
  return solve_stationary(domain, op, t.terms, field.vec());
}

struct Mode {
  double largest = 0.0;
  int iterations = 0;
};

/// -D C'' + k C = s cos(m pi x/l) cos(n pi y/l) + offset in a closed box.
Mode closed_box(const Index3& n, double edge, double decay) {
  const double pi = std::numbers::pi, d = 40.0, alpha = 0.25;
  const double length = edge * static_cast<double>(n[0]);
  Grid grid = test::grid_of(n, edge);
  const Domain domain = test::domain_of(grid);
  VesicleClass v;
  v.decay = decay;
  Operator op(domain, v, alpha, d);
  Field field(domain);
  // Cell means of the cosines, so that only the operator's own error is left.
  const auto cosine = [&](std::int64_t i, double m) {
    const double q = m * pi / length;
    return (std::sin(q * edge * static_cast<double>(i + 1)) - std::sin(q * edge * static_cast<double>(i))) / (q * edge);
  };
  const double wave = 2.0 * (2.0 * pi / length) * (2.0 * pi / length);
  const StationarySolve solve = stationary(domain, op, field, [&](const Index3& i) {
    return alpha * grid.voxel_volume() * (2.0 + cosine(i[0], 2.0) * cosine(i[1], 2.0));
  });
  EXPECT_LE(solve.residual, decay < 1e-5 ? 1e-8 : 1e-11);  // rounding C, which is the larger the slower the decay
  Mode mode{0.0, solve.iterations};
  const auto all = test::gather(field, domain);
  for (std::int64_t i = 0; i < grid.size(); ++i) {
    const Index3 at{i % n[0], i / n[0] % n[1], i / (n[0] * n[1])};
    const double exact = 2.0 / decay + cosine(at[0], 2.0) * cosine(at[1], 2.0) / (d * wave + decay);
    mode.largest =
        std::max(mode.largest, std::abs(all[static_cast<std::size_t>(i)] / (alpha * grid.voxel_volume()) - exact));
  }
  mode.largest *= d * wave + decay;  // relative to the amplitude
  return mode;
}

}  // namespace

TEST(Stationary, IsSecondOrderInAClosedBoxOfDecayingVesicles) {
  const Mode coarse = closed_box({16, 16, 16}, 20.0, 1e-3), fine = closed_box({32, 32, 32}, 10.0, 1e-3);
  test::verify({.name = "stationary: release and loss in a closed box, 3-D",
                .exact = "cosine modes",
                .norm = "largest, of the amplitude",
                .levels = {{20.0, coarse.largest}, {10.0, fine.largest}},
                .largest_error = 1.5e-2,
                .least_order = 1.9});
}

TEST(Stationary, NeedsAsManyIterationsOnAnyGrid) {
  // Slow decay: the solver has to move vesicles across the whole box.
  const int coarse = closed_box({16, 16, 16}, 20.0, 1e-6).iterations;
  const int fine = closed_box({48, 48, 48}, 20.0 / 3.0, 1e-6).iterations;
  RecordProperty("iterations", std::to_string(coarse) + ", " + std::to_string(fine));
  EXPECT_LE(fine, coarse + 3) << coarse;
  EXPECT_LE(fine, 20);
}

TEST(Stationary, BetweenFixedFacesThroughLayersIsExact) {
  const Grid grid = test::grid_of({24, 10, 9}, 5.0);
  const Domain domain = test::domain_of(grid);
  VesicleClass v;
  v.decay = 0.0;
  v.boundary[0] = {{{BoundaryKind::fixed, 1.0}, {BoundaryKind::fixed, 3.0}}};
  std::vector<double> alpha, d;
  for (std::int64_t i = 0; i < domain.owned_voxels(); ++i) {
    const auto x = domain.owned().voxel(i)[0];
    alpha.push_back(x < 8 ? 0.1 : 0.4);
    d.push_back(x < 16 ? 1.0 : 0.01);
  }
  Operator op(domain, v, alpha, d);
  Field field(domain);
  const StationarySolve solve = stationary(domain, op, field, [](const Index3&) { return 0.0; });
  EXPECT_LE(solve.residual, 1e-11);
  // Layers in series: the same flux through all.
  const double resistance = 40.0 / 0.1 + 40.0 / 0.4 + 40.0 / 0.004, flux = 2.0 / resistance;
  const auto all = test::gather(field, domain);
  for (std::int64_t i = 0; i < grid.size(); ++i) {
    const std::int64_t n = i % 24;
    const double x = 5.0 * (static_cast<double>(n) + 0.5);
    const double c = 1.0 + flux * (std::min(x, 40.0) / 0.1 + std::clamp(x - 40.0, 0.0, 40.0) / 0.4 +
                                   std::max(0.0, x - 80.0) / 0.004);
    ASSERT_NEAR(all[static_cast<std::size_t>(i)] / ((n < 8 ? 0.1 : 0.4) * 125.0), c, 1e-8) << n;
  }
}

TEST(Stationary, StandsObstaclesRandomMapsAndOddExtents) {
  const Grid grid = test::grid_of({37, 22, 19}, 8.0);
  const Domain domain = test::domain_of(grid);
  VesicleClass v;
  v.decay = 1e-5;
  v.boundary[2] = {{{BoundaryKind::open, 0.0}, {BoundaryKind::clearance, 0.0, 1e-3}}};
  std::vector<double> alpha, d;
  for (std::int64_t i = 0; i < domain.owned_voxels(); ++i) {
    const std::int64_t g = grid.global_index(domain.owned().voxel(i));
    alpha.push_back(g % 7 == 3 ? 0.0 : 0.05 + 0.03 * static_cast<double>(g % 13));
    d.push_back(0.1 * static_cast<double>(1 + g % 29));
  }
  Operator op(domain, v, alpha, d);
  Field field(domain);
  const StationarySolve solve =
      stationary(domain, op, field, [](const Index3& i) { return i[0] == 5 && i[1] == 9 && i[2] == 10 ? 3.0 : 0.0; });
  EXPECT_LE(solve.residual, 1e-11);
  EXPECT_LE(solve.iterations, 60);
  // Nothing changes any more: one step of the default integrator leaves it as it is.
  Transport transport(domain, "exponential", 1e-10);
  std::vector<std::int64_t> voxel;
  std::vector<double> s, none, integral;
  const std::int64_t source = 5 + 37 * (9 + 22 * 10);
  for (std::int64_t i = 0; i < domain.owned_voxels(); ++i)
    if (grid.global_index(domain.owned().voxel(i)) == source) {
      voxel.push_back(i);
      s.push_back(3.0);
      none.push_back(0.0);
      integral.push_back(0.0);
    }
  TransportFlows flows;
  const auto before = test::gather(field, domain);
  test::transport_alone(transport, field, op, 60.0, flows, true, {s, none, integral}, voxel);
  const auto after = test::gather(field, domain);
  double most = 0.0;
  for (const double x : before) most = std::max(most, x);
  for (std::size_t i = 0; i < before.size(); ++i) ASSERT_NEAR(after[i], before[i], 1e-9 * most) << i;
}

TEST(Stationary, SaysSoWhereNothingRemovesWhatIsReleased) {
  const Grid grid = test::grid_of({12, 12, 12}, 10.0);
  const Domain domain = test::domain_of(grid);
  VesicleClass v;
  v.decay = 0.0;
  Operator op(domain, v, 0.2, 1.0);
  Field field(domain);
  EXPECT_THROW(static_cast<void>(stationary(domain, op, field, [](const Index3&) { return 1.0; })), NumericsError);
}

namespace {

/// A cosine in a closed box after `time`, by PETSc's integrator in sub-steps of time/`steps`; the largest error
/// against the operator's own exact decay.
double decayed_mode(const std::string& options, int steps) {
  const double pi = std::numbers::pi, d = 1000.0, h = 10.0, time = 2.0;
  const test::Options set(options + " -ts_dt " + std::to_string(time / steps));
  const Index3 n{16, 12, 16};
  const Grid grid = test::grid_of(n, h);
  const Domain domain = test::domain_of(grid);
  VesicleClass v;
  v.decay = 1e-4;
  Operator op(domain, v, 0.2, d);
  Field field(domain);
  const auto shape = [&](std::int64_t i) { return std::cos(pi * (static_cast<double>(i) + 0.5) / 16.0); };
  test::fill(field, domain, [&](const Index3& i) { return 2.0 + shape(i[0]); });
  Transport transport(domain, "exponential", 1e-10);
  TransportFlows flows;
  test::transport_alone(transport, field, op, time, flows);
  const double rate = 4.0 * d / (h * h) * std::pow(std::sin(0.5 * pi / 16.0), 2) + 1e-4;
  const auto all = test::gather(field, domain);
  double largest = 0.0;
  for (std::int64_t i = 0; i < grid.size(); ++i)
    largest = std::max(largest, std::abs(all[static_cast<std::size_t>(i)] - 2.0 * std::exp(-1e-4 * time) -
                                         shape(i % 16) * std::exp(-rate * time)));
  return largest;
}

void expect_order_of_two(const std::string& options) {
  const double coarse = decayed_mode(options, 16), fine = decayed_mode(options, 32);
  test::verify(
      {.name = "PETSc's integrators with multigrid, 2 s: `" + options.substr(0, options.find(" -ksp_type")) + "`",
       .exact = "the grid's own decay of a cosine",
       .norm = "largest",
       .levels = {{2.0 / 16.0, coarse}, {2.0 / 32.0, fine}},
       .largest_error = 1e-3,
       .least_order = 1.9,
       .refined = "dt"});
}

}  // namespace

TEST(ImplicitPath, ThetaWithMultigridIsSecondOrderInTime) {
  expect_order_of_two("-ts_type theta -ts_theta_theta 0.5 -ts_theta_endpoint -ksp_type cg -pc_type mg");
}
TEST(ImplicitPath, BdfWithMultigridIsAtLeastSecondOrderInTime) {
  expect_order_of_two("-ts_type bdf -ts_bdf_order 2 -ts_adapt_type none -ksp_type cg -pc_type mg");
}

}  // namespace vesicast::implicit_test
