// The fluxes of the stationary solver against those of a very short sub-step of the run's advection, and their
// derivative.
#include "src/extracellular/implicit/steady_advection.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "tests/support/carried.hpp"

namespace vesicast::steady_advection_test {
namespace {

constexpr double pi = std::numbers::pi;

/// Inflow and outflow through x, a periodic y, closed z; fluid turns, and is drained and brought.
test::FaceFlux turning(const Grid& grid) {
  return [grid](const Index3& v, std::size_t axis) {
    const auto at = [&](std::size_t a) {
      return 2.0 * pi * static_cast<double>(v[a]) / static_cast<double>(grid.voxels[a]);
    };
    if (axis == 0) return grid.face_area(0) * (0.5 + 0.3 * std::cos(at(1)));
    if (axis == 1) return grid.face_area(1) * 0.4 * std::sin(at(0) + at(1));
    return v[2] == 0 || v[2] == grid.voxels[2] ? 0.0 : grid.face_area(2) * -0.2 * std::sin(at(0));
  };
}

double smooth(const Index3& v) {
  return 2.0 + std::sin(0.5 * static_cast<double>(v[0])) + 0.5 * std::cos(0.8 * static_cast<double>(v[1] + 2 * v[2]));
}

double norm(const test::Carried& c, const std::vector<double>& values) {
  ExactSum sum;
  for (const double x : values) sum.add(x * x);
  return std::sqrt(c.sum(sum));
}

}  // namespace

TEST(SteadyAdvection, IsTheAdvectionOfAShortSubStep) {
  for (const std::int64_t depth : {0, 9}) {
    const Grid grid = test::grid_of({18, 14, depth}, 10.0);
    test::Carried c(
        grid, {false, true, false}, turning(grid), [&](const Index3& v) { return smooth(v) * grid.voxel_volume(); },
        [](const Index3& v) { return 0.2 + 0.05 * std::sin(static_cast<double>(v[0] + v[1])); });
    c.outside[0] = {1.5, 0.7};
    SteadyAdvection steady(*c.advection, c.outside);
    const std::vector<double> start = c.n;
    std::vector<double> concentration, out(start.size());
    for (std::size_t i = 0; i < start.size(); ++i) {
      const Index3 v = c.domain.owned().voxel(static_cast<std::int64_t>(i));
      concentration.push_back(start[i] * c.advection->arrays().inverse_volume[c.advection->halo().covered().offset(v)]);
    }
    steady.outflow(concentration, out);
    std::vector<double> differences;
    for (const double courant : {1e-3, 1e-5}) {
      const double dt = courant / c.advection->largest_rate();
      c.n = start;
      c.carry(dt);
      std::vector<double> difference(start.size());
      for (std::size_t i = 0; i < start.size(); ++i) difference[i] = (start[i] - c.n[i]) / dt - out[i];
      differences.push_back(norm(c, difference) / norm(c, out));
    }
    EXPECT_LE(differences[0], 5e-3);
    EXPECT_LE(differences[1], 0.02 * differences[0]);  // of first order in the sub-step
  }
}

TEST(SteadyAdvection, KnowsItsDerivative) {
  const Grid grid = test::grid_of({18, 14, 9}, 10.0);
  test::Carried c(grid, {false, true, false}, turning(grid), [](const Index3&) { return 0.0; });
  SteadyAdvection steady(*c.advection, {{{1.5, 0.0}, {}, {}}});
  std::vector<double> at, along;
  for (std::size_t i = 0; i < c.n.size(); ++i) {
    const Index3 v = c.domain.owned().voxel(static_cast<std::int64_t>(i));
    at.push_back(std::pow(10.0, 3.0 * std::sin(1.7 * static_cast<double>(v[0] + 3 * v[1] + 5 * v[2]))));  // limited
    along.push_back(at.back() * std::cos(static_cast<double>(2 * v[0] + v[1] - v[2])));
  }
  const auto outflow = [&](double step) {
    std::vector<double> moved(at), out(at.size());
    for (std::size_t i = 0; i < at.size(); ++i) moved[i] += step * along[i];
    steady.outflow(moved, out);
    return out;
  };
  const double step = 1e-6;
  const auto above = outflow(step), below = outflow(-step);
  static_cast<void>(outflow(0.0));
  int held = 0;
  for (std::size_t i = 0; i < at.size(); ++i)
    steady.visit_limited(c.domain.owned().voxel(static_cast<std::int64_t>(i)), [&](int, int, double rate) {
      EXPECT_GE(rate, 0.0);
      ++held;
    });
  MPI_Allreduce(MPI_IN_PLACE, &held, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
  EXPECT_GT(held, 100);
  std::vector<double> derivative(at.size()), difference(at.size());
  steady.derivative(along, derivative);
  for (std::size_t i = 0; i < at.size(); ++i) difference[i] = (above[i] - below[i]) / (2.0 * step) - derivative[i];
  EXPECT_LE(norm(c, difference), 1e-6 * norm(c, derivative));
}

}  // namespace vesicast::steady_advection_test
