#include "src/extracellular/flow/steady_flow.hpp"

#include <algorithm>

#include "decomposition/collectively.hpp"
#include "src/extracellular/flow/divergence.hpp"
#include "src/extracellular/flow/uniform_flow.hpp"
#include "src/extracellular/flow/vessels.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast {
namespace {

/// The arrays that a DarcyProblem refers to.
struct DarcyArrays {
  std::vector<double> conductivity;
  VesselWalls blood, lymph;

  DarcyArrays(const Parameters& p, const Domain& domain, const Interstitium& interstitium)
      : conductivity(interstitium.conductivity),
        blood(vessel_walls(p.regions, &Region::blood, interstitium.blood)),
        lymph(vessel_walls(p.regions, &Region::lymph, interstitium.lymph)) {
    if (conductivity.empty()) conductivity.assign(static_cast<std::size_t>(domain.owned_voxels()), p.flow.conductivity);
  }
  [[nodiscard]] DarcyProblem problem(const Parameters& p) const {
    return {conductivity, {blood.conductance, blood.pressure}, {lymph.conductance, lymph.pressure}, p.flow.boundary};
  }
};

FlowField flow_of_map(const Parameters& p, const Domain& domain, const Interstitium& interstitium,
                      const MapReader& reader) {
  constexpr int components = 3;
  std::vector<double> values;
  collectively(domain.comm(), [&] { values = reader(*p.flow.map, domain, components); });
  const auto n = static_cast<std::size_t>(domain.owned_voxels());
  VelocityMap map{{}, interstitium.obstacle, {}};
  for (std::size_t a = 0; a < components; ++a) {
    map.velocity[a] = std::span<const double>(values).subspan(a * n, n);
    for (std::size_t side = 0; side < 2; ++side)
      map.closed_wall[a][side] = std::ranges::any_of(
          p.vesicles, [&](const VesicleClass& v) { return v.boundary[a][side].kind == BoundaryKind::no_flux; });
  }
  FlowField flow = flow_from_velocity(domain, map);
  require_divergence_free(flow, domain, p.flow.divergence_tolerance);
  return flow;
}

}  // namespace

std::optional<SteadyFlow> make_flow(const Parameters& p, const Domain& domain, const Interstitium& interstitium,
                                    const MapReader& reader) {
  switch (p.flow.kind) {
    case FlowKind::none:
      break;
    case FlowKind::uniform:
      return SteadyFlow{uniform_flow(domain, p.flow.velocity), std::nullopt};
    case FlowKind::map:
      return SteadyFlow{flow_of_map(p, domain, interstitium, reader), std::nullopt};
    case FlowKind::darcy: {
      const DarcyArrays arrays(p, domain, interstitium);
      std::vector<double> known;
      if (p.flow.solved) collectively(domain.comm(), [&] { known = reader(*p.flow.solved, domain, 1); });
      DarcyPressure pressure =
          p.flow.solved ? check_pressure(domain, arrays.problem(p), known) : solve_pressure(domain, arrays.problem(p));
      FlowField field = darcy_flow(domain, arrays.problem(p), pressure.pressure);
      return SteadyFlow{std::move(field), std::move(pressure)};
    }
  }
  return std::nullopt;
}

FlowField flow_of_pressure(const Parameters& p, const Domain& domain, const Interstitium& interstitium,
                           const Field& pressure) {
  const DarcyArrays arrays(p, domain, interstitium);
  return darcy_flow(domain, arrays.problem(p), pressure);
}

}  // namespace vesicast
