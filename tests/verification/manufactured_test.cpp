// Diffusion where alpha and D vary: a manufactured smooth solution, and a jump of both against the exact transient.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "src/step/advance.hpp"
#include "tests/support/scenes.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::manufactured_test {
namespace {

constexpr double pi = std::numbers::pi;

/// C held at both x faces, y closed, z periodic (3-D) or absent; alpha varies by a factor of 2.3, D by 2.7.
struct Manufactured {
  int dimensions = 3;
  double edge = 120.0, decay = 2e-3, mean = 1e-2, wave = 6e-3;

  [[nodiscard]] Vector3 waves() const { return {pi / edge, pi / edge, dimensions == 3 ? 2.0 * pi / edge : 0.0}; }
  [[nodiscard]] double c(const Vector3& x) const {
    const Vector3 k = waves();
    return mean + wave * std::sin(k[0] * x[0]) * std::cos(k[1] * x[1]) * (1.0 + 0.3 * std::cos(k[2] * x[2]));
  }
  [[nodiscard]] Vector3 gradient_c(const Vector3& x) const {
    const Vector3 k = waves();
    const double z = 1.0 + 0.3 * std::cos(k[2] * x[2]);
    return {wave * k[0] * std::cos(k[0] * x[0]) * std::cos(k[1] * x[1]) * z,
            -wave * k[1] * std::sin(k[0] * x[0]) * std::sin(k[1] * x[1]) * z,
            -0.3 * wave * k[2] * std::sin(k[0] * x[0]) * std::cos(k[1] * x[1]) * std::sin(k[2] * x[2])};
  }
  [[nodiscard]] double laplacian_c(const Vector3& x) const {
    const Vector3 k = waves();
    const double xy = wave * std::sin(k[0] * x[0]) * std::cos(k[1] * x[1]), z = 0.3 * std::cos(k[2] * x[2]);
    return -xy * ((k[0] * k[0] + k[1] * k[1]) * (1.0 + z) + k[2] * k[2] * z);
  }
  /// alpha = 0.2 + 0.08 sin(2 k_x x + 0.4) cos(2 k_y y + 0.2)
  [[nodiscard]] double alpha(const Vector3& x) const {
    const Vector3 k = waves();
    return 0.2 + 0.08 * std::sin(2.0 * k[0] * x[0] + 0.4) * std::cos(2.0 * k[1] * x[1] + 0.2);
  }
  [[nodiscard]] Vector3 gradient_ln_alpha(const Vector3& x) const {
    const Vector3 k = waves();
    const double s = 2.0 * k[0] * x[0] + 0.4, t = 2.0 * k[1] * x[1] + 0.2, scale = 0.16 / alpha(x);
    return {scale * k[0] * std::cos(s) * std::cos(t), -scale * k[1] * std::sin(s) * std::sin(t), 0.0};
  }
  /// ln(D/2) = 0.5 sin(3 k_x x + 1) cos(2 k_y y + 0.5) cos(k_z z)
  [[nodiscard]] double d(const Vector3& x) const {
    const Vector3 k = waves();
    return 2.0 * std::exp(0.5 * std::sin(3.0 * k[0] * x[0] + 1.0) * std::cos(2.0 * k[1] * x[1] + 0.5) *
                          std::cos(k[2] * x[2]));
  }
  [[nodiscard]] Vector3 gradient_ln_d(const Vector3& x) const {
    const Vector3 k = waves();
    const double s = 3.0 * k[0] * x[0] + 1.0, t = 2.0 * k[1] * x[1] + 0.5, z = k[2] * x[2];
    return {1.5 * k[0] * std::cos(s) * std::cos(t) * std::cos(z), -k[1] * std::sin(s) * std::sin(t) * std::cos(z),
            -0.5 * k[2] * std::sin(s) * std::cos(t) * std::sin(z)};
  }
  /// Release per volume of tissue that makes c the steady state: alpha k_dec c - div(alpha D grad c).
  [[nodiscard]] double release(const Vector3& x) const {
    const Vector3 g = gradient_c(x), a = gradient_ln_alpha(x), l = gradient_ln_d(x);
    double divergence = laplacian_c(x);
    for (std::size_t i = 0; i < 3; ++i) divergence += (a[i] + l[i]) * g[i];
    return alpha(x) * (decay * c(x) - d(x) * divergence);
  }
};

/// From the exact solution on, until the grid's own steady state is reached.
test::Level manufactured_error(const Manufactured& m, std::int64_t n) {
  const Grid grid = test::grid_of({n, n, m.dimensions == 3 ? n : 0}, m.edge / static_cast<double>(n));
  const Domain domain = test::domain_of(grid, {false, false, m.dimensions == 3});
  VesicleClass v;
  v.decay = m.decay;
  v.boundary[0].fill({BoundaryKind::fixed, m.mean});
  if (m.dimensions == 3) v.boundary[2].fill({BoundaryKind::periodic, 0.0});
  std::vector<double> alpha, d, release;
  std::vector<std::int64_t> voxels;
  for (std::int64_t i = 0; i < domain.owned_voxels(); ++i) {
    const Vector3 x = grid.centre(domain.owned().voxel(i));
    alpha.push_back(m.alpha(x));
    d.push_back(m.d(x));
    release.push_back(m.release(x) * grid.voxel_volume());
    voxels.push_back(i);
  }
  Operator op(domain, v, alpha, d);
  Transport transport(domain, "exponential", 1e-9);
  Field field(domain);
  const auto content = [&](const Index3& voxel) {
    const Vector3 x = grid.centre(voxel);
    return m.alpha(x) * m.c(x) * grid.voxel_volume();
  };
  test::fill(field, domain, content);
  const std::vector<double> clearance(voxels.size(), 0.0);
  std::vector<double> integral(voxels.size());
  TransportFlows flows;
  for (int i = 0; i < 20; ++i)
    test::transport_alone(transport, field, op, 150.0, flows, true, {release, clearance, integral}, voxels);
  std::vector<double> exact;
  for (std::int64_t i = 0; i < grid.size(); ++i) exact.push_back(content(grid.box().voxel(i)));
  return {grid.spacing[0], test::relative_l2(test::gather(field, domain), exact)};
}

/// Two half spaces of different alpha and D that meet at x = 0, C0 on the left and nothing on the right at t = 0
/// (Carslaw & Jaeger 1959, section 2.16): erf profiles about the value C_i on the interface.
struct TwoHalves {
  std::array<double, 2> alpha{0.3, 0.1}, d{4.0, 0.5};

  /// Integral of C over [a, b], which lies on one side of 0, for C0 = 1.
  [[nodiscard]] double integral(double a, double b, double t) const {
    const double left = alpha[0] * std::sqrt(d[0]), right = alpha[1] * std::sqrt(d[1]);
    const double interface = left / (left + right);
    const std::size_t side = a + b < 0.0 ? 0 : 1;
    const double reach = 2.0 * std::sqrt(d[side] * t);
    const auto erf_integral = [&](double x) {
      const double z = std::abs(x) / reach;
      return reach * (z * std::erf(z) + std::exp(-z * z) / std::sqrt(pi));
    };
    const double erf = std::abs(erf_integral(b) - erf_integral(a));
    return side == 0 ? interface * (b - a) + (1.0 - interface) * erf : interface * (b - a - erf);
  }
};

test::Level jump_error(std::int64_t n, bool curves) {
  const double length = 480.0, h = length / static_cast<double>(n), from = 100.0, seconds = 200.0;
  const TwoHalves halves;
  Parameters p = test::parameters_of({n, 1, 1}, h, halves.d[0]);
  p.run.track_sources = false;
  p.transport.tolerance = 1e-10;
  p.domain.extracellular_fraction = halves.alpha[0];
  Region right;
  right.name = "right";
  right.shape = Shape::layer;
  right.axis = 0;
  right.from = 0.5 * length;
  right.to = length;
  right.extracellular_fraction = halves.alpha[1];
  right.diffusivity["exosome"] = halves.d[1];
  p.regions = {right};
  test::Scene s = test::make_scene(p);
  const auto content = [&](std::int64_t i, double t) {
    const double a = static_cast<double>(i) * h - 0.5 * length;
    return halves.alpha[a < 0.0 ? 0 : 1] * h * h * halves.integral(a, a + h, t);
  };
  test::fill(s.state.fields[0], *s.domain, [&](const Index3& v) { return content(v[0], from); });
  Timings timings;
  for (int i = 0; i < 4; ++i) advance(s, to_ticks(seconds / 4.0), timings);
  const auto values = test::gather(s.state.fields[0], *s.domain);
  std::vector<double> exact;
  std::vector<std::vector<double>> rows;
  for (std::int64_t i = 0; i < n; ++i) {
    exact.push_back(content(i, from + seconds));
    const double x = (static_cast<double>(i) + 0.5) * h - 0.5 * length,
                 volume = halves.alpha[x < 0.0 ? 0 : 1] * h * h * h;
    rows.push_back({x, values[static_cast<std::size_t>(i)] / volume, exact.back() / volume});
  }
  if (curves) test::write_curves("jump", {"x [um]", "computed", "exact"}, rows);
  return {h, test::relative_l2(values, exact)};
}

}  // namespace

TEST(Manufactured, DiffusionWithVaryingAlphaAndDIsSecondOrder) {
  for (const int dimensions : {2, 3}) {
    const Manufactured m{.dimensions = dimensions};
    test::verify({.name = fmt::format("alpha and D vary by 2.3 and 2.7, release and loss everywhere, {}-D", dimensions),
                  .exact = "manufactured steady state",
                  .levels = {manufactured_error(m, 16), manufactured_error(m, 32)},
                  .largest_error = 2e-3,
                  .least_order = 1.9});
  }
}

TEST(Jump, OfAlphaAndDIsSecondOrder) {
  test::verify({.name = "alpha jumps from 0.3 to 0.1, D from 4 to 0.5 um^2/s, 200 s",
                .exact = "erf profiles on both sides of the interface",
                .levels = {jump_error(96, true), jump_error(192, false), jump_error(384, false)},
                .largest_error = 5e-4,
                .least_order = 1.9});
}

}  // namespace vesicast::manufactured_test
