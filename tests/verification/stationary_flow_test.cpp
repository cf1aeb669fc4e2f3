// `[run] steady = true` where the fluid flows: exact profiles, and runs that stay where they start.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "decomposition/base/error.hpp"
#include "src/extracellular/flow/uniform_flow.hpp"
#include "src/ledger/ledger.hpp"
#include "src/start/stationary_start.hpp"
#include "src/step/advance.hpp"
#include "tests/support/tissue.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::stationary_flow_test {
namespace {

constexpr double alpha = 0.2, d = 2.0, pi = std::numbers::pi;

/// Fluid at `velocity` through open faces.
Parameters flowing(const Index3& n, double h, const Vector3& velocity) {
  Parameters p = test::parameters_of(n, h, d);
  p.domain.extracellular_fraction = alpha;
  p.run.track_sources = false;
  p.transport.tolerance = 1e-9;
  p.flow.kind = FlowKind::uniform;
  p.flow.velocity = velocity;
  for (std::size_t a = 0; a < 3; ++a)
    if (velocity[a] != 0.0) p.vesicles[0].boundary[a].fill({BoundaryKind::open, 0.0});
  return p;
}

/// The stationary field of a column of 120 um between C0 at its low face and C1 at its high one against
/// C0 + (C1 - C0) (exp(Pe x/l) - 1)/(exp(Pe) - 1), the straight line for a very small Pe. C1 = 0: an open face.
test::Level between_faces(std::int64_t n, double peclet, double c0, double c1) {
  const double l = 120.0, h = l / static_cast<double>(n);
  Parameters p = flowing({n, 1, 1}, h, {peclet * alpha * d / l, 0.0, 0.0});
  p.vesicles[0].boundary[0][0] = {BoundaryKind::fixed, c0};
  if (c1 > 0.0) p.vesicles[0].boundary[0][1] = {BoundaryKind::fixed, c1};
  test::Scene s = test::make_scene(p);
  EXPECT_LE(start_stationary(s.state, s.model, s.site, s.seats).at(0).residual, 1e-11);
  std::vector<double> exact;
  for (std::int64_t i = 0; i < n; ++i) {
    const double from = h * static_cast<double>(i), q = peclet / l;
    const double mean = (std::exp(q * (from + h)) - std::exp(q * from)) / (q * h);
    const double share = std::abs(peclet) < 1e-6 ? (from + 0.5 * h) / l : (mean - 1.0) / (std::exp(peclet) - 1.0);
    exact.push_back(alpha * h * h * h * (c0 + (c1 - c0) * share));
  }
  return {h, test::relative_l2(test::gather(s.state.fields[0], *s.domain), exact)};
}

/// A releasing cell in a section, at speed u along x with loss k: q/(2 pi alpha D h_z) exp(u x/(2D)) K0(r m),
/// m^2 = u^2/(4 D^2) + k/D (Carslaw & Jaeger 1959, section 10.7), 30 to 60 um from the cell.
test::Level plume_error(double h) {
  const double u = 0.2, k = 5e-3, rate = 5.0, half = u / (2.0 * d), m = std::sqrt(half * half + k / d);
  const auto n = [&](double length) { return static_cast<std::int64_t>(std::lround(length / h)); };
  Parameters p = flowing({n(270.0), n(240.0), 0}, h, {alpha * u, 0.0, 0.0});
  p.vesicles[0].decay = k;
  p.vesicles[0].boundary[1].fill({BoundaryKind::open, 0.0});
  p.cell_types = {test::donor_type("donor", rate)};
  const Vector3 source{105.0 + 0.5 * h, 120.0 + 0.5 * h, 0.5 * h};
  test::Scene s = test::make_scene(p, {{0, source, 0}});
  EXPECT_LE(start_stationary(s.state, s.model, s.site, s.seats).at(0).residual, 1e-11);
  const auto values = test::gather(s.state.fields[0], *s.domain);
  const Grid& grid = s.domain->grid();
  std::vector<double> there, exact;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Vector3 x = grid.centre(grid.box().voxel(static_cast<std::int64_t>(i)));
    const double r = std::hypot(x[0] - source[0], x[1] - source[1]);
    if (r < 30.0 || r > 60.0) continue;
    there.push_back(values[i]);
    exact.push_back(grid.voxel_volume() * rate / (2.0 * pi * d * grid.spacing[2]) *
                    std::exp(half * (x[0] - source[0])) * std::cyl_bessel_k(0.0, m * r));
  }
  return {h, test::relative_l2(there, exact)};
}

/// Relative L2 change of the first field in `steps` steps of `dt` from its stationary state.
double drift(const Parameters& p, const std::vector<PlacedCell>& cells, double dt, int steps = 100) {
  test::Scene s = test::make_scene(p, cells);
  static_cast<void>(start_stationary(s.state, s.model, s.site, s.seats));
  const auto before = test::gather(s.state.fields[0], *s.domain);
  Timings t;
  for (int i = 0; i < steps; ++i) advance(s, to_ticks(dt), t);
  EXPECT_LE(measure_ledger(s.state, s.model, MPI_COMM_WORLD).worst_residual(), ledger_tolerance);
  return test::relative_l2(test::gather(s.state.fields[0], *s.domain), before);
}

/// Relative L2 change in 2000 s, in steps of `dt`, of the stationary field of a release that varies as a wave over a
/// periodic section, with decay, in a diagonal flow.
test::Level smooth_drift(double dt) {
  const Grid grid = test::grid_of({48, 36, 0}, 5.0);
  const Domain domain = test::domain_of(grid, {true, true, false});
  Parameters p = test::parameters_of({48, 36, 0}, 5.0, d);
  p.vesicles[0].decay = 1e-3;
  Operator op(domain, p.vesicles[0], alpha, d);
  Transport transport(domain, "exponential", 1e-10);
  const double inverse_volume = 1.0 / (alpha * grid.voxel_volume());
  transport.use_flow(uniform_flow(domain, {0.04, 0.02, 0.0}), {&inverse_volume, 1});
  std::vector<std::int64_t> all;
  std::vector<double> release, none, integral;
  for (std::int64_t i = 0; i < domain.owned_voxels(); ++i) {
    const Vector3 x = grid.centre(domain.owned().voxel(i));
    all.push_back(i);
    release.push_back(1.0 + std::sin(2.0 * pi * x[0] / grid.length(0)) * std::sin(2.0 * pi * x[1] / grid.length(1)));
  }
  none.assign(all.size(), 0.0);
  integral = none;
  const Operator* const operators[] = {&op};
  const ExchangeVoxels voxels = transport.exchange_voxels(all, operators);
  Field field(domain);
  TransportFlows flows;
  const VoxelExchange exchange{release, none, integral};
  EXPECT_LE(transport.find_stationary({.field = &field, .op = &op, .exchange = exchange}, voxels, {}, 0.0).residual,
            1e-11);
  const auto before = test::gather(field, domain);
  for (int i = 0; i < static_cast<int>(std::lround(2000.0 / dt)); ++i)
    test::transport_alone(transport, field, op, dt, flows, false, exchange, all);
  return {dt, test::relative_l2(test::gather(field, domain), before)};
}

const std::vector<PlacedCell> donors{
    {0, {45.0, 45.0, 45.0}, 0}, {1, {95.0, 65.0, 75.0}, 0}, {2, {55.0, 95.0, 85.0}, 0}};

}  // namespace

TEST(StationaryFlow, BetweenAFixedFaceAndAnOutflow) {
  test::verify({.name = "start from the stationary field: flow from a fixed to an open face, Pe 6",
                .exact = "1 - (exp(Pe x/l) - 1)/(exp(Pe) - 1)",
                .levels = {between_faces(64, 6.0, 2e-3, 0.0), between_faces(128, 6.0, 2e-3, 0.0)},
                .largest_error = 1e-3,
                .least_order = 1.9});
  test::verify({.name = "the same between two fixed faces, against x, Pe 6",
                .exact = "(exp(Pe x/l) - 1)/(exp(Pe) - 1)",
                .levels = {between_faces(64, -6.0, 1e-3, 3e-3), between_faces(128, -6.0, 1e-3, 3e-3)},
                .largest_error = 5e-3,
                .least_order = 1.9});
  // Where the fluid hardly moves the profile is linear, which all fluxes are exact for.
  EXPECT_LE(between_faces(32, 1e-9, 1e-3, 3e-3).error, 1e-8);
  EXPECT_LE(between_faces(32, 1e-9, 1e-3, 0.0).error, 1e-8);
}

TEST(StationaryFlow, WhatTheFluidAloneBringsFillsTheColumn) {
  // Hardly any diffusion: the only source is the fluid that comes in, and nothing is lost on the way.
  Parameters p = flowing({24, 1, 1}, 10.0, {0.07, 0.0, 0.0});
  p.vesicles[0].diffusivity = 1e-9;
  p.vesicles[0].boundary[0][0] = {BoundaryKind::fixed, 3e-3};
  test::Scene s = test::make_scene(p);
  EXPECT_LE(start_stationary(s.state, s.model, s.site, s.seats).at(0).residual, 1e-11);
  for (const double n : test::gather(s.state.fields[0], *s.domain)) EXPECT_NEAR(n, 3e-3 * alpha * 1000.0, 1e-8);
}

TEST(StationaryFlow, PlumeOfACellIsTheGreensFunction) {
  test::verify({.name = "start from the stationary field: a releasing cell in a flow, with loss, 2-D",
                .exact = "exp(u x/(2D)) K0(r m)",
                .levels = {plume_error(5.0), plume_error(2.5)},
                .largest_error = 1e-2,
                .least_order = 1.9});
}

TEST(StationaryFlow, IsFoundAtAnyPeclet) {
  for (const double peclet : {0.1, 1.0, 5.0, 20.0})
    for (const bool oblique : {false, true}) {
      const double v = peclet * d * alpha / 10.0;
      Parameters p =
          flowing({14, 12, 11}, 10.0, oblique ? Vector3{0.6 * v, -0.48 * v, 0.64 * v} : Vector3{v, 0.0, 0.0});
      p.cell_types = {test::donor_type("donor", 1e-3)};
      test::Scene s = test::make_scene(p, donors);
      const StationaryField f = start_stationary(s.state, s.model, s.site, s.seats).at(0);
      const std::string name = fmt::format("Peclet {}{}", peclet, oblique ? ", oblique" : "");
      EXPECT_LE(f.residual, 1e-11) << name;
      EXPECT_LE(f.iterations, 250) << name;
      EXPECT_GT(f.content, 0.0) << name;
      for (const double x : test::gather(s.state.fields[0], *s.domain)) ASSERT_GE(x, 0.0) << name;
      RecordProperty(fmt::format("iterations_{}_{}", peclet, oblique), f.iterations);
    }
}

TEST(StationaryFlow, ARunStaysThereToTheOrderOfItsSplitting) {
  test::verify({.name = "2000 s in steps of 80, 40, 20 s (100) from the stationary field, flow and smooth release",
                .exact = "the start",
                .levels = {smooth_drift(80.0), smooth_drift(40.0), smooth_drift(20.0)},
                .largest_error = 1e-4,
                .least_order = 1.9,
                .refined = "dt"});
}

TEST(StationaryFlow, AColumnWithFixedAndClearanceFacesAndMatrixStays) {
  // Point sources, sinks, and faces that hold a concentration: of lower order in the step (docs/transport.md).
  Parameters p = flowing({14, 12, 11}, 10.0, {0.02, 0.01, 0.0});
  p.vesicles[0].decay = 1e-4;
  p.vesicles[0].boundary[0][1] = {BoundaryKind::fixed, 1e-4};
  p.vesicles[0].boundary[1][1] = {BoundaryKind::clearance, 2e-4, 1e-3};
  p.vesicles[0].matrix = MatrixBinding{1e-6, 1e-3, 2e3, {}};
  CellType recipient = test::recipient_type("recipient");
  Uptake rare = test::no_uptake();
  rare.k_on = 1e-10;
  rare.k_endocytosis = 1e-3;
  recipient.receptors = 1e12;
  recipient.recipient["exosome"] = rare;
  p.cell_types = {test::donor_type("donor", 1e-3), recipient};
  auto cells = donors;
  cells.push_back({3, {85.0, 65.0, 45.0}, 1});
  const double coarse = drift(p, cells, 8.0), fine = drift(p, cells, 4.0, 200), finest = drift(p, cells, 2.0, 400);
  RecordProperty("drift", fmt::format("{:.2e} {:.2e} {:.2e}", coarse, fine, finest));
  EXPECT_LE(coarse, 2e-2);
  EXPECT_GE(test::order(coarse, fine), 1.0) << coarse << ' ' << fine;
  EXPECT_GE(test::order(fine, finest), 1.0) << fine << ' ' << finest;
}

TEST(StationaryFlow, OfATissueWithEverything) {
  for (const int dimensions : {2, 3}) {
    const Parameters p = test::tissue_with_everything(dimensions);
    test::Scene s = test::make_scene(p, test::tissue_cells(p), nullptr, MPI_COMM_WORLD, test::tissue_maps);
    for (const StationaryField& f : start_stationary(s.state, s.model, s.site, s.seats)) {
      EXPECT_LE(f.residual, 1e-11) << f.name;
      EXPECT_LE(f.iterations, 250) << f.name;
      EXPECT_GT(f.content, 0.0) << f.name;
    }
    for (const Field& field : s.state.fields)
      for (const double x : test::gather(field, *s.domain)) ASSERT_GE(x, 0.0);
    EXPECT_LE(measure_ledger(s.state, s.model, MPI_COMM_WORLD).worst_residual(), ledger_tolerance);
  }
}

TEST(StationaryFlow, IsTheSameOnAnyNumberOfRanks) {
  Parameters p = flowing({24, 20, 0}, 10.0, {0.3, 0.1, 0.0});
  p.cell_types = {test::donor_type("donor", 1e-3)};
  const auto field = [&](MPI_Comm comm) {
    test::Scene s = test::make_scene(p, {{0, {85.0, 65.0, 5.0}, 0}}, nullptr, comm);
    static_cast<void>(start_stationary(s.state, s.model, s.site, s.seats));
    return test::gather(s.state.fields[0], *s.domain);
  };
  EXPECT_EQ(field(MPI_COMM_WORLD), field(MPI_COMM_SELF));
}

TEST(StationaryFlow, NeedsSomethingThatRemovesWhatIsReleased) {
  for (const Index3& n : {Index3{16, 12, 10}, Index3{16, 12, 8}, Index3{12, 8, 5}, Index3{32, 24, 0}}) {
    Parameters p = flowing(n, 10.0, {0.05, 0.0, 0.0});
    p.vesicles[0].boundary[0].fill({BoundaryKind::periodic, 0.0});
    p.cell_types = {test::donor_type("donor", 1.0)};
    const double z = n[2] == 0 ? 5.0 : 35.0;
    test::Scene s = test::make_scene(p, {{0, {35.0, 35.0, z}, 0}, {1, {45.0, 25.0, z}, 0}});
    EXPECT_THROW(static_cast<void>(start_stationary(s.state, s.model, s.site, s.seats)), NumericsError)
        << n[0] << ' ' << n[2];
    // The slowest loss is enough.
    p.vesicles[0].decay = 1e-7;
    test::Scene slow = test::make_scene(p, {{0, {35.0, 35.0, z}, 0}});
    EXPECT_NEAR(start_stationary(slow.state, slow.model, slow.site, slow.seats).at(0).content, 1e7, 1.0)
        << n[0] << ' ' << n[2];
  }
}

}  // namespace vesicast::stationary_flow_test
