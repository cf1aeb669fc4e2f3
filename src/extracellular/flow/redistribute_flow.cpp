#include "src/extracellular/flow/redistribute_flow.hpp"

#include "decomposition/redistribute.hpp"

namespace vesicast {
namespace {

/// Fluxes through the faces of the owned voxels along an axis, lower and upper.
std::vector<double> faces_of(const FlowField& flow, const Domain& domain, std::size_t axis) {
  const Box faces = values_of_part(domain.layout(), domain.rank(), on_faces(axis));
  std::vector<double> flux(static_cast<std::size_t>(faces.volume()));
  for (std::size_t i = 0; i < flux.size(); ++i) {
    Index3 voxel = faces.voxel(static_cast<std::int64_t>(i));
    const bool upper = voxel[axis] == domain.owned().upper[axis];
    if (upper) --voxel[axis];
    flux[i] = flow.through(voxel, axis, upper ? 1 : 0);
  }
  return flux;
}

VesselFlow redistribute(const VesselFlow& flow, const Domain& from, const Domain& to) {
  return {redistribute(flow.in, from, to), redistribute(flow.out, from, to)};
}

}  // namespace

FlowField redistribute(const FlowField& flow, const Domain& from, const Domain& to) {
  std::array<std::vector<double>, 3> flux;
  std::array<Box, 3> faces;
  for (std::size_t a = 0; a < to.grid().dimensions; ++a) {
    const std::vector<double> before = faces_of(flow, from, a);
    flux[a] = redistribute_faces(std::span<const double>(before), a, from, to);
    faces[a] = values_of_part(to.layout(), to.rank(), on_faces(a));
  }
  FlowField result = make_flow_field(to, [&](Index3 face, std::size_t axis, std::size_t side) {
    face[axis] += side == 0 ? 0 : 1;
    return flux[axis][static_cast<std::size_t>(faces[axis].offset(face))];
  });
  result.blood = redistribute(flow.blood, from, to);
  result.lymph = redistribute(flow.lymph, from, to);
  return result;
}

SteadyFlow redistribute(const SteadyFlow& flow, const Domain& from, const Domain& to) {
  SteadyFlow result{redistribute(flow.field, from, to), std::nullopt};
  if (flow.darcy)
    result.darcy = DarcyPressure{redistribute(flow.darcy->pressure, from, to),
                                 flow.darcy->stagnant,
                                 flow.darcy->iterations,
                                 flow.darcy->levels,
                                 flow.darcy->residual,
                                 flow.darcy->rounding_floor};
  return result;
}

}  // namespace vesicast
