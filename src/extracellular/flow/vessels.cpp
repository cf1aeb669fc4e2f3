#include "src/extracellular/flow/vessels.hpp"

namespace vesicast {
namespace {

double value_of(const std::map<std::string, double>& by_class, const std::string& vesicle) {
  const auto it = by_class.find(vesicle);
  return it == by_class.end() ? 0.0 : it->second;
}

}  // namespace

VesselTransport vessel_transport(const std::vector<Region>& regions, std::optional<Vessels> Region::*kind,
                                 std::span<const std::int16_t> region, const VesselFlow& fluid,
                                 const std::string& vesicle, double voxel_volume) {
  struct Wall {
    double diffusive = 0.0;  ///< P S/V x the voxel's volume [um^3/s]
    double passes = 0.0;     ///< 1 - sigma
    double plasma = 0.0;     ///< [1/um^3]
  };
  std::vector<Wall> walls(regions.size());
  for (std::size_t r = 0; r < regions.size(); ++r)
    if (const auto& v = regions[r].*kind)
      walls[r] = {value_of(v->permeability, vesicle) * v->surface_density * voxel_volume,
                  1.0 - value_of(v->reflection, vesicle), value_of(v->plasma, vesicle)};
  VesselTransport t;
  t.clearance.assign(region.size(), 0.0);
  t.inflow.assign(region.size(), 0.0);
  for (std::size_t i = 0; i < region.size(); ++i) {
    if (region[i] < 0) continue;
    const Wall& wall = walls[static_cast<std::size_t>(region[i])];
    const double brought = fluid.in.empty() ? 0.0 : fluid.in[i], drained = fluid.out.empty() ? 0.0 : fluid.out[i];
    t.clearance[i] = wall.diffusive + wall.passes * drained;
    t.inflow[i] = (wall.diffusive + wall.passes * brought) * wall.plasma;
  }
  return t;
}

VesselWalls vessel_walls(const std::vector<Region>& regions, std::optional<Vessels> Region::*kind,
                         std::span<const std::int16_t> region) {
  VesselWalls w;
  w.conductance.assign(region.size(), 0.0);
  w.pressure.assign(region.size(), 0.0);
  for (std::size_t i = 0; i < region.size(); ++i) {
    if (region[i] < 0) continue;
    const Vessels& v = *(regions[static_cast<std::size_t>(region[i])].*kind);
    w.conductance[i] = v.hydraulic_conductivity * v.surface_density;
    w.pressure[i] = v.pressure - v.oncotic;
  }
  return w;
}

}  // namespace vesicast
