// Vesicles that enter a tissue full of recipients: how far they come.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "src/ledger/ledger.hpp"
#include "src/step/advance.hpp"
#include "tests/support/scenes.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::sink_profile_test {
namespace {

constexpr double d = 1.0, alpha = 0.2, length = 200.0, density = 1e-3;  // cells per um^3
constexpr double range = 25.0;                                          ///< sqrt(D alpha/(CL n)) [um]

/// Uptake that unbinding returns two thirds of: CL = k_a k_int/(k_int + k_off), k_int by endocytosis and fusion.
Uptake uptake() {
  Uptake u = test::no_uptake();
  u.k_off = 1e-2;
  u.k_endocytosis = 4e-3;
  u.k_fusion = 1e-3;
  return u;
}

struct Profile {
  double h = 0.0;
  std::vector<double> computed, exact;
};

/// C at x = 0 held far below saturation, no flux at the far end: C/C0 = cosh((l - x)/L)/cosh(l/L) in the steady state.
Profile profile(std::int64_t n, double step) {
  const double h = length / static_cast<double>(n), outside = 1e-7, receptors = 1000.0;
  Parameters p = test::parameters_of({n, 1, 1}, h, d);
  p.domain.extracellular_fraction = alpha;
  p.run.track_sources = false;
  p.transport.tolerance = 1e-9;
  p.vesicles[0].boundary[0][0] = {BoundaryKind::fixed, outside};
  Uptake u = uptake();
  // One cell per voxel stands for as many as the density says: k_a per voxel = k_a n h^3.
  const double internalised = u.k_endocytosis + u.k_fusion, returned = u.k_off / (internalised + u.k_off);
  const double clearance = d * alpha / (range * range * density);  // CL [um^3/s]
  u.k_on = clearance / (1.0 - returned) / receptors * density * h * h * h;
  CellType cell;
  cell.name = "recipient";
  cell.radius = 1e3;  // no sub-voxel correction: the continuum formula has none
  cell.receptors = receptors;
  cell.recipient["exosome"] = u;
  p.cell_types = {cell};
  std::vector<PlacedCell> cells;
  for (std::int64_t i = 0; i < n; ++i) cells.push_back({i, {(static_cast<double>(i) + 0.5) * h, 0.5 * h, 0.5 * h}, 0});
  test::Scene s = test::make_scene(p, cells);
  Timings t;
  for (int i = 0; i < static_cast<int>(std::lround(6000.0 / step)); ++i) advance(s, to_ticks(step), t);
  EXPECT_LE(measure_ledger(s.state, s.model, MPI_COMM_WORLD).worst_residual(), 1e-12);
  Profile result{h, test::gather(s.state.fields[0], *s.domain), {}};
  for (std::int64_t i = 0; i < n; ++i) {
    const double x = (static_cast<double>(i) + 0.5) * h;
    result.computed[static_cast<std::size_t>(i)] /= outside * alpha * h * h * h;
    result.exact.push_back(std::cosh((length - x) / range) / std::cosh(length / range));
  }
  return result;
}

}  // namespace

TEST(SinkProfile, FallsAsTheClearanceOfTheCellsSays) {
  const Profile coarse = profile(40, 20.0), middle = profile(80, 10.0), fine = profile(160, 5.0);
  const auto level = [](const Profile& p) { return test::Level{p.h, test::relative_l2(p.computed, p.exact)}; };
  test::verify({.name = "vesicles entering a tissue of recipients that unbind, CL = k_a k_int/(k_int + k_off), steady",
                .exact = "cosh profile, L = sqrt(D alpha/(CL n)) = 25 um",
                .levels = {level(coarse), level(middle), level(fine)},
                .largest_error = 1e-3,
                .least_order = 1.9});
  // From 20 um to 100 um.
  const double fitted = 80.0 / std::log(middle.computed[8] / middle.computed[40]);
  const double expected = 80.0 / std::log(middle.exact[8] / middle.exact[40]);
  test::verify({.name = "the same: range L fitted between 20 and 100 um, voxels of 2.5 um",
                .exact = "25 um",
                .norm = "relative",
                .levels = {{0.0, std::abs(fitted / expected - 1.0)}},
                .largest_error = 5e-3});
  std::vector<std::vector<double>> rows;
  for (std::size_t i = 0; i < coarse.computed.size(); ++i)
    rows.push_back({(static_cast<double>(i) + 0.5) * coarse.h, coarse.computed[i], coarse.exact[i]});
  test::write_curves("sink", {"x [um]", "computed", "exact"}, rows);
}

}  // namespace vesicast::sink_profile_test
