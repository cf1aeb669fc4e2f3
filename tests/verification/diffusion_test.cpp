// Transport alone against exact solutions: size of the error and observed order.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "decomposition/base/error.hpp"
#include "src/step/advance.hpp"
#include "tests/support/scenes.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::diffusion_test {
namespace {

constexpr double pi = std::numbers::pi;

/// Runs T alone, without cells, in `steps` steps over `seconds`.
void run(test::Scene& s, double seconds, int steps) {
  Timings t;
  for (int i = 0; i < steps; ++i) advance(s, to_ticks(seconds / steps), t);
}

/// Relative L2 error of field 0 against exact vesicles per voxel.
double error(const test::Scene& s, const std::function<double(const Index3&)>& exact) {
  const auto values = test::gather(s.state.fields[0], *s.domain);
  double difference = 0.0, norm = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double e = exact(s.domain->grid().box().voxel(static_cast<std::int64_t>(i)));
    difference += (values[i] - e) * (values[i] - e);
    norm += e * e;
  }
  return std::sqrt(difference / norm);
}

/// Parameters whose one field starts empty and exists although no donor does.
Parameters free_field(const Index3& n, double h, double diffusivity) {
  Parameters p = test::parameters_of(n, h, diffusivity);
  p.run.track_sources = false;
  return p;
}

/// A Gaussian in the middle of a box of edge 240 um that spreads for 100 s at D = 2 um^2/s and decays; 3-D or 2-D.
double gaussian_error(std::size_t dimensions, std::int64_t n, int steps, const std::string& integrator) {
  const double edge = 240.0, d = 2.0, seconds = 100.0, start = 20.0 * 20.0, k = 1e-3, mass = 1e4;
  Parameters p = free_field({n, n, dimensions == 3 ? n : 0}, edge / static_cast<double>(n), d);
  p.vesicles[0].decay = k;
  p.transport.integrator = integrator;
  p.transport.tolerance = 1e-10;
  test::Scene s = test::make_scene(p);
  const Grid& g = s.domain->grid();
  const auto gaussian = [&](const Index3& v, double variance) {
    double x = mass;
    for (std::size_t a = 0; a < dimensions; ++a) {
      const double lower = static_cast<double>(v[a]) * g.spacing[a];
      x *= test::gaussian_mass(lower, lower + g.spacing[a], 0.5 * edge, variance);
    }
    return x;
  };
  test::fill(s.state.fields[0], *s.domain, [&](const Index3& v) { return gaussian(v, start); });
  run(s, seconds, steps);
  return error(s, [&](const Index3& v) { return std::exp(-k * seconds) * gaussian(v, start + 2.0 * d * seconds); });
}

}  // namespace

TEST(Gaussian, SpreadsAndDecaysAtSecondOrderInSpaceIn3D) {
  const double coarse = gaussian_error(3, 16, 4, "uniformisation");
  const double fine = gaussian_error(3, 32, 4, "uniformisation");
  test::verify({.name = "burst with a half-life of 693 s spreading from a Gaussian, D 2 um^2/s, 100 s, 3-D",
                .exact = "spreading Gaussian times 2^(-t/half-life), cell averages",
                .levels = {{15.0, coarse}, {7.5, fine}},
                .largest_error = 1e-2,
                .least_order = 1.9});
}

TEST(Gaussian, SpreadsAndDecaysAtSecondOrderInSpaceIn2D) {
  const double coarse = gaussian_error(2, 30, 4, "uniformisation");
  const double fine = gaussian_error(2, 60, 4, "uniformisation");
  test::verify({.name = "the same in 2-D",
                .exact = "as above",
                .levels = {{8.0, coarse}, {4.0, fine}},
                .largest_error = 3e-3,
                .least_order = 1.9});
}

TEST(Gaussian, TheExponentialHasNoTimeErrorAboveItsTolerance) {
  // One step of 100 s (D dt/h^2 = 3.6) or fifty: the same field.
  const double one = gaussian_error(2, 32, 1, "uniformisation");
  const double many = gaussian_error(2, 32, 50, "uniformisation");
  test::verify({.name = "one step of 100 s (D dt/h^2 = 3.6) against fifty, uniformisation",
                .exact = "no error in time",
                .norm = "difference of relative L2 errors",
                .levels = {{0.0, std::abs(one - many)}},
                .largest_error = 1e-8});
}

TEST(Gaussian, TheReferenceIntegratorIsSecondOrderInTime) {
  // Against the exponential on the same grid, so that the error of space drops out. The number of stages is fixed by
  // positivity; D dt/h^2 is small enough here for two.
  const auto solve = [](const std::string& integrator, int steps) {
    Parameters p = free_field({24, 24, 0}, 10.0, 0.5);
    p.vesicles[0].decay = 5e-4;
    p.transport.integrator = integrator;
    p.transport.tolerance = 1e-13;
    test::Scene s = test::make_scene(p);
    test::fill(s.state.fields[0], *s.domain, [&](const Index3& v) {
      return 50.0 * test::gaussian_mass(static_cast<double>(v[0]), static_cast<double>(v[0]) + 1.0, 12.0, 4.0) *
             test::gaussian_mass(static_cast<double>(v[1]), static_cast<double>(v[1]) + 1.0, 12.0, 4.0);
    });
    run(s, 640.0, steps);
    return test::gather(s.state.fields[0], *s.domain);
  };
  const auto exact = solve("uniformisation", 16);
  const auto distance = [&](int steps) {
    const auto values = solve("ssprk2", steps);
    double sum = 0.0;
    for (std::size_t i = 0; i < exact.size(); ++i) sum += (values[i] - exact[i]) * (values[i] - exact[i]);
    return std::sqrt(sum) / 50.0;
  };
  const double coarse = distance(16), fine = distance(32);
  EXPECT_GT(coarse, 1e-10);
  test::verify({.name = "SSPRK(s,2), 640 s in steps of 40 and 20 s",
                .exact = "uniformisation on the same grid",
                .norm = "L2, share of the mass",
                .levels = {{40.0, coarse}, {20.0, fine}},
                .largest_error = 1e-4,
                .least_order = 1.9,
                .refined = "dt"});
}

namespace {

/// One mode of the slab problem in x, its exact decay rate for the continuous operator, on n voxels of a row.
double mode_error(std::int64_t n, BoundaryKind kind, const std::function<double(double)>& antiderivative, double wave,
                  double offset) {
  const double edge = 100.0, d = 1.0, seconds = 400.0;
  Parameters p = free_field({n, 1, 1}, edge / static_cast<double>(n), d);
  p.domain.size[1] = p.domain.size[2] = p.domain.voxel[1];
  p.vesicles[0].boundary[0].fill({kind, 0.0});
  p.transport.tolerance = 1e-12;
  test::Scene s = test::make_scene(p);
  const double h = s.domain->grid().spacing[0];
  const auto start = [&](const Index3& v) {
    const double x = static_cast<double>(v[0]) * h;
    return offset * h + antiderivative(x + h) - antiderivative(x);
  };
  test::fill(s.state.fields[0], *s.domain, start);
  run(s, seconds, 4);
  const double damping = std::exp(-d * wave * wave * seconds);
  return error(s, [&](const Index3& v) { return offset * h + damping * (start(v) - offset * h); });
}

void expect_second_order(const char* name, BoundaryKind kind, const std::function<double(double)>& antiderivative,
                         double wave, double offset) {
  const double coarse = mode_error(20, kind, antiderivative, wave, offset);
  const double fine = mode_error(40, kind, antiderivative, wave, offset);
  test::verify({.name = name,
                .exact = "mode times exp(-D k^2 t)",
                .levels = {{5.0, coarse}, {2.5, fine}},
                .largest_error = 2e-3,
                .least_order = 1.9});
}

}  // namespace

TEST(Boundary, NoFluxKeepsTheCosineModes) {
  const double k = 2.0 * pi / 100.0;
  expect_second_order(
      "no-flux faces: cosine mode", BoundaryKind::no_flux, [k](double x) { return std::sin(k * x) / k; }, k, 2.0);
}

TEST(Boundary, PeriodicKeepsTheSineModes) {
  const double k = 2.0 * pi / 100.0;
  expect_second_order(
      "periodic faces: sine mode", BoundaryKind::periodic, [k](double x) { return -std::cos(k * x) / k; }, k, 2.0);
}

TEST(Boundary, OpenKeepsTheModesThatVanishOutside) {
  const double k = pi / 100.0;
  expect_second_order(
      "open faces: sine mode that vanishes there", BoundaryKind::open, [k](double x) { return -std::cos(k * x) / k; },
      k, 0.0);
}

TEST(Boundary, FixedValuesGiveTheLinearSteadyProfile) {
  Parameters p = test::parameters_of({10, 1, 1}, 10.0, 5.0);
  p.vesicles[0].boundary[0][0] = {BoundaryKind::fixed, 3e-3};
  p.vesicles[0].boundary[0][1] = {BoundaryKind::fixed, 1e-3};
  p.transport.tolerance = 1e-12;
  test::Scene s = test::make_scene(p);
  run(s, 40000.0, 400);
  const double volume = 0.2 * 1000.0;
  // A linear profile is exact on the grid, half-voxel distances to the faces included.
  const double wrong =
      error(s, [&](const Index3& v) { return volume * (3e-3 - 2e-3 * (static_cast<double>(v[0]) + 0.5) / 10.0); });
  test::verify({.name = "fixed values at both faces, steady",
                .exact = "linear profile",
                .levels = {{0.0, wrong}},
                .largest_error = 1e-9});
}

TEST(Boundary, WhatLeavesAnOpenFaceIsTheExactFlux) {
  // A slab with a wall and an open face, full at the start: the share left is a series of decaying modes (Crank
  // 1975, 4.18).
  Parameters p = free_field({20, 1, 1}, 5.0, 1.0);
  p.vesicles[0].boundary[0][1] = {BoundaryKind::open, 0.0};
  test::Scene s = test::make_scene(p);
  test::fill(s.state.fields[0], *s.domain, [](const Index3&) { return 1.0; });
  run(s, 5000.0, 50);
  std::vector<ExactSum> left{s.state.flows[0].left};
  sum_over_ranks(MPI_COMM_WORLD, left);
  EXPECT_NEAR(left[0].value() + test::total(s.state.fields[0], *s.domain), 20.0, 1e-12);
  double stays = 0.0;
  for (int m = 0; m < 200; ++m) {
    const double k = (2.0 * m + 1.0) * pi / 2.0;
    stays += 2.0 / (k * k) * std::exp(-k * k * 5000.0 / (100.0 * 100.0));
  }
  test::verify({.name = "open face: share of a slab's content that left, 20 voxels",
                .exact = "Fourier series (Crank 1975)",
                .norm = "share",
                .levels = {{0.0, std::abs(left[0].value() / 20.0 - (1.0 - stays))}},
                .largest_error = 5e-4});
}

namespace {

/// A source plane at x = 0 (in the first voxel) and an absorbing far end, with loss k: steady cosh profile.
/// Continuous problem on (0, L): D c'' = k c, -alpha D c'(0) = J, c(L) = 0.
double source_sink_error(std::int64_t n) {
  const double edge = 200.0, d = 2.0, k = 2e-4, alpha = 0.2, rate = 10.0;
  const double h = edge / static_cast<double>(n);
  Parameters p = free_field({n, 1, 1}, h, d);
  p.vesicles[0].decay = k;
  p.vesicles[0].boundary[0][1] = {BoundaryKind::open, 0.0};
  p.transport.tolerance = 1e-9;
  const Grid grid = make_grid(p.domain);
  const Domain domain(MPI_COMM_WORLD, grid, {}, [&] {
    int ranks = 1;
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    return uniform_layout(grid, ranks);
  }());
  Operator op(domain, p.vesicles[0], alpha, d);
  Transport transport(domain, "uniformisation", 1e-9);
  Field field(domain);
  std::vector<std::int64_t> voxel;
  if (domain.owned().lower[0] == 0) voxel.push_back(0);
  const std::vector<double> release(voxel.size(), rate), clearance(voxel.size(), 0.0);
  std::vector<double> integral(voxel.size());
  TransportFlows flows;
  for (int i = 0; i < 200; ++i)
    test::transport_alone(transport, field, op, 1000.0, flows, true, {release, clearance, integral}, voxel);
  // Release in the middle of the first voxel rather than at its face: the exact solution has its source plane there
  // too.
  const double m = std::sqrt(k / d), area = h * h, x0 = 0.5 * h;
  const double flux = rate / (alpha * area);
  const auto c = [&](double x) {
    // Reflecting wall at 0, source at x0, zero at L.
    const double a = flux / (d * m) * std::sinh(m * (edge - x0)) / std::cosh(m * edge);
    const double b = flux / (d * m) * std::cosh(m * x0) / std::cosh(m * edge);
    return x < x0 ? a * std::cosh(m * x) : b * std::sinh(m * (edge - x));
  };
  const auto values = test::gather(field, domain);
  double difference = 0.0, norm = 0.0;
  for (std::size_t i = 1; i < values.size(); ++i) {  // the kink of the source voxel is not smooth
    const double exact = c((static_cast<double>(i) + 0.5) * h) * alpha * h * area;
    difference += (values[i] - exact) * (values[i] - exact);
    norm += exact * exact;
  }
  return std::sqrt(difference / norm);
}

}  // namespace

TEST(SourceSink, SteadyProfileIsTheExactOneAtSecondOrder) {
  test::verify({.name = "plane source, loss, open far face, steady",
                .exact = "sinh/cosh profile",
                .levels = {{10.0, source_sink_error(20)}, {5.0, source_sink_error(40)}},
                .largest_error = 2e-3,
                .least_order = 1.9});
}

}  // namespace vesicast::diffusion_test
