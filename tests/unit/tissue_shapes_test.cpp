// Shapes: inside, bounding box, and volume within the domain against counting points.
#include <gtest/gtest.h>

#include <numbers>

#include "src/parameters/parameters.hpp"
#include "src/tissue/shapes.hpp"

namespace vesicast::tissue_shapes_test {
namespace {

const Grid block{{20, 10, 8}, {10.0, 10.0, 5.0}, 3};     // 200 x 100 x 40 um
const Grid section{{20, 10, 1}, {10.0, 10.0, 12.0}, 2};  // 200 x 100 um, 12 um thick

CellGroup ball(Vector3 centre, double radius, double inner_radius = 0.0) {
  CellGroup group;
  group.shape = inner_radius > 0.0 ? Shape::shell : Shape::spheroid;
  group.centre = centre;
  group.radius = radius;
  group.inner_radius = inner_radius;
  return group;
}

/// The volume of the shape [um^3] by counting the midpoints of a fine grid.
double counted_volume(const CellGroup& group, const Grid& grid) {
  const double h = 0.5;
  const int nz = grid.dimensions == 2 ? 1 : static_cast<int>(grid.length(2) / h);
  std::int64_t n = 0;
  for (int k = 0; k < nz; ++k)
    for (double y = h / 2; y < grid.length(1); y += h)
      for (double x = h / 2; x < grid.length(0); x += h)
        if (inside(group, {x, y, grid.dimensions == 2 ? grid.length(2) / 2 : (k + 0.5) * h}, grid)) ++n;
  return static_cast<double>(n) * h * h * (grid.dimensions == 2 ? grid.length(2) : h);
}

TEST(TissueShapes, SurfaceBelongsToTheShape) {
  const CellGroup sphere = ball({50, 50, 20}, 10);
  EXPECT_TRUE(inside(sphere, {60, 50, 20}, block));
  EXPECT_FALSE(inside(sphere, {60.001, 50, 20}, block));
  const CellGroup shell = ball({50, 50, 20}, 10, 5);
  EXPECT_TRUE(inside(shell, {55, 50, 20}, block));
  EXPECT_FALSE(inside(shell, {54.999, 50, 20}, block));
  CellGroup box;
  box.shape = Shape::box;
  box.lower = {10, 10, 10};
  box.upper = {20, 20, 20};
  EXPECT_TRUE(inside(box, {10, 20, 15}, block));
  EXPECT_FALSE(inside(box, {10, 20.001, 15}, block));
}

TEST(TissueShapes, NothingIsInsideBeyondTheDomain) {
  const CellGroup sphere = ball({0, 50, 20}, 30);
  EXPECT_TRUE(inside(sphere, {0, 50, 20}, block));
  EXPECT_FALSE(inside(sphere, {-1, 50, 20}, block));
  EXPECT_FALSE(inside(CellGroup{}, {200.001, 50, 20}, block));
  EXPECT_TRUE(inside(CellGroup{}, {200, 100, 40}, block));
}

TEST(TissueShapes, InTwoDimensionsASpheroidIsADisc) {
  const CellGroup disc = ball({50, 50, 0}, 10);
  EXPECT_TRUE(inside(disc, {60, 50, 12}, section));
  EXPECT_FALSE(inside(disc, {60, 51, 6}, section));
  EXPECT_NEAR(*clipped_volume(disc, section), std::numbers::pi * 100 * 12, 1e-9);
}

TEST(TissueShapes, BoundingBoxIsCutToTheDomain) {
  const Extent extent = bounding_box(ball({10, 50, 20}, 30), block);
  EXPECT_EQ(extent.lower, (Vector3{0, 20, 0}));
  EXPECT_EQ(extent.upper, (Vector3{40, 80, 40}));
  EXPECT_TRUE(bounding_box(ball({-40, 50, 20}, 30), block).empty());
  EXPECT_DOUBLE_EQ(bounding_box(ball({-40, 50, 20}, 30), block).volume(), 0.0);
}

TEST(TissueShapes, BoxAndLayerVolumeIsThatWithinTheDomain) {
  CellGroup box;
  box.shape = Shape::box;
  box.lower = {-10, 90, 10};
  box.upper = {20, 120, 20};
  EXPECT_DOUBLE_EQ(*clipped_volume(box, block), 20 * 10 * 10);
  EXPECT_DOUBLE_EQ(*clipped_volume(box, section), 20 * 10 * 12);  // z plays no part in 2-D
  CellGroup layer;
  layer.shape = Shape::layer;
  layer.axis = 0;
  layer.from = 150;
  layer.to = 300;
  EXPECT_DOUBLE_EQ(*clipped_volume(layer, block), 50 * 100 * 40);
  EXPECT_DOUBLE_EQ(*clipped_volume(CellGroup{}, block), 200 * 100 * 40);
}

TEST(TissueShapes, BallVolumeWithinTheDomainAgreesWithCounting) {
  for (const CellGroup& group : {ball({100, 50, 20}, 15), ball({100, 50, 20}, 30), ball({5, 50, 20}, 18),
                                 ball({100, 95, 20}, 20, 8), ball({0, 50, 20}, 20, 10)}) {
    ASSERT_TRUE(clipped_volume(group, block).has_value());
    EXPECT_NEAR(*clipped_volume(group, block) / counted_volume(group, block), 1.0, 5e-3);
  }
  for (const CellGroup& group : {ball({100, 50, 0}, 40), ball({100, 50, 0}, 70, 20), ball({0, 50, 0}, 30)}) {
    ASSERT_TRUE(clipped_volume(group, section).has_value());
    EXPECT_NEAR(*clipped_volume(group, section) / counted_volume(group, section), 1.0, 5e-3);
  }
}

TEST(TissueShapes, BallVolumeWithoutClosedFormIsNotGiven) {
  EXPECT_FALSE(clipped_volume(ball({5, 5, 20}, 18), block).has_value());    // a corner: two caps overlap
  EXPECT_FALSE(clipped_volume(ball({-5, 50, 20}, 18), block).has_value());  // its centre is outside
}

}  // namespace
}  // namespace vesicast::tissue_shapes_test
