#include "src/interstitium/obstacle_test.hpp"

#include <algorithm>
#include <memory>

#include "src/parameters/parameters.hpp"
#include "src/tissue/shapes.hpp"

namespace vesicast {
namespace {

/// An obstacle, and its map's labels where it is of a map.
struct Obstacle {
  const Region* region = nullptr;
  std::vector<double> labels;
};

}  // namespace

std::function<bool(const Index3&)> obstacle_test(const Parameters& p, const Grid& grid, const MapReader& reader) {
  auto obstacles = std::make_shared<std::vector<Obstacle>>();
  for (const Region& region : p.regions) {
    if (!region.obstacle) continue;
    Obstacle& obstacle = obstacles->emplace_back(Obstacle{&region, {}});
    if (!region.map) continue;
    const Domain whole(MPI_COMM_SELF, grid, {}, uniform_layout(grid, 1));
    obstacle.labels = reader(*region.map, whole, 1);
  }
  if (obstacles->empty()) return {};
  return [obstacles, grid](const Index3& voxel) {
    return std::ranges::any_of(*obstacles, [&](const Obstacle& o) {
      return o.region->map ? o.labels[static_cast<std::size_t>(grid.global_index(voxel))] == o.region->label
                           : inside(*o.region, grid.centre(voxel), grid);
    });
  };
}

}  // namespace vesicast
