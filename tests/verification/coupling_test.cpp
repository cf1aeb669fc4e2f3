// The whole step: order in time with saturable uptake, the range of vesicles among sinks, one cell against the sphere.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>

#include "decomposition/base/error.hpp"
#include "src/recipient/subvoxel.hpp"
#include "src/run/simulate.hpp"
#include "tests/support/scenes.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::coupling_test {
namespace {

/// All fields and all pools by cell after 1280 s in `steps` steps.
std::vector<double> run(const Parameters& p, const std::vector<PlacedCell>& all, int steps) {
  test::Scene s = test::make_scene(p, all);
  Timings t;
  simulate(s, to_ticks(1280.0), to_ticks(1280.0 / steps), {}, t);
  std::vector<double> result;
  for (const Field& f : s.state.fields) {
    const auto values = test::gather(f, *s.domain);
    result.insert(result.end(), values.begin(), values.end());
  }
  std::vector<double> pools(all.size() * cell_array_count * s.state.fields.size(), 0.0);
  for (std::size_t c = 0; c < s.state.cells.size(); ++c)
    for (std::size_t a = 0; a < cell_array_count; ++a)
      for (std::size_t f = 0; f < s.state.fields.size(); ++f)
        if (cell_arrays[a].scope == Scope::cell_field)
          pools[(static_cast<std::size_t>(s.state.cells.id[c]) * cell_array_count + a) * s.state.fields.size() + f] =
              s.state.cells.at(static_cast<CellArray>(a), f)[c];
  MPI_Allreduce(MPI_IN_PLACE, pools.data(), static_cast<int>(pools.size()), MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
  result.insert(result.end(), pools.begin(), pools.end());
  return result;
}

/// Donors and saturating recipients on a small grid, every recipient process on; vesicles per voxel and in pools at
/// 1280 s.
std::vector<double> solve(int steps) {
  Parameters p = test::parameters_of({6, 6, 1}, 20.0, 1.0);
  p.transport.tolerance = 1e-13;
  CellType donor = test::donor_type("donor", 0.5);
  CellType r = test::recipient_type("recipient");
  r.receptors = 20.0;
  Uptake& u = r.recipient["exosome"];
  u.k_on = 0.05;
  u.k_off = 2e-3;
  u.k_endocytosis = 3e-3;
  u.k_fusion = 0.9e-3;
  u.k_late = 2.8e-3;
  u.k_recycling = 1.8e-3;
  u.k_resecretion = 1.1e-3;
  u.k_lysosome = 1.2e-3;
  u.k_degradation = 0.8e-3;
  u.k_back_fusion = 1e-3;
  u.fluid = 0.3;
  u.lysosome_share = 0.45;
  p.cell_types = {donor, r};
  p.vesicles[0].initial_concentration = 2e-4;
  std::vector<PlacedCell> cells{{0, {50.0, 50.0, 10.0}, 0},
                                {1, {70.0, 50.0, 10.0}, 1},
                                {2, {71.0, 52.0, 10.0}, 1},
                                {3, {50.0, 90.0, 10.0}, 1},
                                {4, {10.0, 10.0, 10.0}, 1}};
  return run(p, cells, steps);
}

/// Cells that take up what they release, in voxels so large that part of it never gets away from the cell.
std::vector<double> solve_autocrine(int steps) {
  Parameters p = test::parameters_of({3, 3, 3}, 60.0, 1.0);
  p.transport.tolerance = 1e-13;
  CellType both = test::recipient_type("both");
  both.donor["exosome"].rate = 0.3;
  both.receptors = 200.0;
  both.recipient["exosome"].k_on = 0.05;
  both.recipient["exosome"].k_off = 5e-3;
  p.cell_types = {both};
  return run(p, {{0, {90.0, 90.0, 90.0}, 0}, {1, {30.0, 90.0, 90.0}, 0}, {2, {92.0, 88.0, 90.0}, 0}}, steps);
}

double distance(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0.0, norm = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    sum += (a[i] - b[i]) * (a[i] - b[i]);
    norm += b[i] * b[i];
  }
  return std::sqrt(sum / norm);
}

}  // namespace

TEST(Splitting, IsSecondOrderWithSaturableUptake) {
  const auto reference = solve(2560);
  const double coarse = distance(solve(40), reference), middle = distance(solve(80), reference),
               fine = distance(solve(160), reference);
  test::verify({.name = "Strang: donors and saturating recipients, every process on, 1280 s; fields and pools",
                .exact = "the same in 2560 steps",
                .levels = {{32.0, coarse}, {16.0, middle}, {8.0, fine}},
                .largest_error = 2e-4,
                .least_order = 1.9,
                .refined = "dt"});
}

TEST(Splitting, IsSecondOrderWithContactRecapture) {
  const auto reference = solve_autocrine(2560);
  const double coarse = distance(solve_autocrine(40), reference), fine = distance(solve_autocrine(80), reference);
  test::verify({.name = "Strang: donors that take up their own vesicles",
                .exact = "the same in 2560 steps",
                .levels = {{32.0, coarse}, {16.0, fine}},
                .largest_error = 1e-3,
                .least_order = 1.9,
                .refined = "dt"});
}

TEST(Recapture, BindsItsShareOfWhatACellReleases) {
  // One dilute step: P = k_a/(k_a + k_S) of the release is bound by the cell itself, whatever then happens outside.
  Parameters p = test::parameters_of({3, 3, 3}, 60.0, 1.0);
  CellType both;
  both.name = "both";
  both.donor["exosome"].rate = 0.01;
  Uptake u = test::no_uptake();
  u.k_on = 8.3 / 5000.0;
  both.recipient["exosome"] = u;
  p.cell_types = {both};
  test::Scene s = test::make_scene(p, {{0, {90.0, 90.0, 90.0}, 0}});
  Timings t;
  simulate(s, to_ticks(30.0), to_ticks(30.0), {}, t);
  if (s.state.cells.size() != 1) return;
  const double resistance = 1.0 / (4.0 * std::numbers::pi * 0.2 * 7.5) - 0.252731009858 / (0.2 * 60.0);
  ASSERT_GT(resistance, 0.0);
  const double share = 8.3 * resistance / (1.0 + 8.3 * resistance);
  EXPECT_NEAR(s.state.cells.at(CellArray::recaptured, 0)[0], share * 0.3, 1e-4 * share * 0.3);
  EXPECT_GE(s.state.cells.at(CellArray::bound, 0)[0], s.state.cells.at(CellArray::recaptured, 0)[0]);
}

TEST(Splitting, AStepLongAgainstUnbindingStillFindsTheBalance) {
  // k_off dt = 6: bound vesicles turn over several times in a step. Binding and unbinding must balance as in short
  // steps.
  const auto bound_and_free = [](double step) {
    Parameters p = test::parameters_of({1, 1, 1}, 20.0, 1.0);
    CellType r;
    r.name = "recipient";
    Uptake u = test::no_uptake();
    u.k_on = 1e-4;
    u.k_off = 1e-2;
    r.recipient["exosome"] = u;
    p.cell_types = {r};
    p.vesicles[0].initial_concentration = 1e-3;
    test::Scene s = test::make_scene(p, {{0, {10.0, 10.0, 10.0}, 0}}, nullptr, MPI_COMM_SELF);
    Timings t;
    simulate(s, to_ticks(12000.0), to_ticks(step), {}, t);
    return std::array{s.state.cells.at(CellArray::bound, 0)[0], test::total(s.state.fields[0], *s.domain)};
  };
  const auto fine = bound_and_free(2.0), coarse = bound_and_free(600.0);
  EXPECT_NEAR(fine[0] / fine[1], 1e-4 * (5000.0 - fine[0]) / (0.2 * 8000.0) / 1e-2, 1e-3);  // detailed balance
  EXPECT_NEAR(coarse[0] / fine[0], 1.0, 0.1);
}

TEST(Sinks, VesiclesReachAsFarAsTheFormulaSays) {
  // A wall of recipients in every voxel of a row and a steady source at one end: C ~ exp(-x/L), L = sqrt(D alpha/(CL
  // n)).
  const double h = 5.0, d = 1.0, alpha = 0.2;
  const std::int64_t n = 48;
  Parameters p = test::parameters_of({n, 1, 1}, h, d);
  Uptake u = test::no_uptake();
  u.k_on = 8e-6;
  CellType wall;
  wall.name = "wall";
  wall.radius = 1e3;  // no sub-voxel correction: the continuum formula has none
  wall.receptors = 5000.0;
  wall.recipient["exosome"] = u;
  p.cell_types = {wall};
  p.vesicles[0].boundary[0][0] = {BoundaryKind::fixed, 1e-6};  // dilute: receptors stay free
  p.transport.tolerance = 1e-9;
  std::vector<PlacedCell> cells;
  for (std::int64_t i = 0; i < n; ++i) cells.push_back({i, {(static_cast<double>(i) + 0.5) * h, 2.5, 2.5}, 0});
  test::Scene s = test::make_scene(p, cells);
  Timings t;
  simulate(s, to_ticks(4000.0), to_ticks(10.0), {}, t);
  const auto values = test::gather(s.state.fields[0], *s.domain);
  const double clearance = u.k_on * wall.receptors, density = 1.0 / (h * h * h);
  const double range = std::sqrt(d * alpha / (clearance * density));
  const double observed = 10.0 * h / std::log(values[2] / values[12]);
  EXPECT_NEAR(range, 25.0, 1e-9);
  test::verify({.name = "wall of recipients without unbinding: range of the profile, voxels of 5 um",
                .exact = "sqrt(D alpha/(CL n)) = 25 um",
                .norm = "relative",
                .levels = {{0.0, std::abs(observed / range - 1.0)}},
                .largest_error = 0.01});
}

TEST(OneCell, TakesUpWhatTheSphereWouldForVoxelsAboveThreeRadii) {
  // A reactive sphere far from walls: K = 1/(1/k_a + 1/(4 pi alpha D R)). Smaller voxels than 3.2 radii resist more
  // than the sphere; resolved_share() states by how much, and that is checked too.
  const double alpha = 0.2, d = 1.0, radius = 7.5, k_a = 8.3, outside = 1e-6;
  for (const double h : {5.0, 10.0, 20.0, 24.0, 30.0, 45.0, 60.0}) {
    const std::int64_t n = 21;
    Parameters p = test::parameters_of({n, n, n}, h, d);
    Uptake u = test::no_uptake();
    u.k_on = k_a / 5000.0;
    CellType cell;
    cell.name = "cell";
    cell.radius = radius;
    cell.recipient["exosome"] = u;
    p.cell_types = {cell};
    p.vesicles[0].initial_concentration = outside;
    test::set_boundaries(p, BoundaryKind::fixed, outside);
    p.transport.tolerance = 1e-7;
    const double middle = 0.5 * static_cast<double>(n) * h;
    test::Scene s = test::make_scene(p, {{0, {middle, middle, middle}, 0}});
    Timings t;
    const double dt = 0.5 * h * h / d;
    const auto run_until = [&](double seconds) { simulate(s, to_ticks(seconds), to_ticks(dt), {}, t); };
    const auto bound = [&] {
      double b = s.state.cells.size() == 1 ? s.state.cells.at(CellArray::bound, 0)[0] : 0.0;
      MPI_Allreduce(MPI_IN_PLACE, &b, 1, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
      return b;
    };
    run_until(100.0 * dt);
    const double before = bound(), start = to_seconds(s.state.time);
    run_until(110.0 * dt);
    const double uptake = (bound() - before) / (to_seconds(s.state.time) - start) / outside;
    // The walls at 10 h stand for infinity; a sphere in a box of that size takes up a little more.
    const double sphere = 1.0 / (1.0 / k_a + 1.0 / (4.0 * std::numbers::pi * alpha * d * radius));
    const double share = resolved_share(s.domain->grid(), alpha * d, radius, k_a);
    if (h >= 24.0) {
      EXPECT_DOUBLE_EQ(share, 1.0);
    }
    EXPECT_NEAR(uptake / (share * sphere), 1.0, 0.05) << "h " << h;
  }
}

}  // namespace vesicast::coupling_test
