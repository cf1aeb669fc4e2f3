#include "src/interstitium/occupied_volume.hpp"

#include "decomposition/route.hpp"
#include "src/tissue/sphere_volume.hpp"

namespace vesicast {

std::vector<std::int64_t> occupied_volume(const Domain& domain, const Cells& cells, std::span<const CellType> types) {
  std::vector<std::int64_t> occupied(static_cast<std::size_t>(domain.owned_voxels()), 0);
  const auto add = [&](const VolumeShare& share) {
    occupied[static_cast<std::size_t>(domain.owned().offset(share.voxel))] += share.amount;
  };
  std::vector<VolumeShare> elsewhere;
  std::vector<int> owner;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const double radius = types[static_cast<std::size_t>(cells.first_type[c])].radius;
    for (const VolumeShare& share : volume_shares(cells.position[c], radius, domain.grid(), domain.periodic())) {
      if (domain.owned().contains(share.voxel)) {
        add(share);
      } else {
        elsewhere.push_back(share);
        owner.push_back(domain.layout().owner(share.voxel));
      }
    }
  }
  for (const VolumeShare& share : route(domain.comm(), std::span<const VolumeShare>(elsewhere), owner)) add(share);
  return occupied;
}

}  // namespace vesicast
