// Darcy flow with vessels and varying K against a manufactured pressure: size of the error and observed order.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "src/extracellular/flow/darcy.hpp"
#include "tests/support/scenes.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::darcy_manufactured_test {
namespace {

constexpr double pi = std::numbers::pi;

std::vector<double> values_of(const Domain& domain, const std::function<double(const Vector3&)>& f) {
  std::vector<double> values(static_cast<std::size_t>(domain.owned_voxels()));
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = f(domain.grid().centre(domain.owned().voxel(static_cast<std::int64_t>(i))));
  return values;
}

/// Pressure held at the two x faces, y closed, z periodic (3-D) or absent; K varies by a factor of 2.7.
struct Manufactured {
  int dimensions = 3;
  Vector3 size{200.0, 150.0, 60.0};
  double low = 200.0, high = 1000.0, wave = 500.0, exchange = 4e-5, k0 = 0.03;

  [[nodiscard]] Vector3 waves() const {
    return {pi / size[0], pi / size[1], dimensions == 3 ? 2.0 * pi / size[2] : 0.0};
  }
  [[nodiscard]] double p(const Vector3& x) const {
    const Vector3 k = waves();
    return low + (high - low) * x[0] / size[0] +
           wave * std::sin(k[0] * x[0]) * std::cos(k[1] * x[1]) * (1.0 + 0.3 * std::cos(k[2] * x[2]));
  }
  [[nodiscard]] Vector3 gradient(const Vector3& x) const {
    const Vector3 k = waves();
    const double z = 1.0 + 0.3 * std::cos(k[2] * x[2]);
    return {(high - low) / size[0] + wave * k[0] * std::cos(k[0] * x[0]) * std::cos(k[1] * x[1]) * z,
            -wave * k[1] * std::sin(k[0] * x[0]) * std::sin(k[1] * x[1]) * z,
            -wave * 0.3 * k[2] * std::sin(k[0] * x[0]) * std::cos(k[1] * x[1]) * std::sin(k[2] * x[2])};
  }
  [[nodiscard]] double laplacian(const Vector3& x) const {
    const Vector3 k = waves();
    const double xy = wave * std::sin(k[0] * x[0]) * std::cos(k[1] * x[1]), c = 0.3 * std::cos(k[2] * x[2]);
    return -xy * ((k[0] * k[0] + k[1] * k[1]) * (1.0 + c) + k[2] * k[2] * c);
  }
  /// ln(K/K0) = 0.5 sin(3 k_x x + 1) cos(2 k_y y + 0.5) cos(k_z z)
  [[nodiscard]] double conductivity(const Vector3& x) const {
    const Vector3 k = waves();
    return k0 * std::exp(0.5 * std::sin(3.0 * k[0] * x[0] + 1.0) * std::cos(2.0 * k[1] * x[1] + 0.5) *
                         std::cos(k[2] * x[2]));
  }
  [[nodiscard]] Vector3 gradient_ln_k(const Vector3& x) const {
    const Vector3 k = waves();
    const double s = 3.0 * k[0] * x[0] + 1.0, t = 2.0 * k[1] * x[1] + 0.5, z = k[2] * x[2];
    return {1.5 * k[0] * std::cos(s) * std::cos(t) * std::cos(z), -k[1] * std::sin(s) * std::sin(t) * std::cos(z),
            -0.5 * k[2] * std::sin(s) * std::cos(t) * std::sin(z)};
  }
  /// The vessel pressure that makes p the solution: p - div(K grad p)/e.
  [[nodiscard]] double vessel_pressure(const Vector3& x) const {
    const Vector3 g = gradient(x), l = gradient_ln_k(x);
    double divergence = laplacian(x);
    for (std::size_t a = 0; a < 3; ++a) divergence += l[a] * g[a];
    return p(x) - conductivity(x) * divergence / exchange;
  }
};

struct Errors {
  double pressure = 0.0, velocity = 0.0;  ///< relative L2, at the centres and at the faces
  double worst_velocity = 0.0;            ///< largest error at a face over the largest velocity
  int iterations = 0;
};

Errors manufactured_errors(const Manufactured& m, const Index3& n) {
  Grid grid = test::grid_of(n, 1.0);
  for (std::size_t a = 0; a < 3; ++a) grid.spacing[a] = m.size[a] / static_cast<double>(grid.voxels[a]);
  const Domain domain = test::domain_of(grid, {false, false, m.dimensions == 3});
  const auto k = values_of(domain, [&](const Vector3& x) { return m.conductivity(x); });
  const auto vessel = values_of(domain, [&](const Vector3& x) { return m.vessel_pressure(x); });
  const std::vector<double> e(k.size(), m.exchange);
  DarcyProblem problem{.conductivity = k, .blood = {e, vessel}};
  problem.boundary[0] = {FlowBoundary{m.low}, FlowBoundary{m.high}};
  const DarcyPressure solved = solve_pressure(domain, problem);
  const FlowField flow = darcy_flow(domain, problem, solved.pressure);
  const auto p = test::gather(solved.pressure, domain);
  Errors errors{.iterations = solved.iterations};
  double difference = 0.0, norm = 0.0;
  for (std::size_t i = 0; i < p.size(); ++i) {
    const double exact = m.p(grid.centre(grid.box().voxel(static_cast<std::int64_t>(i))));
    difference += (p[i] - exact) * (p[i] - exact);
    norm += exact * exact;
  }
  std::array<double, 2> squares{}, largest{};  // of the errors, of the velocities
  for (std::int64_t i = 0; i < domain.owned_voxels(); ++i)
    for (std::size_t a = 0; a < grid.dimensions; ++a)
      for (std::size_t side = 0; side < 2; ++side) {
        Vector3 x = grid.centre(domain.owned().voxel(i));
        x[a] += (side == 0 ? -0.5 : 0.5) * grid.spacing[a];
        const double exact = -m.conductivity(x) * m.gradient(x)[a];
        const double here = flow.through(domain.owned().voxel(i), a, side) / grid.face_area(a);
        squares = {squares[0] + (here - exact) * (here - exact), squares[1] + exact * exact};
        largest = {std::max(largest[0], std::abs(here - exact)), std::max(largest[1], std::abs(exact))};
      }
  MPI_Allreduce(MPI_IN_PLACE, squares.data(), 2, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
  MPI_Allreduce(MPI_IN_PLACE, largest.data(), 2, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
  errors.velocity = std::sqrt(squares[0] / squares[1]);
  errors.worst_velocity = largest[0] / largest[1];
  errors.pressure = std::sqrt(difference / norm);
  return errors;
}

void expect_second_order(const Manufactured& m, const Index3& coarse_n, const Index3& fine_n) {
  const Errors coarse = manufactured_errors(m, coarse_n), fine = manufactured_errors(m, fine_n);
  const double h = m.size[0] / static_cast<double>(coarse_n[0]);
  const std::string name = "Darcy: vessels, K varying by 2.7, " + std::to_string(m.dimensions) + "-D: ";
  test::verify({.name = name + "pressure",
                .exact = "manufactured",
                .levels = {{h, coarse.pressure}, {0.5 * h, fine.pressure}},
                .largest_error = 1e-3,
                .least_order = 1.9});
  test::verify({.name = name + "velocity at the faces",
                .exact = "manufactured",
                .levels = {{h, coarse.velocity}, {0.5 * h, fine.velocity}},
                .largest_error = 1e-2,
                .least_order = 1.9});
  testing::Test::RecordProperty("worst_velocity", std::to_string(1e6 * fine.worst_velocity) + "e-6");
  testing::Test::RecordProperty("worst_order", std::to_string(test::order(coarse.worst_velocity, fine.worst_velocity)));
  testing::Test::RecordProperty("iterations", fine.iterations);
}

}  // namespace

TEST(DarcyManufactured, IsSecondOrderIn3DWithVaryingKVesselsAndAnisotropicVoxels) {
  expect_second_order({}, {16, 16, 16}, {32, 32, 32});
}

TEST(DarcyManufactured, IsSecondOrderIn2D) {
  expect_second_order({.dimensions = 2}, {32, 24, 0}, {64, 48, 0});
}

}  // namespace vesicast::darcy_manufactured_test
