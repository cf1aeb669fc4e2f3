// Rims deeper than the slabs of their neighbours: what they hold comes from wherever it is.
#include "decomposition/halo.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace vesicast::halo_test {
namespace {

int ranks_of_world() {
  int ranks = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  return ranks;
}

/// Exchanges the global index of every voxel, and looks at every voxel of the rim that is in the domain, or would be on
/// a periodic axis.
void expect_the_right_rim(const Grid& grid, const std::array<bool, 3>& periodic, const Layout& layout, int depth) {
  const Domain domain(MPI_COMM_WORLD, grid, periodic, layout);
  const Halo halo(domain, depth, Rim::everywhere);
  const Box& covered = halo.covered();
  std::vector<double> values(static_cast<std::size_t>(covered.volume()), -1.0);
  for (std::int64_t i = 0; i < halo.owned().volume(); ++i) {
    const Index3 v = halo.owned().voxel(i);
    values[static_cast<std::size_t>(covered.offset(v))] = static_cast<double>(grid.global_index(v));
  }
  halo.exchange(std::array<double*, 1>{values.data()});
  for (std::int64_t i = 0; i < covered.volume(); ++i) {
    Index3 v = covered.voxel(i);
    int beyond = 0;
    bool inside = true;
    for (std::size_t a = 0; a < 3; ++a) {
      if (v[a] < halo.owned().lower[a] || v[a] >= halo.owned().upper[a]) ++beyond;
      if (periodic[a]) v[a] = (v[a] % grid.voxels[a] + grid.voxels[a]) % grid.voxels[a];
      inside = inside && v[a] >= 0 && v[a] < grid.voxels[a];
    }
    if (depth == 1 && beyond > 1) continue;
    const double expected = inside ? static_cast<double>(grid.global_index(v)) : -1.0;
    ASSERT_EQ(values[static_cast<std::size_t>(i)], expected)
        << "rank " << domain.rank() << ", depth " << depth << ", voxel " << covered.voxel(i)[0] << ' '
        << covered.voxel(i)[1] << ' ' << covered.voxel(i)[2];
  }
}

}  // namespace

TEST(Halo, ReachesOverThinSlabsAndRoundTheDomain) {
  const int ranks = ranks_of_world();
  const auto slabs = static_cast<std::int64_t>(ranks);
  for (const bool round : {false, true})
    for (const int depth : {1, 2, 3, 5}) {
      // One voxel per rank along each axis in turn, then uneven ones.
      for (std::size_t axis = 0; axis < 3; ++axis) {
        Grid grid;
        grid.voxels = {3, 3, 3};
        grid.voxels[axis] = slabs;
        std::array<std::vector<std::int64_t>, 3> widths{{{3}, {3}, {3}}};
        widths[axis].assign(static_cast<std::size_t>(ranks), 1);
        std::array<bool, 3> periodic{};
        periodic[axis] = round;
        expect_the_right_rim(grid, periodic, explicit_layout(grid, widths), depth);
        periodic[(axis + 1) % 3] = true;
        expect_the_right_rim(grid, periodic, explicit_layout(grid, widths), depth);
      }
      Grid grid;
      grid.voxels = {2 * slabs + 3, 4, 2};
      std::vector<std::int64_t> uneven(static_cast<std::size_t>(ranks), 2);
      uneven.back() += 3;
      expect_the_right_rim(grid, {round, round, false}, explicit_layout(grid, {{uneven, {4}, {2}}}), depth);
    }
}

}  // namespace vesicast::halo_test
