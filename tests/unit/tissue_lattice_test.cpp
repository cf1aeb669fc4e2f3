// The jittered lattice, the index of taken spots, and quotas.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "decomposition/base/error.hpp"
#include "src/base/random.hpp"
#include "src/tissue/lattice.hpp"
#include "src/tissue/quotas.hpp"
#include "src/tissue/spots.hpp"

namespace vesicast::tissue_lattice_test {
namespace {

const Grid block{{20, 20, 20}, {10.0, 10.0, 10.0}, 3};
const Grid section{{60, 60, 1}, {10.0, 10.0, 10.0}, 2};

double distance(const Vector3& a, const Vector3& b) {
  return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

std::vector<Vector3> sites(const Grid& grid, double density, std::uint64_t seed, std::uint64_t group) {
  const Extent all{{0, 0, 0}, {grid.length(0), grid.length(1), grid.length(2)}};
  std::vector<Vector3> found;
  for_each_site(make_lattice(density, all, grid, seed, group), all, [&](std::uint64_t, const Vector3& p) {
    if (grid.contains(p)) found.push_back(p);
  });
  return found;
}

double smallest_distance(const std::vector<Vector3>& points) {
  double smallest = std::numeric_limits<double>::infinity();
  for (std::size_t a = 0; a < points.size(); ++a)
    for (std::size_t b = 0; b < a; ++b) smallest = std::min(smallest, distance(points[a], points[b]));
  return smallest;
}

TEST(TissueLattice, NeighbourDistanceOfKnownPackings) {
  // Touching spheres fill pi/sqrt(18) of space, touching discs pi/sqrt(12) of the plane.
  EXPECT_NEAR(neighbour_distance(std::sqrt(2.0) / 1000.0, block), 10.0, 1e-12);
  EXPECT_NEAR(neighbour_distance(2.0 / std::sqrt(3.0) / 100.0 / 10.0, section), 10.0, 1e-12);
  EXPECT_NEAR(minimum_separation(3e-4, block), 11.7, 0.1);
  EXPECT_NEAR(minimum_separation(1e-3, block), 7.9, 0.1);
  EXPECT_NEAR(minimum_separation(density_of_separation(3.0, block), block), 3.0, 1e-12);
  EXPECT_NEAR(minimum_separation(density_of_separation(3.0, section), section), 3.0, 1e-12);
}

TEST(TissueLattice, NoTwoSitesComeCloserThanTheMinimumSeparation) {
  for (const std::uint64_t seed : {1U, 2U, 3U})
    for (const double density : {3e-5, 3e-4, 1e-3}) {
      EXPECT_GE(smallest_distance(sites(block, density, seed, 0)), minimum_separation(density, block) * (1 - 1e-9));
      EXPECT_GE(smallest_distance(sites(section, density, seed, 0)), minimum_separation(density, section) * (1 - 1e-9));
    }
}

TEST(TissueLattice, JitterIsBoundedAndFillsItsBall) {
  const Lattice lattice = make_lattice(3e-4, {{0, 0, 0}, {200, 200, 200}}, block, 1, 0);
  double longest = 0.0;
  Vector3 mean{};
  for (std::uint64_t id = 0; id < 20000; ++id) {
    const Vector3 v = jitter(lattice, id);
    longest = std::max(longest, distance(v, {}));
    for (std::size_t a = 0; a < 3; ++a) mean[a] += v[a] / 20000.0;
  }
  const double radius = jitter_share * lattice.neighbour_distance;
  EXPECT_LE(longest, radius);
  EXPECT_GT(longest, 0.98 * radius);
  for (std::size_t a = 0; a < 3; ++a) EXPECT_NEAR(mean[a], 0.0, 0.02 * radius);
}

TEST(TissueLattice, IdsAscendAndAreDistinct) {
  const Extent all{{0, 0, 0}, {200, 200, 200}};
  std::vector<std::uint64_t> ids;
  for_each_site(make_lattice(3e-4, all, block, 1, 0), all,
                [&](std::uint64_t id, const Vector3&) { ids.push_back(id); });
  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
  EXPECT_EQ(std::adjacent_find(ids.begin(), ids.end()), ids.end());
}

TEST(TissueLattice, NoSiteNearTheRimIsMissed) {
  // A site's place does not depend on the extent that is asked for, and none within it is passed over.
  const Extent all{{0, 0, 0}, {200, 200, 200}};
  const Extent part{{60, 70, 80}, {140, 100, 130}};
  const Lattice lattice = make_lattice(1e-3, all, block, 5, 2);
  const auto within = [&](const Vector3& p) {
    for (std::size_t a = 0; a < 3; ++a)
      if (p[a] < part.lower[a] || p[a] > part.upper[a]) return false;
    return true;
  };
  std::vector<std::pair<std::uint64_t, Vector3>> expected, found;
  const auto into = [&](auto& list) {
    return [&](std::uint64_t id, const Vector3& p) {
      if (within(p)) list.emplace_back(id, p);
    };
  };
  for_each_site(lattice, all, into(expected));
  for_each_site(lattice, part, into(found));
  EXPECT_GT(found.size(), 100U);
  EXPECT_EQ(found, expected);
}

TEST(TissueLattice, SeedsAndGroupsDiffer) {
  const auto first = sites(block, 3e-4, 1, 0);
  EXPECT_EQ(first, sites(block, 3e-4, 1, 0));
  EXPECT_NE(first, sites(block, 3e-4, 2, 0));
  EXPECT_NE(first, sites(block, 3e-4, 1, 1));
}

TEST(TissueSpots, AgreesWithComparingAllPairs) {
  Draws draws({.seed = 3, .purpose = Purpose::placement_jitter});
  const auto point = [&] { return Vector3{30 * draws.uniform(), 30 * draws.uniform(), 30 * draws.uniform() - 15}; };
  Spots spots(1.5);
  std::vector<Vector3> points;
  int taken = 0;
  for (int n = 0; n < 3000; ++n) {
    const Vector3 p = point();
    const bool expected =
        std::any_of(points.begin(), points.end(), [&](const Vector3& q) { return distance(p, q) < 1.5; });
    ASSERT_EQ(spots.taken(p), expected);
    taken += expected ? 1 : 0;
    if (n % 2 == 0) {
      spots.insert(p);
      points.push_back(p);
    }
  }
  EXPECT_EQ(spots.size(), points.size());
  EXPECT_GT(taken, 100);
}

TEST(TissueQuotas, LargestRemainder) {
  using Numbers = std::vector<std::int64_t>;
  EXPECT_EQ(quotas(std::vector{0.7, 0.3}, 100), (Numbers{70, 30}));
  EXPECT_EQ(quotas(std::vector{0.29, 0.71}, 100), (Numbers{29, 71}));
  EXPECT_EQ(quotas(std::vector{1.0, 1.0, 1.0}, 100), (Numbers{34, 33, 33}));
  EXPECT_EQ(quotas(std::vector{0.5, 0.0, 0.5}, 3), (Numbers{2, 0, 1}));
  EXPECT_EQ(quotas(std::vector{0.6, 0.4}, 0), (Numbers{0, 0}));
  EXPECT_EQ(quotas(std::vector{0.47, 0.16, 0.37}, 10), (Numbers{5, 1, 4}));
  for (std::int64_t total = 1; total < 200; ++total) {
    const Numbers n = quotas(std::vector{0.123, 0.456, 0.421}, total);
    EXPECT_EQ(std::accumulate(n.begin(), n.end(), std::int64_t{0}), total);
    for (const std::size_t t : {0U, 1U, 2U})
      EXPECT_LT(std::abs(static_cast<double>(n[t]) - std::vector{0.123, 0.456, 0.421}[t] * static_cast<double>(total)),
                1.0);
  }
  EXPECT_THROW((void)quotas(std::vector{-0.1, 1.1}, 10), InputError);
  EXPECT_THROW((void)quotas(std::vector{0.0, 0.0}, 10), InputError);
}

}  // namespace
}  // namespace vesicast::tissue_lattice_test
