// The volume of a cell spread over voxels: exact in sum, close in each voxel, on any axis and across periodic faces.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numbers>

#include "src/tissue/sphere_volume.hpp"

namespace vesicast::tissue_sphere_volume_test {
namespace {

using std::numbers::pi;

constexpr std::array<bool, 3> closed{false, false, false};
const Grid block{{12, 10, 8}, {10.0, 8.0, 5.0}, 3};      // 120 x 80 x 40 um
const Grid section{{12, 10, 1}, {10.0, 10.0, 20.0}, 2};  // 20 um thick

/// Volume [um^3] by voxel.
std::map<Index3, double> spread(const Vector3& centre, double radius, const Grid& grid,
                                const std::array<bool, 3>& periodic = closed) {
  std::map<Index3, double> volume;
  for (const VolumeShare& share : volume_shares(centre, radius, grid, periodic)) {
    EXPECT_TRUE(grid.box().contains(share.voxel));
    EXPECT_GT(share.amount, 0);
    volume[share.voxel] += static_cast<double>(share.amount) * volume_unit * grid.voxel_volume();
  }
  return volume;
}

std::int64_t total(const Vector3& centre, double radius, const Grid& grid, const std::array<bool, 3>& periodic) {
  std::int64_t sum = 0;
  for (const VolumeShare& share : volume_shares(centre, radius, grid, periodic)) sum += share.amount;
  return sum;
}

/// What the voxel shares with the sphere [um^3], by chords along z at 400 x 400 points of the voxel's base.
double counted(const Index3& voxel, const Vector3& centre, double radius, const Grid& grid) {
  constexpr int n = 400;
  double sum = 0.0;
  for (int q = 0; q < n; ++q)
    for (int p = 0; p < n; ++p) {
      const double dx = (static_cast<double>(voxel[0]) + (p + 0.5) / n) * grid.spacing[0] - centre[0];
      const double dy = (static_cast<double>(voxel[1]) + (q + 0.5) / n) * grid.spacing[1] - centre[1];
      const double square = radius * radius - dx * dx - dy * dy;
      if (square <= 0.0) continue;
      const double half = std::sqrt(square), z = static_cast<double>(voxel[2]) * grid.spacing[2];
      sum += std::max(0.0, std::min(centre[2] + half, z + grid.spacing[2]) - std::max(centre[2] - half, z));
    }
  return sum * grid.spacing[0] * grid.spacing[1] / (n * n);
}

TEST(TissueSphereVolume, ACellWhollyInsideGivesItsVolumeExactly) {
  const std::int64_t whole = std::llround(4.0 / 3.0 * pi * 7.5 * 7.5 * 7.5 / (10.0 * 8.0 * 5.0) / volume_unit);
  for (const Vector3& centre : {Vector3{60, 40, 20}, {55, 44, 22.5}, {61.7, 37.123, 18.01}, {7.5, 7.5, 7.5}})
    EXPECT_EQ(total(centre, 7.5, block, closed), whole);
}

TEST(TissueSphereVolume, ASmallCellFillsItsOwnVoxelOnly) {
  const auto volume = spread({55, 44, 22.5}, 2.0, block);
  ASSERT_EQ(volume.size(), 1u);
  EXPECT_NEAR(volume.at({5, 5, 4}), 4.0 / 3.0 * pi * 8.0, 1e-8);
}

TEST(TissueSphereVolume, ACellOnACornerIsSharedByEightVoxelsAlike) {
  const auto volume = spread({50, 40, 20}, 4.0, block);
  ASSERT_EQ(volume.size(), 8u);
  for (const auto& [voxel, part] : volume) EXPECT_NEAR(part, 4.0 / 3.0 * pi * 64.0 / 8.0, 1e-8);
}

TEST(TissueSphereVolume, EveryVoxelsPartIsWithinHalfAPercentOfTheCellsVolume) {
  const Grid coarse{{6, 5, 3}, {20.0, 20.0, 20.0}, 3};
  double largest = 0.0;
  for (const Grid& grid : {block, coarse})
    for (const double radius : {1.5, 4.0, 7.5, 12.0})
      for (const Vector3& centre : {Vector3{61.7, 37.123, 18.01}, {59.99, 40.3, 22.4}, {66.0, 44.0, 17.7}})
        for (const auto& [voxel, part] : spread(centre, radius, grid))
          largest =
              std::max(largest, std::abs(part - counted(voxel, centre, radius, grid)) / cell_volume(radius, grid));
  RecordProperty("largest_error", std::to_string(largest));
  EXPECT_LT(largest, 5e-3) << "of the cell's volume";
  EXPECT_GT(largest, 0.0);
}

TEST(TissueSphereVolume, WhatLiesBeyondAWallIsLeftOut) {
  const auto volume = spread({60, 0, 20}, 6.0, block);
  double sum = 0.0;
  for (const auto& [voxel, part] : volume) sum += part;
  EXPECT_NEAR(sum, 0.5 * 4.0 / 3.0 * pi * 216.0, 1e-7);
}

TEST(TissueSphereVolume, ACellWrapsAroundAPeriodicAxis) {
  const std::array<bool, 3> periodic{true, false, true};
  EXPECT_EQ(total({120, 40, 0}, 6.0, block, periodic), total({60, 40, 20}, 6.0, block, closed));
  const auto volume = spread({120, 40, 0}, 6.0, block, periodic);
  EXPECT_NEAR(volume.at({0, 5, 0}), volume.at({11, 5, 7}), 1e-7);
  // Twice as wide as a periodic axis is long: nothing is lost there.
  const Grid narrow{{1, 20, 20}, {10.0, 10.0, 10.0}, 3};
  EXPECT_EQ(total({5, 100, 100}, 10.0, narrow, {true, false, false}),
            std::llround(cell_volume(10.0, narrow) / 1e3 / volume_unit));
}

TEST(TissueSphereVolume, InASectionTheCellStandsInTheMiddleOfTheSlab) {
  EXPECT_NEAR(cell_volume(7.5, section), 4.0 / 3.0 * pi * 421.875, 1e-9);
  // 20 um thick, radius 12: two caps of height 2 um lie beyond the slab.
  const double caps = 2.0 * pi * 4.0 * (36.0 - 2.0) / 3.0;
  EXPECT_NEAR(cell_volume(12.0, section), 4.0 / 3.0 * pi * 1728.0 - caps, 1e-9);
  for (const double radius : {7.5, 12.0}) {
    const std::int64_t whole = std::llround(cell_volume(radius, section) / 2e3 / volume_unit);
    EXPECT_EQ(total({60, 50, 10}, radius, section, closed), whole);
    EXPECT_EQ(total({63.1, 47.9, 0}, radius, section, closed), whole);
  }
  for (const auto& [voxel, part] : spread({60, 50, 0}, 7.5, section)) EXPECT_NEAR(part, 421.875 * pi / 3.0, 1e-7);
}

TEST(TissueSphereVolume, NothingComesFromARadiusOfZero) {
  EXPECT_TRUE(volume_shares({60, 40, 20}, 0.0, block, closed).empty());
}

}  // namespace
}  // namespace vesicast::tissue_sphere_volume_test
