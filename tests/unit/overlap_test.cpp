#include "decomposition/base/overlap.hpp"

#include <gtest/gtest.h>

namespace vesicast::overlap_test {
namespace {

Layout cut(std::vector<std::int64_t> x, std::vector<std::int64_t> y, std::vector<std::int64_t> z) {
  Layout l;
  l.ownership = {std::move(x), std::move(y), std::move(z)};
  for (std::size_t a = 0; a < 3; ++a) l.ranks[a] = static_cast<int>(l.ownership[a].size());
  return l;
}

}  // namespace

TEST(Overlap, FindsThePartsThatABoxTouches) {
  const Layout l = cut({4, 1, 5}, {3, 3}, {2});
  EXPECT_EQ(overlaps(l, {{0, 0, 0}, {4, 3, 2}}), (std::vector<Overlap>{{0, {{0, 0, 0}, {4, 3, 2}}}}));
  const std::vector<Overlap> found = overlaps(l, {{3, 2, 1}, {6, 4, 2}});
  ASSERT_EQ(found.size(), 6u);
  EXPECT_EQ(found[1], (Overlap{1, {{4, 2, 1}, {5, 3, 2}}}));
  EXPECT_EQ(found[5], (Overlap{5, {{5, 3, 1}, {6, 4, 2}}}));
  EXPECT_TRUE(overlaps(l, {{4, 3, 2}, {4, 3, 2}}).empty());
}

TEST(Overlap, PartsShareTheWholeBoxOnce) {
  const Layout l = cut({2, 1, 1, 7}, {1, 4}, {3, 2, 1});
  for (const Box& box : {Box{{0, 0, 0}, l.voxels()}, Box{{1, 1, 1}, {9, 2, 6}}, Box{{3, 4, 5}, {4, 5, 6}}}) {
    std::int64_t volume = 0;
    int last = -1;
    for (const Overlap& o : overlaps(l, box)) {
      EXPECT_GT(o.part, last) << "by their number";
      last = o.part;
      EXPECT_EQ(o.box, box.intersect(l.owned_by(o.part)));
      volume += o.box.volume();
    }
    EXPECT_EQ(volume, box.volume());
  }
}

TEST(Overlap, EveryFaceIsPassedOnOnce) {
  const Layout l = cut({2, 1, 1, 7}, {1, 4}, {6});
  for (std::size_t axis = 0; axis < 3; ++axis) {
    Box faces{{0, 0, 0}, l.voxels()};
    ++faces.upper[axis];
    std::vector<int> times(static_cast<std::size_t>(faces.volume()));
    for (int part = 0; part < l.size(); ++part) {
      const Box passed_on = values_passed_on(l, part, on_faces(axis)), all = values_of_part(l, part, on_faces(axis));
      EXPECT_EQ(all.intersect(passed_on), passed_on);
      for (std::int64_t i = 0; i < passed_on.volume(); ++i)
        ++times[static_cast<std::size_t>(faces.offset(passed_on.voxel(i)))];
    }
    for (const int n : times) EXPECT_EQ(n, 1);
  }
}

}  // namespace vesicast::overlap_test
