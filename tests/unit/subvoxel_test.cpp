#include "src/recipient/subvoxel.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace vesicast::subvoxel_test {
namespace {
Grid cubes(double h) {
  Grid g;
  g.voxels = {100, 100, 100};
  g.spacing = {h, h, h};
  return g;
}
Grid section(double h, double thickness) {
  Grid g;
  g.dimensions = 2;
  g.voxels = {100, 100, 1};
  g.spacing = {h, h, thickness};
  return g;
}
}  // namespace

TEST(LatticeResistance, IsWatsonsIntegralForCubes) {
  // Watson 1939: G(0) = 0.252731009858... for unit conductances.
  EXPECT_NEAR(lattice_resistance_3d(cubes(10.0), 0.1) * 0.1 * 10.0, 0.252731009858, 1e-9);
}

TEST(LatticeResistance, DoesNotDependOnTheOrderOfTheAxes) {
  Grid a = cubes(10.0), b = a;
  a.spacing = {5.0, 10.0, 20.0};
  b.spacing = {20.0, 5.0, 10.0};
  EXPECT_NEAR(lattice_resistance_3d(a, 0.3), lattice_resistance_3d(b, 0.3), 1e-12);
}

TEST(SubvoxelResistance, VanishesWhereTheLatticeResistsMoreThanTheSphere) {
  const double radius = 7.5;
  const double threshold = 0.252731009858 * 4.0 * std::numbers::pi * radius;  // about 3.18 radii
  EXPECT_EQ(subvoxel_resistance(cubes(0.99 * threshold), 0.1, radius), 0.0);
  EXPECT_GT(subvoxel_resistance(cubes(1.01 * threshold), 0.1, radius), 0.0);
}

TEST(SubvoxelResistance, InASlabMatchesTheClosedFormForSquares) {
  const double h = 40.0, thickness = 20.0, radius = 7.5, ad = 0.2;
  const double expected = 1.0 / (4.0 * std::numbers::pi * ad * radius) +
                          (std::log(h / thickness) - 2.5 * std::log(2.0)) / (2.0 * std::numbers::pi * ad * thickness);
  ASSERT_GT(expected, 0.0);
  EXPECT_NEAR(subvoxel_resistance(section(h, thickness), ad, radius), expected, 1e-12);
}

TEST(SubvoxelResistance, InAThinSectionIsThatOfACylinder) {
  const double h = 60.0, thickness = 5.0, radius = 7.5, ad = 0.2;
  const double well = std::exp(-std::numbers::egamma) / 4.0 * h * std::sqrt(2.0);
  EXPECT_NEAR(subvoxel_resistance(section(h, thickness), ad, radius),
              std::log(well / radius) / (2.0 * std::numbers::pi * ad * thickness), 1e-12);
}

TEST(ResolvedShare, IsOneForCoarseVoxelsAndBelowForFineOnes) {
  EXPECT_DOUBLE_EQ(resolved_share(cubes(40.0), 0.1, 7.5, 5.5), 1.0);
  EXPECT_LT(resolved_share(cubes(5.0), 0.1, 7.5, 5.5), 0.8);
}

}  // namespace vesicast::subvoxel_test
