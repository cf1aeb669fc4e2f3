// Flow and diffusion together in whole steps: a steady profile between two faces, and the order of the splitting.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "src/ledger/ledger.hpp"
#include "src/run/simulate.hpp"
#include "src/step/advance.hpp"
#include "tests/support/scenes.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::advected_transport_test {
namespace {

constexpr double d = 2.0, alpha = 0.2;

/// Fluid at v through a column, concentrations held at both ends: relative L2 error of the steady profile
/// C = C0 + (C1 - C0) (exp(Pe x/l) - 1)/(exp(Pe) - 1), Pe = v l/(alpha D).
double steady_error(std::int64_t n, double step) {
  const double l = 120.0, v = 0.02, c0 = 1e-3, c1 = 3e-3, peclet = v * l / (alpha * d);
  Parameters p = test::parameters_of({n, 1, 1}, l / static_cast<double>(n), d);
  p.domain.extracellular_fraction = alpha;
  p.run.track_sources = false;
  p.transport.tolerance = 1e-10;
  p.vesicles[0].boundary[0] = {{{BoundaryKind::fixed, c0}, {BoundaryKind::fixed, c1}}};
  p.flow.kind = FlowKind::uniform;
  p.flow.velocity = {v, 0.0, 0.0};
  test::Scene s = test::make_scene(p);
  Timings t;
  simulate(s, to_ticks(20000.0), to_ticks(step), {}, t);
  EXPECT_LE(measure_ledger(s.state, s.model, MPI_COMM_WORLD).worst_residual(), 1e-12);
  const auto values = test::gather(s.state.fields[0], *s.domain);
  const double h = s.domain->grid().spacing[0];
  double difference = 0.0, norm = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double from = h * static_cast<double>(i), q = peclet / l;
    const double mean = (std::exp(q * (from + h)) - std::exp(q * from)) / (q * h);
    const double e = c0 + (c1 - c0) * (mean - 1.0) / (std::exp(peclet) - 1.0);
    const double c = values[i] / (alpha * s.domain->grid().voxel_volume());
    difference += (c - e) * (c - e);
    norm += e * e;
  }
  return std::sqrt(difference / norm);
}

/// Vesicles carried for 960 s round a periodic column of 240 um where D varies ninefold, in steps of `step`.
std::vector<double> carried(double step) {
  constexpr std::int64_t n = 96;
  Parameters p = test::parameters_of({n, 1, 1}, 240.0 / static_cast<double>(n), d);
  p.domain.extracellular_fraction = alpha;
  p.run.track_sources = false;
  p.transport.tolerance = 1e-12;
  for (FaceBoundary& face : p.vesicles[0].boundary[0]) face.kind = BoundaryKind::periodic;
  p.vesicles[0].diffusivity_map = MapFile{"D", "D"};
  p.flow.kind = FlowKind::uniform;
  p.flow.velocity = {0.02, 0.0, 0.0};
  const auto wave = [&](const Domain& domain, std::int64_t i) {
    return 2.0 * std::numbers::pi * (domain.grid().centre(domain.owned().voxel(i))[0] / 240.0);
  };
  const auto varying = [&](const MapFile&, const Domain& domain, int) {
    std::vector<double> values;
    for (std::int64_t i = 0; i < domain.owned_voxels(); ++i)
      values.push_back(d * (1.0 + 0.8 * std::sin(wave(domain, i))));
    return values;
  };
  test::Scene s = test::make_scene(p, {}, nullptr, MPI_COMM_WORLD, varying);
  test::fill(s.state.fields[0], *s.domain, [&](const Index3& v) {
    return 2.0 + std::cos(2.0 * std::numbers::pi * (static_cast<double>(v[0]) + 0.5) / static_cast<double>(n));
  });
  Timings t;
  for (int i = 0; i < static_cast<int>(std::lround(960.0 / step)); ++i) advance(s, to_ticks(step), t);
  return test::gather(s.state.fields[0], *s.domain);
}

}  // namespace

TEST(AdvectedTransport, SteadyProfileBetweenTwoFacesConverges) {
  // Beside a face that holds a concentration the splitting is first order in time: steps go with the square of h.
  const double coarse = steady_error(16, 40.0), fine = steady_error(32, 10.0);
  test::verify({.name = "flow between two fixed faces, Pe 6, steady; steps as h^2",
                .exact = "(exp(Pe x/l) - 1)/(exp(Pe) - 1)",
                .levels = {{7.5, coarse}, {3.75, fine}},
                .largest_error = 5e-3,
                .least_order = 1.9});
}

TEST(AdvectedTransport, SplittingIsSecondOrderInTime) {
  // Differences between steps of 160, 80 and 40 s, with sub-steps of one Courant number.
  const auto a = carried(160.0), b = carried(80.0), c = carried(40.0);
  double first = 0.0, second = 0.0, norm = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    first += (a[i] - b[i]) * (a[i] - b[i]);
    second += (b[i] - c[i]) * (b[i] - c[i]);
    norm += c[i] * c[i];
  }
  test::verify({.name = "flow and diffusion (Strang), D varying ninefold, steps of 160, 80, 40 s",
                .exact = "the next smaller step",
                .levels = {{80.0, std::sqrt(first / norm)}, {40.0, std::sqrt(second / norm)}},
                .largest_error = 5e-4,
                .least_order = 1.9,
                .refined = "dt"});
}

}  // namespace vesicast::advected_transport_test
