#include "src/extracellular/flow/flow_field.hpp"

#include <fmt/format.h>

#include "decomposition/collectively.hpp"
#include "decomposition/halo.hpp"

namespace vesicast {
namespace {

Index3 step(Index3 voxel, std::size_t axis, std::int64_t by) {
  voxel[axis] += by;
  return voxel;
}

}  // namespace

double FlowField::through(const Index3& voxel, std::size_t axis, std::size_t side) const {
  const Index3 above = step(voxel, axis, side == 0 ? 0 : 1);
  return covered.contains(above) ? flux[axis][static_cast<std::size_t>(covered.offset(above))] : 0.0;
}

FlowField make_flow_field(const Domain& domain, const FaceFlux& flux) {
  Halo halo(domain, FlowField::depth);
  FlowField flow;
  flow.covered = halo.covered();
  const Box& owned = domain.owned();
  const auto offset = [&](const Index3& v) { return static_cast<std::size_t>(flow.covered.offset(v)); };
  // Upper walls have no voxel above them: their fluxes travel with the voxel below, and move up at the end.
  std::array<std::vector<double>, 3> upper;
  for (auto* arrays : {&flow.flux, &upper})
    for (auto& array : *arrays) array.assign(static_cast<std::size_t>(flow.covered.volume()), 0.0);
  collectively(domain.comm(), [&] {
    for (std::int64_t i = 0; i < owned.volume(); ++i) {
      const Index3 v = owned.voxel(i);
      for (std::size_t a = 0; a < domain.grid().dimensions; ++a) {
        const bool last = v[a] == domain.grid().voxels[a] - 1 && !domain.periodic()[a];
        flow.flux[a][offset(v)] = flux(v, a, 0);
        if (last) upper[a][offset(v)] = flux(v, a, 1);
        const bool rimless = flow.covered.extent(a) == owned.extent(a);
        if (rimless && (flow.flux[a][offset(v)] != 0.0 || upper[a][offset(v)] != 0.0))
          throw InputError(fmt::format(
              "fluid cannot cross the {} axis: it is one voxel wide; make it periodic, or close its faces", "xyz"[a]));
      }
    }
  });
  halo.exchange(std::array{flow.flux[0].data(), flow.flux[1].data(), flow.flux[2].data(), upper[0].data(),
                           upper[1].data(), upper[2].data()});
  for (std::size_t a = 0; a < domain.grid().dimensions; ++a) {
    if (domain.periodic()[a] || flow.covered.upper[a] <= domain.grid().voxels[a]) continue;
    Box beyond = flow.covered;
    beyond.lower[a] = domain.grid().voxels[a];
    beyond.upper[a] = beyond.lower[a] + 1;
    for (std::int64_t i = 0; i < beyond.volume(); ++i) {
      const Index3 v = beyond.voxel(i);
      flow.flux[a][offset(v)] = upper[a][offset(step(v, a, -1))];
    }
  }
  return flow;
}

std::vector<double> centre_velocity(const FlowField& flow, const Domain& domain, std::size_t axis) {
  std::vector<double> velocity(static_cast<std::size_t>(domain.owned_voxels()));
  for (std::size_t i = 0; i < velocity.size(); ++i) {
    const Index3 v = domain.owned().voxel(static_cast<std::int64_t>(i));
    velocity[i] = 0.5 * (flow.through(v, axis, 0) + flow.through(v, axis, 1)) / domain.grid().face_area(axis);
  }
  return velocity;
}

}  // namespace vesicast
