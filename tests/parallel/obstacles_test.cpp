// Which voxels are obstacles, and what is placed round them.
#include <gtest/gtest.h>

#include "src/interstitium/obstacle_test.hpp"
#include "src/parameters/parameters.hpp"
#include "src/tissue/placement.hpp"

namespace vesicast::obstacles_test {
namespace {

const Grid section{{20, 20, 1}, {10.0, 10.0, 12.0}, 2};

}  // namespace

TEST(Obstacles, AreThoseOfTheRegionsAndShapesKeepOut) {
  Parameters p;
  p.cell_types.resize(1);
  p.cell_types[0].name = "tumour";
  EXPECT_FALSE(obstacle_test(p, section, {}));
  Region& ball = p.regions.emplace_back();
  ball.obstacle = true;
  ball.shape = Shape::spheroid;
  ball.centre = {50.0, 30.0, 6.0};
  ball.radius = 25.0;
  Region& map = p.regions.emplace_back();
  map.obstacle = true;
  map.map = MapFile{"labels", "bone"};
  map.label = 3.0;
  const auto test = obstacle_test(p, section, [](const MapFile&, const Domain& domain, int) {
    std::vector<double> labels(static_cast<std::size_t>(domain.owned_voxels()), 0.0);
    labels[static_cast<std::size_t>(domain.grid().global_index({19, 19, 0}))] = 3.0;
    return labels;
  });
  EXPECT_TRUE(test({5, 3, 0}));
  EXPECT_FALSE(test({0, 0, 0}));
  EXPECT_TRUE(test({19, 19, 0}));
  EXPECT_FALSE(test({18, 19, 0}));
  // Shapes leave the same voxels out, where they are to.
  CellGroup group;
  group.types["tumour"] = 1.0;
  group.count = 200;
  group.ignore_in_obstacle = true;
  p.domain.size = {200.0, 200.0, 12.0};
  p.tissue = {group};
  std::vector<std::size_t> first;
  const auto all = place_cells(p, section, {{}}, {}, &first), some = place_cells(p, section, {{}}, test);
  EXPECT_EQ(all.size(), 200U);
  EXPECT_EQ(first, (std::vector<std::size_t>{0}));
  EXPECT_LT(some.size(), 200U);
  EXPECT_GT(some.size(), 150U);
  for (const PlacedCell& c : some) EXPECT_FALSE(test(section.voxel_of(c.position)));
}

}  // namespace vesicast::obstacles_test
