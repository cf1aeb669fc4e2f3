#include "decomposition/base/layout.hpp"

#include <gtest/gtest.h>

#include <set>

#include "decomposition/base/error.hpp"

namespace vesicast::layout_test {
namespace {

Grid grid(std::int64_t nx, std::int64_t ny, std::int64_t nz) {
  Grid g;
  g.voxels = {nx, ny, nz};
  return g;
}

void expect_partition(const Grid& g, const Layout& l) {
  std::int64_t sum = 0;
  for (int r = 0; r < l.size(); ++r) {
    const Box b = l.owned_by(r);
    EXPECT_FALSE(b.empty());
    sum += b.volume();
    EXPECT_EQ(l.owner(b.lower), r);
    EXPECT_EQ(l.owner({b.upper[0] - 1, b.upper[1] - 1, b.upper[2] - 1}), r);
  }
  EXPECT_EQ(sum, g.size());
}

}  // namespace

TEST(Layout, CutsWhereTheHaloIsSmallest) {
  EXPECT_EQ(uniform_layout(grid(60, 60, 20), 4).ranks, (std::array<int, 3>{2, 2, 1}));
  EXPECT_EQ(uniform_layout(grid(100, 10, 10), 4).ranks, (std::array<int, 3>{4, 1, 1}));
  EXPECT_EQ(uniform_layout(grid(40, 40, 40), 8).ranks, (std::array<int, 3>{2, 2, 2}));
}

TEST(Layout, EveryVoxelHasOneOwnerForAnyCountThatFits) {
  for (const int ranks : {1, 2, 3, 4, 5, 6, 7, 8, 12}) {
    const Grid g = grid(13, 11, 7);
    expect_partition(g, uniform_layout(g, ranks));
  }
}

TEST(Layout, ExplicitCutsMayBeUneven) {
  const Grid g = grid(10, 6, 4);
  const Layout l = explicit_layout(g, {{{7, 1, 2}, {5, 1}, {4}}});
  EXPECT_EQ(l.size(), 6);
  expect_partition(g, l);
  EXPECT_EQ(l.owned_by(1), (Box{{7, 0, 0}, {8, 5, 4}}));
}

TEST(Layout, AnImpossibleCountNamesTheLargestThatWorks) {
  try {
    static_cast<void>(uniform_layout(grid(5, 5, 5), 7));
    FAIL() << "7 ranks were placed on 5 x 5 x 5 voxels";
  } catch (const InputError& e) {
    EXPECT_NE(std::string(e.what()).find("the largest count that works is 6"), std::string::npos) << e.what();
  }
}

TEST(Layout, ExplicitCutsMustAddUp) {
  EXPECT_THROW(static_cast<void>(explicit_layout(grid(10, 1, 1), {{{7, 1}, {1}, {1}}})), InputError);
  EXPECT_THROW(static_cast<void>(explicit_layout(grid(10, 1, 1), {{{10, 0}, {1}, {1}}})), InputError);
}

}  // namespace vesicast::layout_test
