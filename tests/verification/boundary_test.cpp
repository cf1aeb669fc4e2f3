// Faces that resist (clearance) and faces whose concentration follows a table, against exact solutions.
#include <gtest/gtest.h>

#include <cmath>

#include "src/ledger/ledger.hpp"
#include "src/run/simulate.hpp"
#include "src/step/advance.hpp"
#include "tests/support/scenes.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::boundary_test {
namespace {

constexpr double d = 2.0, alpha = 0.2;

/// n voxels along x, `beside` next to each other in y, all their vesicles in one field.
Parameters column(std::int64_t n, double length, std::int64_t beside = 1) {
  Parameters p = test::parameters_of({n, beside, 1}, length / static_cast<double>(n), d);
  p.domain.extracellular_fraction = alpha;
  p.run.track_sources = false;
  p.transport.tolerance = 1e-10;
  return p;
}

void run(test::Scene& s, double seconds, double step) {
  Timings t;
  simulate(s, to_ticks(seconds), to_ticks(step), {}, t);
}

/// Relative L2 error after 1500 s of C = cos(kx) exp(-D k^2 t) between a wall at 0 and a face at l that resists.
double transient_error(std::int64_t n, bool curves) {
  const double l = 120.0, permeability = 0.01;
  // alpha D k tan(kl) = P: the first root, by bisection.
  double low = 0.0, high = 0.5 * 3.14159265358979 / l;
  for (int i = 0; i < 200; ++i) {
    const double k = 0.5 * (low + high);
    (alpha * d * k * std::tan(k * l) < permeability ? low : high) = k;
  }
  const double k = low;
  Parameters p = column(n, l);
  p.vesicles[0].boundary[0][1] = {BoundaryKind::clearance, 0.0, permeability};
  test::Scene s = test::make_scene(p);
  const Grid& g = s.domain->grid();
  const auto exact = [&](const Index3& v, double t) {
    const double x = static_cast<double>(v[0]) * g.spacing[0];
    return alpha * g.face_area(0) * (std::sin(k * (x + g.spacing[0])) - std::sin(k * x)) / k * std::exp(-d * k * k * t);
  };
  test::fill(s.state.fields[0], *s.domain, [&](const Index3& v) { return exact(v, 0.0); });
  Timings timings;
  for (int i = 0; i < 15; ++i) advance(s, to_ticks(100.0), timings);
  const auto values = test::gather(s.state.fields[0], *s.domain);
  std::vector<double> wanted;
  std::vector<std::vector<double>> rows;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Index3 v = g.box().voxel(static_cast<std::int64_t>(i));
    const double volume = alpha * g.voxel_volume();
    wanted.push_back(exact(v, 1500.0));
    rows.push_back({g.centre(v)[0], exact(v, 0.0) / volume, values[i] / volume, wanted.back() / volume});
  }
  if (curves) test::write_curves("clearance", {"x [um]", "start", "computed", "exact"}, rows);
  return test::relative_l2(values, wanted);
}

}  // namespace

TEST(Clearance, SteadyProfileIsLinearAndMeetsTheOutsideThroughTheFace) {
  const double l = 120.0, permeability = 0.01, inside = 1e-2, outside = 1e-3;
  Parameters p = column(12, l);
  p.vesicles[0].boundary[0] = {{{BoundaryKind::fixed, inside}, {BoundaryKind::clearance, outside, permeability}}};
  test::Scene s = test::make_scene(p);
  run(s, 60000.0, 200.0);
  const double flux = (inside - outside) / (l / (alpha * d) + 1.0 / permeability);  // per area
  const auto values = test::gather(s.state.fields[0], *s.domain);
  double largest = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double exact = inside - flux * 10.0 * (static_cast<double>(i) + 0.5) / (alpha * d);
    largest = std::max(largest, std::abs(values[i] / (alpha * 1000.0) - exact) / inside);
  }
  test::verify({.name = "fixed value at one face, clearance at the other, steady",
                .exact = "linear profile, the face's resistance in series",
                .norm = "relative, largest",
                .levels = {{0.0, largest}},
                .largest_error = 1e-7});
  EXPECT_LE(measure_ledger(s.state, s.model, MPI_COMM_WORLD).worst_residual(), 1e-12);
}

TEST(Clearance, TransientModeIsSecondOrder) {
  test::verify({.name = "wall and clearance face (Robin), 1500 s",
                .exact = "cos(kx) exp(-D k^2 t), alpha D k tan(kl) = P",
                .levels = {{10.0, transient_error(12, true)}, {5.0, transient_error(24, false)}},
                .largest_error = 1e-3,
                .least_order = 1.9});
}

TEST(FixedFace, FollowsItsTableByTheExactMeanOfEachStep) {
  // Four voxels, each behind one face: dN/dt = g (C_out(t) - N/(alpha V)), with C_out from a table, steps across its
  // corners.
  Parameters p = column(1, 10.0, 4);
  const TimeSeries dose({0.0, 70.0, 100.0, 400.0}, {0.0, 2e-3, 5e-4, 1e-3});
  p.vesicles[0].boundary[0][0] = {BoundaryKind::fixed, dose};
  test::Scene s = test::make_scene(p);
  const double volume = 1000.0, g = alpha * d * 100.0 / 5.0, k = g / (alpha * volume), step = 30.0;
  double n = 0.0, entered = 0.0, left = 0.0;
  for (int i = 0; i < 20; ++i) {
    const double from = step * i, mean = dose.mean(from, from + step);
    const double now = n * std::exp(-k * step) + g * mean * (1.0 - std::exp(-k * step)) / k;
    (now > n ? entered : left) += std::abs(now - n);
    n = now;
  }
  run(s, 600.0, step);
  const auto values = test::gather(s.state.fields[0], *s.domain);
  EXPECT_NEAR(values[0], n, 1e-9 * n);
  const Ledger ledger = measure_ledger(s.state, s.model, MPI_COMM_WORLD);
  EXPECT_NEAR(ledger.fields[0]["entered"], 4.0 * entered, 1e-9 * entered);
  EXPECT_NEAR(ledger.fields[0]["left"], 4.0 * left, 1e-9 * left);
  EXPECT_LE(ledger.worst_residual(), 1e-12);
}

TEST(FixedFace, ThatChangesIsFollowedToSecondOrder) {
  // The same voxels behind a ramp, against the exact solution of the ramp itself.
  const double ramp = 1e-5, volume = 1000.0, g = alpha * d * 100.0 / 5.0, k = g / (alpha * volume), end = 240.0;
  const double exact = g * ramp * (end / k - (1.0 - std::exp(-k * end)) / (k * k));
  const auto error = [&](double step) {
    Parameters p = column(1, 10.0, 4);
    p.vesicles[0].boundary[0][0] = {BoundaryKind::fixed, TimeSeries({0.0, 1000.0}, {0.0, 1000.0 * ramp})};
    test::Scene s = test::make_scene(p);
    run(s, end, step);
    return std::abs(test::gather(s.state.fields[0], *s.domain)[0] / exact - 1.0);
  };
  const double coarse = error(20.0), fine = error(10.0);
  test::verify({.name = "fixed face on a ramp",
                .exact = "the ramp's own solution",
                .norm = "relative",
                .levels = {{20.0, coarse}, {10.0, fine}},
                .largest_error = 1e-2,
                .least_order = 1.9,
                .refined = "dt"});
}

}  // namespace vesicast::boundary_test
