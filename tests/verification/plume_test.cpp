// One cell that releases without end into a uniform flow: the steady plume against its Green's function.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "src/step/advance.hpp"
#include "tests/support/scenes.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::plume_test {
namespace {

constexpr double d = 2.0, alpha = 0.2, rate = 5.0, before = 90.0;

/// Steady concentration of a point source of `rate` in fluid at speed u along x, with loss k:
/// q/(4 pi alpha D r) exp(u x/(2 D) - r sqrt(u^2/(4 D^2) + k/D)) (Carslaw & Jaeger 1959, section 10.7).
double plume(const Vector3& x, double u, double k, double nearest) {
  const double r = std::max(nearest, std::hypot(x[0], x[1], x[2])), half = u / (2.0 * d);
  return rate / (4.0 * std::numbers::pi * alpha * d * r) * std::exp(half * x[0] - r * std::sqrt(half * half + k / d));
}

/// Relative L2 error from 30 to 60 um around the cell. The cell stands in the corner of two walls half a voxel away:
/// with its mirror images there are four.
test::Level plume_error(double u, double k, double h, double step, const char* curves) {
  const auto n = [&](double length) { return static_cast<std::int64_t>(std::lround(length / h)); };
  Parameters p = test::parameters_of({n(before + 120.0), n(120.0), n(120.0)}, h, d);
  p.domain.extracellular_fraction = alpha;
  p.vesicles[0].decay = k;
  p.vesicles[0].boundary[0].fill({BoundaryKind::open, 0.0});
  p.vesicles[0].boundary[1][1] = p.vesicles[0].boundary[2][1] = {BoundaryKind::open, 0.0};
  p.transport.tolerance = 1e-5;
  p.flow.kind = FlowKind::uniform;
  p.flow.velocity = {alpha * u, 0.0, 0.0};
  p.cell_types = {test::donor_type("donor", rate)};
  const Vector3 source{before + 0.5 * h, 0.5 * h, 0.5 * h};
  test::Scene s = test::make_scene(p, {{0, source, 0}});
  const Grid& grid = s.domain->grid();
  const auto exact = [&](const Index3& v) {
    const Vector3 x = grid.centre(v);
    double sum = 0.0;
    for (const double y : {-source[1], source[1]})
      for (const double z : {-source[2], source[2]})
        sum += plume({x[0] - source[0], x[1] - y, x[2] - z}, u, k, 0.5 * h);
    return alpha * grid.voxel_volume() * sum;
  };
  // From the exact plume on: what the grid makes of it near the cell has passed the shell after 400 s.
  test::fill(s.state.fields[0], *s.domain, exact);
  Timings t;
  for (int i = 0; i < static_cast<int>(std::lround(400.0 / step)); ++i) advance(s, to_ticks(step), t);
  const auto values = test::gather(s.state.fields[0], *s.domain);
  std::vector<double> there, wanted;
  std::vector<std::vector<double>> rows;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Index3 v = grid.box().voxel(static_cast<std::int64_t>(i));
    const Vector3 x = grid.centre(v);
    if (v[2] == 0) {
      const double volume = alpha * grid.voxel_volume();
      rows.push_back({x[0] - source[0], x[1], values[i] / volume, exact(v) / volume});
    }
    const double r = std::hypot(x[0] - source[0], x[1], x[2]);
    if (r < 30.0 || r > 60.0) continue;
    there.push_back(values[i]);
    wanted.push_back(exact(v));
  }
  if (curves != nullptr) test::write_curves(curves, {"x [um]", "y [um]", "computed [1/um^3]", "exact [1/um^3]"}, rows);
  return {h, test::relative_l2(there, wanted)};
}

}  // namespace

TEST(Plume, OfACellInAUniformFlowIsTheGreensFunction) {
  test::verify({.name = "a releasing cell in a flow of 0.2 um/s, D 2 um^2/s, steady; 30 to 60 um from it",
                .exact = "q/(4 pi alpha D r) exp(-u (r - x)/(2D))",
                .levels = {plume_error(0.2, 0.0, 5.0, 8.0, nullptr), plume_error(0.2, 0.0, 2.5, 4.0, "plume")},
                .largest_error = 1e-2,
                .least_order = 1.9});
}

TEST(Plume, WithLossIsTheGreensFunction) {
  test::verify({.name = "the same at 0.1 um/s with a half-life of 139 s",
                .exact = "Green's function with loss",
                .levels = {plume_error(0.1, 5e-3, 5.0, 8.0, nullptr), plume_error(0.1, 5e-3, 2.5, 4.0, nullptr)},
                .largest_error = 1e-2,
                .least_order = 1.9});
}

}  // namespace vesicast::plume_test
