#include "tests/support/tissue.hpp"

#include <cmath>

#include "decomposition/base/error.hpp"
#include "src/base/random.hpp"
#include "src/parameters/parameters.hpp"
#include "src/tissue/shapes.hpp"

namespace vesicast::test {
namespace {

Vessels vessels(double pressure, double plasma) {
  Vessels v;
  v.surface_density = 0.02;
  v.hydraulic_conductivity = 2e-3;
  v.pressure = pressure;
  for (const char* name : {"exosome", "microvesicle"}) {
    v.permeability[name] = 5e-3;
    v.reflection[name] = 0.3;
    v.plasma[name] = plasma;
  }
  return v;
}

}  // namespace

Parameters tissue_with_everything(int dimensions) {
  Parameters p = parameters_of({12, 10, dimensions == 3 ? 9 : 0}, 15.0, 2.0);
  p.domain.extracellular_fraction_map = MapFile{"alpha", "alpha"};
  VesicleClass& exosome = p.vesicles[0];
  exosome.decay = 1e-5;
  exosome.initial_concentration = 1e-4;
  exosome.cargo["miR-21"] = 0.01;
  exosome.diffusivity_map = MapFile{"D", "D"};
  exosome.boundary[0].fill({BoundaryKind::periodic, 0.0});
  const TimeSeries dose({0.0, 300.0, 500.0, 2000.0}, {0.0, 1e-3, 2e-4, 5e-4});
  exosome.boundary[1] = {{{BoundaryKind::fixed, dose}, {BoundaryKind::open, 0.0}}};
  if (dimensions == 3) exosome.boundary[2][0] = {BoundaryKind::clearance, 3e-4, 0.02};
  VesicleClass micro = exosome;
  exosome.matrix = MatrixBinding{1.2e-3, 0.9e-3, 1.1, {}};
  micro.name = "microvesicle";
  micro.diffusivity = 0.4;
  micro.diffusivity_map.reset();
  p.vesicles.push_back(micro);
  p.cargo.push_back({"miR-21", 1.3e-5});

  CellType a = recipient_type("a"), b = recipient_type("b"), c = recipient_type("c");
  for (CellType* t : {&a, &b, &c}) {
    Uptake& u = t->recipient["exosome"];
    u.fluid = 0.1;
    u.lysosome_share = 0.4;
    u.k_endocytosis = 1.1e-3;
    Uptake& of_micro = t->recipient["microvesicle"] = u;
    of_micro.k_on = 1.3e-3;
    of_micro.k_endocytosis = 0.8e-3;
    of_micro.fluid = 0.13;
  }
  p.vesicles[0].cd47 = 0.6;
  p.vesicles[1].cluster = 0.3;
  a.donor["exosome"] = {0.05, ReleaseMode::constant, 30.0};
  a.donor["microvesicle"] = {0.01, ReleaseMode::poisson, 1.0};
  b.donor["exosome"] = {0.02, ReleaseMode::poisson, 30.0};
  b.receptors = 20.0;  // saturates
  p.cell_types = {a, b, c};

  Region bone, tumour, drained;
  bone.name = "bone";
  bone.shape = Shape::box;
  bone.lower = {45.0, 60.0, 0.0};
  bone.upper = {90.0, 105.0, dimensions == 3 ? 75.0 : 15.0};
  bone.obstacle = true;
  tumour.name = "tumour";
  tumour.shape = Shape::spheroid;
  tumour.centre = {120.0, 60.0, dimensions == 3 ? 67.5 : 7.5};
  tumour.radius = 55.0;
  tumour.blood = vessels(300.0, 4e-4);
  tumour.extracellular_fraction = 0.3;
  tumour.conductivity = 0.05;
  tumour.binding_sites["exosome"] = 3.0;
  drained.name = "drained";
  drained.shape = Shape::layer;
  drained.axis = 0;
  drained.from = 90.0;
  drained.to = 180.0;
  drained.lymph = vessels(-100.0, 1e-5);
  p.regions = {bone, tumour, drained};

  p.flow.kind = FlowKind::darcy;
  p.flow.conductivity = 0.2;
  p.flow.boundary[1][0].pressure = 100.0;
  p.flow.boundary[1][1].pressure = 0.0;
  return p;
}

std::vector<double> tissue_maps(const MapFile& map, const Domain& domain, int /*components*/) {
  std::vector<double> values;
  for (std::int64_t i = 0; i < domain.owned_voxels(); ++i) {
    const auto g = static_cast<double>(domain.grid().global_index(domain.owned().voxel(i)));
    if (map.file == "alpha")
      values.push_back(0.1 + 0.2 * std::abs(std::sin(12.9898 * g)));
    else if (map.file == "D")
      values.push_back(std::pow(4.0, std::sin(78.233 * g)));
    else
      throw InputError("unexpected map " + map.file);
  }
  return values;
}

std::vector<PlacedCell> tissue_cells(const Parameters& p) {
  const Grid grid = make_grid(p.domain);
  std::vector<PlacedCell> cells;
  Draws draws({2, Purpose::placement_jitter, 0, 0, 0});
  while (cells.size() < 120) {
    Vector3 x{};
    for (std::size_t a = 0; a < 3; ++a) x[a] = draws.uniform() * grid.length(a);
    if (inside(p.regions[0], grid.centre(grid.voxel_of(x)), grid)) continue;
    const auto id = static_cast<std::int64_t>(cells.size());
    cells.push_back({id, x, static_cast<std::int32_t>(id % 3)});
  }
  return cells;
}

}  // namespace vesicast::test
