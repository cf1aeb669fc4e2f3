#include "src/step_control/first_step.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "src/model/schedule.hpp"
#include "src/parameters/parameters.hpp"
#include "src/recipient/subvoxel.hpp"
#include "src/recipient/uptake.hpp"

namespace vesicast {
namespace {

/// dN/dt [vesicle/s] of a voxel and the rate [1/s] at which it empties, without its cells.
struct VoxelStart {
  double change = 0.0, loss = 0.0;
};

/// At t = 0 a field is uniform: nothing moves between voxels, and a voxel at a face exchanges with the outside.
VoxelStart voxel_at_start(const VesicleClass& v, const Grid& grid, double alpha, const Index3& voxel) {
  const double volume = alpha * grid.voxel_volume();
  VoxelStart s{-v.decay * v.initial_concentration * volume, v.decay};
  for (std::size_t a = 0; a < grid.dimensions; ++a)
    for (std::size_t side = 0; side < 2; ++side) {
      const FaceBoundary& face = v.boundary[a][side];
      const bool at_wall = voxel[a] == (side == 0 ? 0 : grid.voxels[a] - 1) && face.kind != BoundaryKind::periodic;
      if (!at_wall) {
        s.loss += v.diffusivity / (grid.spacing[a] * grid.spacing[a]);
        continue;
      }
      if (face.kind == BoundaryKind::no_flux) continue;
      double per_area = alpha * v.diffusivity / (0.5 * grid.spacing[a]);
      if (face.kind == BoundaryKind::clearance)
        per_area = face.permeability > 0.0 ? per_area * face.permeability / (per_area + face.permeability) : 0.0;
      const double outside = face.kind == BoundaryKind::open ? 0.0 : face.value.at(0.0);
      s.change += per_area * grid.face_area(a) * (outside - v.initial_concentration);
      s.loss += per_area * grid.face_area(a) / volume;
    }
  return s;
}

CellExchange exchange_at_start(const CellType& type, const VesicleClass& v, const std::optional<Uptake>& uptake,
                               const DomainParameters& domain, const Grid& grid, double alpha) {
  CellExchange x;
  if (uptake) {
    x.uptake = &*uptake;
    set_losses(x, type.gate);
  }
  if (const auto donor = type.donor.find(v.name); donor != type.donor.end())
    x.secretion = donor->second.share * donor->second.rate;
  x.resistance = unresolved_resistance(domain, grid, alpha * v.diffusivity, type.radius);
  x.concentration = v.initial_concentration;
  x.receptors = type.receptors;
  if (v.substance == Substance::soluble) {
    const auto own = type.factor_receptors.find(v.name);
    x.receptors = own == type.factor_receptors.end() ? 0.0 : own->second;
  }
  return x;
}

}  // namespace

StepChoice first_step(const Parameters& p, const Grid& grid, std::span<const PlacedCell> cells) {
  const double alpha = p.domain.extracellular_fraction, volume = alpha * grid.voxel_volume();
  const std::vector<CellType> cell_types = cell_types_at(p, 0);
  std::vector<std::vector<std::optional<Uptake>>> uptake(cell_types.size());
  for (std::size_t t = 0; t < uptake.size(); ++t)
    for (const VesicleClass& v : p.vesicles) uptake[t].push_back(recipient::uptake_of(cell_types[t], v));
  std::vector<std::vector<CellExchange>> of_type(cell_types.size());
  for (std::size_t t = 0; t < of_type.size(); ++t)
    for (std::size_t j = 0; j < p.vesicles.size(); ++j) {
      of_type[t].push_back(exchange_at_start(cell_types[t], p.vesicles[j], uptake[t][j], p.domain, grid, alpha));
      // Vesicles share receptors, family 0; every soluble factor has its own.
      of_type[t][j].family = p.vesicles[j].substance == Substance::vesicle ? 0 : j + 1;
    }

  std::map<std::int64_t, std::vector<std::size_t>> types_in;  // voxel -> cell types of its cells
  for (const PlacedCell& c : cells)
    types_in[grid.global_index(grid.voxel_of(c.position))].push_back(static_cast<std::size_t>(c.type));

  CouplingBounds bounds(p.cell_types.size(), p.vesicles.size());
  for (const auto& [index, types] : types_in) {
    const Index3 voxel = grid.box().voxel(index);
    std::vector<VoxelStart> start;
    for (std::size_t j = 0; j < p.vesicles.size(); ++j) {
      VoxelStart& s = start.emplace_back(voxel_at_start(p.vesicles[j], grid, alpha, voxel));
      for (const std::size_t t : types) {
        const CellTurnover cell = turnover(of_type[t][j], of_type[t][j].receptors);
        s.change += cell.release - cell.clearance * p.vesicles[j].initial_concentration;
        s.loss += cell.clearance / volume;
      }
    }
    for (const std::size_t t : types) {
      for (std::size_t j = 0; j < start.size(); ++j) {
        of_type[t][j].change = start[j].change / volume;
        of_type[t][j].voxel_rate = start[j].loss;
      }
      bounds.add(t, of_type[t]);
    }
  }
  bounds.finish();
  std::vector<double> hop_rate;
  for (const VesicleClass& v : p.vesicles) {
    double& rate = hop_rate.emplace_back(v.decay);
    for (std::size_t a = 0; a < grid.dimensions; ++a)
      if (grid.voxels[a] > 1 || v.boundary[a][0].kind == BoundaryKind::periodic)
        rate += 2.0 * v.diffusivity / (grid.spacing[a] * grid.spacing[a]);
  }
  Ticks stop = no_stop;
  for (const Ticks change : change_times(p))
    if (change > 0) stop = std::min(stop, change);
  return pick_step(bounds, p, *p.run.automatic, hop_rate, 0, stop);
}

}  // namespace vesicast
