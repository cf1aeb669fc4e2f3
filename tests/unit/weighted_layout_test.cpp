#include "decomposition/base/weighted_layout.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "decomposition/base/error.hpp"

namespace vesicast::weighted_layout_test {
namespace {

Grid grid(std::int64_t nx, std::int64_t ny, std::int64_t nz) {
  Grid g;
  g.voxels = {nx, ny, nz};
  return g;
}

/// One load per voxel of a ball.
std::vector<Load> ball(const Grid& g, const Vector3& centre, double radius, double cost) {
  std::vector<Load> loads;
  for (std::int64_t k = 0; k < g.voxels[2]; ++k)
    for (std::int64_t j = 0; j < g.voxels[1]; ++j)
      for (std::int64_t i = 0; i < g.voxels[0]; ++i) {
        const double x = static_cast<double>(i) + 0.5 - centre[0], y = static_cast<double>(j) + 0.5 - centre[1],
                     z = static_cast<double>(k) + 0.5 - centre[2];
        if (x * x + y * y + z * z <= radius * radius) loads.push_back({{i, j, k}, cost});
      }
  return loads;
}

double largest(const std::vector<double>& work) {
  return *std::ranges::max_element(work);
}

void expect_partition(const Grid& g, const Layout& l, int ranks) {
  EXPECT_EQ(l.size(), ranks);
  EXPECT_EQ(l.voxels(), g.voxels);
  for (std::size_t a = 0; a < 3; ++a)
    for (const std::int64_t width : l.ownership[a]) EXPECT_GE(width, 1);
}

}  // namespace

TEST(WeightedLayout, WorkIsVoxelsRimsAndLoads) {
  // Two ranks along x, 8 x 4 x 4 voxels: the left one 3 wide, the right one 5. A rim of 2 in 3 sweeps: two exchanges,
  // of which the sweeps reach 1 and 0 voxels beyond the box. Rows count as half a voxel longer.
  const Grid g = grid(8, 4, 4);
  const Layout l = explicit_layout(g, {{{3, 5}, {4}, {4}}});
  BoxCost cost{.voxel = 2.0, .row = 0.5, .sweeps = 3.0, .message = 7.0, .rim_voxel = 0.25};
  cost.rim_depth = [](std::int64_t thinnest) { return static_cast<int>(thinnest) - 1; };
  const std::vector<Load> loads{{{0, 0, 0}, 10.0}, {{7, 3, 3}, 100.0}, {{3, 0, 0}, 1000.0}};
  const std::vector<double> work = work_of_ranks(g, l, loads, cost);
  const double left = 2.0 * 16.0 * 0.5 * ((3.0 + 0.5) + (4.0 + 0.5)) + 2.0 * (7.0 + 0.25 * 2.0 * 16.0) + 10.0;
  const double right = 2.0 * 16.0 * 0.5 * ((5.0 + 0.5) + (6.0 + 0.5)) + 2.0 * (7.0 + 0.25 * 2.0 * 16.0) + 1100.0;
  EXPECT_DOUBLE_EQ(work[0], left);
  EXPECT_DOUBLE_EQ(work[1], right);
  EXPECT_DOUBLE_EQ(imbalance(work), 2.0 * right / (left + right));
  EXPECT_EQ(traffic_of_rank(g, l, 0, cost).messages, 2);
  EXPECT_EQ(traffic_of_rank(g, l, 0, cost).voxels, 2 * 2 * 16);
}

TEST(WeightedLayout, RimsGoRoundPeriodicAxesAndOverEdgesWhereTheyAreDeep) {
  const Grid g = grid(12, 12, 1);
  const Layout l = explicit_layout(g, {{{6, 6}, {6, 6}, {1}}});
  BoxCost cost{.sweeps = 4.0};
  cost.periodic = {true, false, false};
  cost.rim_depth = [](std::int64_t) { return 2; };
  // x: both sides, y: one, z: none. Two exchanges of a rim of 2.
  EXPECT_EQ(traffic_of_rank(g, l, 0, cost).messages, 2 * (3 * 2 - 1));
  EXPECT_EQ(traffic_of_rank(g, l, 0, cost).voxels, 2 * (10 * 8 - 36));
  cost.rim_depth = [](std::int64_t) { return 1; };
  EXPECT_EQ(traffic_of_rank(g, l, 0, cost).messages, 4 * 3);
  EXPECT_EQ(traffic_of_rank(g, l, 0, cost).voxels, 4 * 3 * 6);
}

TEST(WeightedLayout, FindsTheBestPlanesOfALine) {
  // Against every placing of three planes.
  const Grid g = grid(24, 1, 1);
  const BoxCost cost{.voxel = 1.0};
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U}) {
    std::vector<Load> loads;
    std::uint64_t x = seed;
    for (std::int64_t i = 0; i < 24; ++i) {
      x = x * 6364136223846793005ULL + 1442695040888963407ULL;
      loads.push_back({{i, 0, 0}, static_cast<double>(x >> 60U)});
    }
    double best = std::numeric_limits<double>::max();
    for (std::int64_t a = 1; a < 24; ++a)
      for (std::int64_t b = a + 1; b < 24; ++b)
        for (std::int64_t c = b + 1; c < 24; ++c)
          best = std::min(best, largest(work_of_ranks(g, explicit_layout(g, {{{a, b - a, c - b, 24 - c}, {1}, {1}}}),
                                                      loads, cost)));
    const Layout l = weighted_layout(g, 4, loads, cost);
    expect_partition(g, l, 4);
    EXPECT_LE(largest(work_of_ranks(g, l, loads, cost)), 1.001 * best) << "seed " << seed;
  }
}

TEST(WeightedLayout, BalancesASpheroidBesideTheMiddle) {
  // As heavy as makes the fullest of the uniform cut's eight twice the mean.
  const Grid g = grid(64, 64, 64);
  const std::vector<Load> loads = ball(g, {20.0, 20.0, 20.0}, 11.0, 7.85);
  const BoxCost cost{.voxel = 1.0};
  const double before = imbalance(work_of_ranks(g, uniform_layout(g, 8), loads, cost));
  EXPECT_NEAR(before, 2.0, 0.05);
  const Layout l = weighted_layout(g, 8, loads, cost);
  expect_partition(g, l, 8);
  EXPECT_LE(imbalance(work_of_ranks(g, l, loads, cost)), 1.15);
}

TEST(WeightedLayout, IsNeverWorseThanTheUniformCut) {
  const BoxCost cost{.voxel = 1.0, .row = 40.0, .sweeps = 9.0, .message = 50.0, .rim_voxel = 0.1};
  for (const Grid& g : {grid(40, 30, 20), grid(31, 29, 1), grid(5, 5, 5)})
    for (const int ranks : {1, 2, 3, 5, 7, 8, 16}) {
      const std::vector<Load> loads = ball(g, {4.0, 4.0, 0.5}, 3.0, 30.0);
      const bool possible = ranks < 16 || g.voxels[0] > 5;
      if (!possible || (g.voxels[0] == 5 && ranks > 5)) continue;
      const Layout l = weighted_layout(g, ranks, loads, cost);
      expect_partition(g, l, ranks);
      EXPECT_LE(largest(work_of_ranks(g, l, loads, cost)),
                (1.0 + 1e-12) * largest(work_of_ranks(g, uniform_layout(g, ranks), loads, cost)));
    }
  EXPECT_THROW(static_cast<void>(weighted_layout(grid(5, 5, 5), 7, {}, cost)), InputError);
}

TEST(WeightedLayout, WithoutLoadsItCutsWhereRowsStayLong) {
  const Grid g = grid(64, 64, 64);
  EXPECT_EQ(weighted_layout(g, 4, {}, {.voxel = 1.0, .row = 50.0, .sweeps = 7.0}).ranks[0], 1);
  // The uniform cut is as good as any where nothing speaks against it.
  EXPECT_EQ(weighted_layout(g, 8, {}, {.voxel = 1.0}).ownership, uniform_layout(g, 8).ownership);
}

TEST(WeightedLayout, SlabsAreNotThinnerThanAsked) {
  const Grid g = grid(1, 1, 24);
  std::vector<Load> loads;
  for (std::int64_t k = 0; k < 3; ++k) loads.push_back({{0, 0, k}, 1000.0});
  const Layout thick = weighted_layout(g, 6, loads, {.voxel = 1.0, .thinnest = 3});
  for (const std::int64_t width : thick.ownership[2]) EXPECT_GE(width, 3);
  EXPECT_EQ(weighted_layout(g, 6, loads, {.voxel = 1.0, .thinnest = 1}).ownership[2].front(), 1);
}

TEST(WeightedLayout, LargeGridsAreCutAtBlocks) {
  const Grid g = grid(400, 400, 400);
  const std::vector<Load> loads{{{100, 100, 100}, 3e7}, {{300, 300, 300}, 1e7}};
  const BoxCost cost{.voxel = 1.0};
  for (const int ranks : {8, 64, 512}) {
    const Layout l = weighted_layout(g, ranks, loads, cost);
    expect_partition(g, l, ranks);
    EXPECT_LE(largest(work_of_ranks(g, l, loads, cost)),
              largest(work_of_ranks(g, uniform_layout(g, ranks), loads, cost)));
  }
}

}  // namespace vesicast::weighted_layout_test
