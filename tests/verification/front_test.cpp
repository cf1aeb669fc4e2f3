// A sharp front that flows into an empty tissue, without diffusion and with it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numbers>

#include "src/step/advance.hpp"
#include "tests/support/carried.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::front_test {
namespace {

constexpr double length = 240.0, speed = 0.5, alpha = 0.2;

struct Front {
  test::Level error;                         ///< relative L1 at the last time
  double least = 0.0, most = 0.0;            ///< concentration over all steps
  std::map<double, std::vector<double>> at;  ///< C by voxel at each of the times [s]
};

/// Concentration 1 enters a column at x = 0 and is carried along, with a Courant number of 0.5.
Front carry(std::int64_t n) {
  const double h = length / static_cast<double>(n);
  const Grid grid = test::grid_of({n, 1, 1}, h);
  test::Carried c(
      grid, {}, test::uniform(grid, {alpha * speed, 0.0, 0.0}), [](const Index3&) { return 0.0; },
      [](const Index3&) { return alpha; });
  c.outside[0] = {1.0, 0.0};
  const double volume = alpha * grid.voxel_volume(), step = 0.5 * h / speed;
  Front front;
  for (int i = 1; i <= std::lround(360.0 / step); ++i) {
    c.carry(step);
    front.least = std::min(front.least, c.extreme(MPI_MIN) / volume);
    front.most = std::max(front.most, c.extreme(MPI_MAX) / volume);
    const double now = step * i;
    for (const double t : {120.0, 240.0, 360.0}) {
      if (std::abs(now - t) > 0.25 * step) continue;
      Field field(c.domain);
      std::ranges::copy(c.n, WriteScope(field).values().begin());
      front.at[t] = test::gather(field, c.domain);
      for (double& x : front.at[t]) x /= volume;
    }
  }
  front.error = {h, c.error([&](const Index3& v) {
                   return volume * std::clamp(speed * 360.0 / h - static_cast<double>(v[0]), 0.0, 1.0);
                 })[0]};
  EXPECT_NEAR(c.sum(c.entered), c.total() + c.sum(c.left), 1e-13 * c.sum(c.entered));
  return front;
}

/// The same with diffusion, in whole steps, against Ogata & Banks 1961 (USGS Professional Paper 411-A): relative L2
/// error at 160 s.
test::Level spread(std::int64_t n, double step) {
  const double h = length / static_cast<double>(n), d = 2.0, seconds = 160.0;
  Parameters p = test::parameters_of({n, 1, 1}, h, d);
  p.run.track_sources = false;
  p.domain.extracellular_fraction = alpha;
  p.transport.tolerance = 1e-9;
  p.vesicles[0].boundary[0] = {{{BoundaryKind::fixed, 1.0}, {BoundaryKind::open, 0.0}}};
  p.flow.kind = FlowKind::uniform;
  p.flow.velocity = {alpha * speed, 0.0, 0.0};
  test::Scene s = test::make_scene(p);
  Timings t;
  for (int i = 0; i < static_cast<int>(std::lround(seconds / step)); ++i) advance(s, to_ticks(step), t);
  auto values = test::gather(s.state.fields[0], *s.domain);
  const auto exact = [&](double x) {
    const double reach = 2.0 * std::sqrt(d * seconds);
    return 0.5 * (std::erfc((x - speed * seconds) / reach) +
                  std::exp(speed * x / d) * std::erfc((x + speed * seconds) / reach));
  };
  std::vector<double> wanted;
  for (std::int64_t i = 0; i < n; ++i) {
    values[static_cast<std::size_t>(i)] /= alpha * h * h * h;
    wanted.push_back(exact((static_cast<double>(i) + 0.5) * h));
  }
  return {h, test::relative_l2(values, wanted)};
}

}  // namespace

TEST(Front, StaysSharpAndNeverNegative) {
  // The error of a discontinuity falls as h^(p/(p+1)) in L1 for a scheme of order p: 2/3.
  const Front coarse = carry(60), middle = carry(120), fine = carry(240);
  test::verify({.name = "sharp front carried 180 um without diffusion",
                .exact = "step",
                .norm = "relative L1",
                .levels = {coarse.error, middle.error, fine.error},
                .largest_error = 1.2e-2,
                .least_order = 0.6});
  for (const Front* f : {&coarse, &middle, &fine}) EXPECT_EQ(f->least, 0.0);
  test::verify({.name = "the same: largest value above that of the front, over all steps",
                .exact = "0",
                .norm = "share of the front",
                .levels = {{0.0, fine.most - 1.0}},
                .largest_error = 0.2});
  std::vector<std::vector<double>> rows;
  for (std::size_t i = 0; i < coarse.at.at(120.0).size(); ++i) {
    rows.push_back({(static_cast<double>(i) + 0.5) * length / 60.0});
    for (const auto& [t, c] : coarse.at) rows.back().push_back(c[i]);
  }
  test::write_curves("front", {"x [um]", "120", "240", "360"}, rows);
}

TEST(Front, WithDiffusionIsThatOfOgataAndBanks) {
  test::verify({.name = "front with D 2 um^2/s flowing in at 0.5 um/s, 160 s; steps as h^2",
                .exact = "Ogata & Banks 1961",
                .levels = {spread(120, 2.0), spread(240, 0.5), spread(480, 0.125)},
                .largest_error = 1e-3,
                .least_order = 1.9});
}

}  // namespace vesicast::front_test
