// Advection against exact solutions: size of the error, observed order, numerical diffusion.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "tests/support/carried.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::advection_test {
namespace {

constexpr double pi = std::numbers::pi;
using Errors = std::array<double, 2>;  ///< relative, L1 and L2

/// `h` [um]: of the coarse grid, the fine one's is half.
void expect_second_order(const char* name, double h, const Errors& coarse, const Errors& fine, double largest) {
  for (std::size_t i = 0; i < 2; ++i)
    test::verify({.name = name,
                  .exact = "the start, carried along",
                  .norm = i == 0 ? "relative L1" : "relative L2",
                  .levels = {{h, coarse[i]}, {0.5 * h, fine[i]}},
                  .largest_error = largest,
                  .least_order = 1.9});
}

/// Once around a periodic box of 240 x 240 (x 240) um, diagonally, voxels longer in x than in y.
Errors around_the_box(std::size_t dimensions, std::int64_t n) {
  Grid grid;
  grid.dimensions = dimensions;
  grid.voxels = {n, n + n / 2, dimensions == 3 ? n : 1};
  for (std::size_t a = 0; a < 3; ++a) grid.spacing[a] = 240.0 / static_cast<double>(grid.voxels[a]);
  const Vector3 velocity{1.0, 2.0, dimensions == 3 ? -1.0 : 0.0};
  const auto start = test::gaussian(grid, {100.0, 120.0, 140.0}, dimensions == 3 ? 30.0 : 20.0);
  test::Carried c(grid, {true, true, dimensions == 3}, test::uniform(grid, velocity), start);
  for (int i = 0; i < 8; ++i) c.carry(30.0);
  return c.error(start);
}

/// A vortex in a closed box of 200 um: the angular velocity falls from 0.02 /s at the centre to 0 at 95 um, so the flow
/// shears; each circle turns as a whole.
Errors vortex(std::int64_t n) {
  Grid grid = test::grid_of({n, n, 0}, 200.0 / static_cast<double>(n));
  const double h = grid.spacing[0], radius = 95.0, fastest = 0.02, seconds = 150.0, sd = 15.0;
  const auto fall = [&](double x, double y) { return std::max(0.0, 1.0 - (x * x + y * y) / (radius * radius)); };
  const auto stream = [&](std::int64_t i, std::int64_t j) {  // at the lower corner of (i, j) [um^2/s]
    const double f = fall(static_cast<double>(i) * h - 100.0, static_cast<double>(j) * h - 100.0);
    return -fastest * radius * radius / 8.0 * f * f * f * f;
  };
  const auto flux = [&](const Index3& v, std::size_t axis) {
    if (axis == 0) return -h * (stream(v[0], v[1] + 1) - stream(v[0], v[1]));
    return axis == 1 ? h * (stream(v[0] + 1, v[1]) - stream(v[0], v[1])) : 0.0;
  };
  const auto content = [&](const Index3& v, double t) {  // Gauss points of the voxel, traced back by t
    const std::array<double, 3> node{-std::sqrt(0.6), 0.0, std::sqrt(0.6)}, weight{5.0 / 18, 8.0 / 18, 5.0 / 18};
    double sum = 0.0;
    for (std::size_t p = 0; p < 3; ++p)
      for (std::size_t q = 0; q < 3; ++q) {
        const double x = (static_cast<double>(v[0]) + 0.5 + 0.5 * node[p]) * h - 100.0;
        const double y = (static_cast<double>(v[1]) + 0.5 + 0.5 * node[q]) * h - 100.0;
        const double f = fall(x, y), angle = fastest * f * f * f * t;
        const double x0 = std::cos(angle) * x + std::sin(angle) * y, y0 = std::cos(angle) * y - std::sin(angle) * x;
        sum += weight[p] * weight[q] * std::exp(-((x0 - 35.0) * (x0 - 35.0) + y0 * y0) / (2.0 * sd * sd));
      }
    return sum * h * h * h;
  };
  test::Carried c(grid, {}, flux, [&](const Index3& v) { return content(v, 0.0); });
  for (int i = 0; i < 3; ++i) c.carry(seconds / 3.0);
  return c.error([&](const Index3& v) { return content(v, seconds); });
}

/// A row of 100 um in which alpha varies by a factor of three; fluid needs tau(x) = int alpha / q dx to come to x, and
/// C is a function of tau - t.
Errors varying_alpha(std::int64_t n) {
  const Grid grid = test::grid_of({n, 1, 1}, 100.0 / static_cast<double>(n));
  const double h = grid.spacing[0], k = 2.0 * pi / 100.0, q = 0.2, period = 0.2 * 100.0 / q;
  const auto integral = [&](double x) { return 0.2 * x + 0.1 / k * (1.0 - std::cos(k * x)); };  // of alpha
  const auto content = [&](const Index3& v, double t) {
    // In volume of fluid s = q tau the profile 1 + exp(...) has an exact cell integral only numerically: Simpson.
    const double a = integral(static_cast<double>(v[0]) * h), b = integral(static_cast<double>(v[0] + 1) * h);
    const auto profile = [&](double s) { return std::exp(4.0 * std::cos(2.0 * pi * (s / q - t) / period) - 4.0); };
    return h * h * (b - a) / 6.0 * (profile(a) + 4.0 * profile(0.5 * (a + b)) + profile(b));
  };
  test::Carried c(
      grid, {true, false, false}, [&](const Index3&, std::size_t axis) { return axis == 0 ? q * h * h : 0.0; },
      [&](const Index3& v) { return content(v, 0.0); },
      [&](const Index3& v) {
        const double x = static_cast<double>(v[0]) * h;
        return (integral(x + h) - integral(x)) / h;
      });
  for (int i = 0; i < 7; ++i) c.carry(10.0);
  return c.error([&](const Index3& v) { return content(v, 70.0); });
}

/// A Gaussian that is half out of the open faces of a box at the end, obliquely.
Errors through_an_open_face(std::int64_t n) {
  const Grid grid = test::grid_of({n, n, 0}, 160.0 / static_cast<double>(n));
  test::Carried c(grid, {}, test::uniform(grid, {1.0, 0.5, 0.0}), test::gaussian(grid, {80.0, 70.0, 0.0}, 16.0, false));
  for (int i = 0; i < 4; ++i) c.carry(20.0);
  return c.error(test::gaussian(grid, {160.0, 110.0, 0.0}, 16.0, false));
}

}  // namespace

TEST(Advection, IsSecondOrderForADiagonalFlowIn2D) {
  expect_second_order("advection: Gaussian once round a periodic box, oblique, 2-D", 6.0, around_the_box(2, 40),
                      around_the_box(2, 80), 1.5e-2);
}

TEST(Advection, IsSecondOrderForADiagonalFlowIn3D) {
  expect_second_order("advection: the same in 3-D", 15.0, around_the_box(3, 16), around_the_box(3, 32), 5e-2);
}

TEST(Advection, IsSecondOrderInAShearingVortex) {
  expect_second_order("advection: shearing vortex in a closed box", 200.0 / 60.0, vortex(60), vortex(120), 1e-2);
}

TEST(Advection, IsSecondOrderWhereAlphaVaries) {
  expect_second_order("advection: alpha varies threefold along the flow", 2.5, varying_alpha(40), varying_alpha(80),
                      2e-2);
}

TEST(Advection, IsSecondOrderAtAnOpenFace) {
  expect_second_order("advection: Gaussian half out of an open face", 4.0, through_an_open_face(40),
                      through_an_open_face(80), 1e-2);
}

TEST(Advection, AddsLittleDiffusion) {
  // Variance that advection alone adds to a Gaussian over 40 voxels, oblique flow, in shares of the D of a Peclet
  // number v h / D of 20. First-order upwind adds about 10 (1 - Courant number); without the limiter it would be 0.
  struct Case {
    double sd, courant, largest;
  };
  const double h = 10.0, v = 0.5, d = v * h / 20.0, seconds = 40.0 * h / v;
  const Grid grid = test::grid_of({96, 64, 0}, h);
  for (const auto& [sd, courant, largest] :
       {Case{1.5, 0.5, 0.45}, Case{2.0, 0.1, 0.35}, Case{2.0, 0.5, 0.3}, Case{3.0, 0.5, 0.06}, Case{3.0, 0.8, 0.03}}) {
    const auto start = test::gaussian(grid, {300.0, 200.0, 0.0}, sd * h, false);
    test::Carried c(grid, {}, test::uniform(grid, {v, 0.5 * v, 0.0}), start);
    const auto variance = [&] {
      const auto moment = [&](int p) {
        return c.integrate([&](const Index3& x, double n) { return n * std::pow(grid.centre(x)[0] - 300.0, p); });
      };
      const double mass = moment(0), mean = moment(1) / mass;
      return moment(2) / mass - mean * mean;
    };
    const double before = variance();
    const int steps = static_cast<int>(std::ceil(seconds * c.advection->largest_rate() / courant));
    for (int i = 0; i < steps; ++i) c.carry(seconds / steps);
    const double added = (variance() - before) / (2.0 * seconds) / d;
    EXPECT_LT(std::abs(added), largest) << "sd " << sd << " voxels, Courant number " << courant;
    RecordProperty(fmt::format("sd_{:g}_courant_{:g}", sd, courant), fmt::format("{:.3f} D", added));
  }
}

}  // namespace vesicast::advection_test
