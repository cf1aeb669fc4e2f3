#include "src/extracellular/flow/uniform_flow.hpp"

#include "decomposition/halo.hpp"

namespace vesicast {

FlowField uniform_flow(const Domain& domain, const Vector3& velocity) {
  return make_flow_field(domain, [&](const Index3&, std::size_t axis, std::size_t) {
    return velocity[axis] * domain.grid().face_area(axis);
  });
}

FlowField flow_from_velocity(const Domain& domain, const VelocityMap& map) {
  Halo halo(domain, 1);
  const Box &owned = domain.owned(), &covered = halo.covered();
  const auto offset = [&](const Index3& v) { return static_cast<std::size_t>(covered.offset(v)); };
  std::array<std::vector<double>, 4> rimmed;  // three components, and 1 where fluid may be
  for (auto& array : rimmed) array.assign(static_cast<std::size_t>(covered.volume()), 0.0);
  for (std::size_t i = 0; i < static_cast<std::size_t>(owned.volume()); ++i) {
    const std::size_t at = offset(owned.voxel(static_cast<std::int64_t>(i)));
    for (std::size_t a = 0; a < 3; ++a)
      if (!map.velocity[a].empty()) rimmed[a][at] = map.velocity[a][i];
    rimmed[3][at] = map.obstacle.empty() || map.obstacle[i] == 0 ? 1.0 : 0.0;
  }
  halo.exchange(std::array{rimmed[0].data(), rimmed[1].data(), rimmed[2].data(), rimmed[3].data()});

  return make_flow_field(domain, [&](const Index3& voxel, std::size_t a, std::size_t side) {
    const double area = domain.grid().face_area(a);
    const std::size_t here = offset(voxel);
    if (rimmed[3][here] == 0.0) return 0.0;
    const bool wall = !domain.periodic()[a] && (side == 1 || voxel[a] == 0);
    if (wall) return map.closed_wall[a][side] ? 0.0 : area * rimmed[a][here];
    Index3 below = voxel;
    below[a] -= 1;
    const std::size_t there = offset(below);
    return rimmed[3][there] == 0.0 ? 0.0 : area * 0.5 * (rimmed[a][there] + rimmed[a][here]);
  });
}

}  // namespace vesicast
