#include "src/run/run_numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <unordered_map>

#include "src/extracellular/weights/polynomial.hpp"
#include "src/parameters/parameters.hpp"
#include "src/recipient/binding.hpp"
#include "src/recipient/endocytosis.hpp"
#include "src/recipient/fluid_phase.hpp"
#include "src/recipient/subvoxel.hpp"
#include "src/recipient/uptake.hpp"
#include "src/step_control/first_step.hpp"

namespace vesicast {
namespace {

/// Receptors of a cell that a class binds to.
double receptors_of(const CellType& type, const VesicleClass& v) {
  if (v.substance == Substance::vesicle) return type.receptors;
  const auto it = type.factor_receptors.find(v.name);
  return it == type.factor_receptors.end() ? 0.0 : it->second;
}

/// What one cell takes from its voxel with all receptors free, the sub-voxel correction included [um^3/s].
double whole_clearance(double receptors, const Uptake& u, double resistance) {
  return recipient::whole_clearance(u, receptors, resistance);
}

/// Lasting clearance of one cell: of what it binds, the share that is taken in before it comes off again, and what it
/// swallows with the fluid [um^3/s].
double clearance(double receptors, const Uptake& u, double resistance) {
  const double taken = recipient::taken_in(u);
  const double comes_off = u.k_off * recipient::diffusion_slowing(u.k_on, receptors, resistance);
  const double binding = recipient::effective_binding(u.k_on, receptors, resistance);
  return u.fluid + (taken > 0.0 ? binding * taken / (taken + comes_off) : 0.0);
}

/// Sum over its cells, per voxel that holds any, of what they bind [um^3/s].
std::unordered_map<std::int64_t, double> sum_by_voxel(const Grid& grid, const std::vector<double>& per_type,
                                                      std::span<const PlacedCell> cells) {
  std::unordered_map<std::int64_t, double> sum;
  for (const PlacedCell& c : cells)
    sum[grid.global_index(grid.voxel_of(c.position))] += per_type[static_cast<std::size_t>(c.type)];
  return sum;
}

/// One vesicle class in a tissue, by its mean alpha and D.
struct ClassInTissue {
  const VesicleClass& vesicle;
  double alpha, diffusivity, largest_diffusivity;
  ClassInTissue(const Parameters& p, const InterstitiumSummary& tissue, std::size_t j)
      : vesicle(p.vesicles[j]),
        alpha(tissue.mean_alpha),
        diffusivity(tissue.mean_diffusivity[j]),
        largest_diffusivity(tissue.largest_diffusivity[j]) {}
};

/// What one cell of each type does to a vesicle class [um^3/s]; 0 for a type that does not take it up.
std::vector<double> by_type(double (*of_cell)(double, const Uptake&, double), const Parameters& p, const Grid& grid,
                            const ClassInTissue& v) {
  std::vector<double> values;
  for (const CellType& t : p.cell_types) {
    const auto uptake = recipient::uptake_of(t, v.vesicle);
    const double resistance = unresolved_resistance(p.domain, grid, v.alpha * v.diffusivity, t.radius);
    values.push_back(uptake ? of_cell(receptors_of(t, v.vesicle), *uptake, resistance) : 0.0);
  }
  return values;
}

/// Mean of CL n over the tissue: over those blocks of about four cells' diameters that hold cells, however fine the
/// voxels.
double tissue_clearance_density(const Parameters& p, const Grid& grid, const ClassInTissue& v,
                                std::span<const PlacedCell> cells) {
  double diameter = 0.0;
  for (const CellType& t : p.cell_types) diameter = std::max(diameter, 2.0 * t.radius);
  Grid blocks = grid;
  for (std::size_t a = 0; a < grid.dimensions; ++a) {
    blocks.voxels[a] = std::max<std::int64_t>(
        1, static_cast<std::int64_t>(grid.length(a) / std::max(4.0 * diameter, grid.spacing[a])));
    blocks.spacing[a] = grid.length(a) / static_cast<double>(blocks.voxels[a]);
  }
  const std::vector<double> per_type = by_type(&clearance, p, grid, v);
  std::vector<bool> held(static_cast<std::size_t>(blocks.size()), false);
  double sum = 0.0, volume = 0.0;
  for (const PlacedCell& c : cells) {
    sum += per_type[static_cast<std::size_t>(c.type)];
    const auto block = static_cast<std::size_t>(blocks.global_index(blocks.voxel_of(c.position)));
    if (!held[block]) volume += blocks.voxel_volume();
    held[block] = true;
  }
  return volume > 0.0 ? sum / volume : 0.0;
}

TransportNumbers transport_numbers(const Parameters& p, const Grid& grid, const ClassInTissue& of, double dt,
                                   std::span<const PlacedCell> cells) {
  TransportNumbers n;
  const VesicleClass& v = of.vesicle;
  n.vesicle = v.name;
  double hops = 0.0, finest = std::numeric_limits<double>::infinity();
  for (std::size_t a = 0; a < grid.dimensions; ++a) {
    finest = std::min(finest, grid.spacing[a]);
    hops += 2.0 * of.largest_diffusivity / (grid.spacing[a] * grid.spacing[a]);
  }
  n.diffusion_number = of.largest_diffusivity * dt / (finest * finest);
  double largest = 0.0;
  for (const auto& [voxel, value] : sum_by_voxel(grid, by_type(&whole_clearance, p, grid, of), cells))
    largest = std::max(largest, value);
  n.fastest_uptake = largest / (of.alpha * grid.voxel_volume());
  double faces = 0.0;  // a corner voxel at open or fixed faces loses D/h^2 more through each than to a neighbour
  for (std::size_t a = 0; a < grid.dimensions; ++a) {
    const auto passes = [](const FaceBoundary& face) {
      return face.kind == BoundaryKind::open || face.kind == BoundaryKind::fixed;
    };
    const auto& axis = v.boundary[a];
    if (passes(axis[0]) || passes(axis[1])) faces += of.largest_diffusivity / (grid.spacing[a] * grid.spacing[a]);
  }
  const double rate = sweep_rate(hops + v.decay, hops + faces + v.decay + n.fastest_uptake, dt);
  const TimeScheme* scheme = find_time_scheme(p.transport.integrator);
  const TimePlan plan = scheme == nullptr ? plan_cheapest_step(rate, dt, p.transport.tolerance)
                                          : plan_step(*scheme, rate, dt, p.transport.tolerance);
  n.sweeps = plan.pieces * static_cast<std::int64_t>(plan.polynomial.sweeps());
  n.sites_vary =
      v.matrix && (v.matrix->sites_map || std::any_of(p.regions.begin(), p.regions.end(), [&](const Region& r) {
                     return r.binding_sites.contains(v.name);
                   }));
  if (v.matrix && !v.matrix->sites_map) {
    const double binds = v.matrix->k_on * v.matrix->sites;
    n.matrix_ratio = binds > 0.0 ? binds / v.matrix->k_off : 0.0;
  }
  n.slowed_diffusivity = of.diffusivity / (1.0 + n.matrix_ratio.value_or(0.0));
  n.clearance_density = tissue_clearance_density(p, grid, of, cells);
  n.range = n.clearance_density > 0.0 ? std::sqrt(of.diffusivity * of.alpha / n.clearance_density)
                                      : std::numeric_limits<double>::infinity();
  n.uptake_time = n.clearance_density > 0.0 ? of.alpha / n.clearance_density : std::numeric_limits<double>::infinity();
  return n;
}

}  // namespace

double bytes_per_rank(const Parameters& p, const RunNumbers& n, std::span<const PlacedCell> cells,
                      const Layout& layout) {
  const int ranks = layout.size();
  std::vector<double> count(static_cast<std::size_t>(ranks), 0.0);
  for (const PlacedCell& c : cells) count[static_cast<std::size_t>(layout.owner(n.grid.voxel_of(c.position)))] += 1.0;
  const auto fields = static_cast<double>(n.fields.fields.size()), vesicles = static_cast<double>(p.vesicles.size());
  const CellPlan plan = plan_cells(p);
  double arrays = 0.0;
  for (const auto& has : plan.has) arrays += static_cast<double>(std::ranges::count(has, true));
  const auto binds = [&](std::size_t j) { return p.vesicles[j].matrix.has_value(); };
  double bound_fields = 0.0, binding_classes = 0.0, classes_with_varied_sites = 0.0;
  for (const FieldKey& f : n.fields.fields) bound_fields += binds(f.vesicle) ? 1.0 : 0.0;
  for (std::size_t j = 0; j < p.vesicles.size(); ++j) {
    if (!binds(j)) continue;
    binding_classes += 1.0;
    classes_with_varied_sites += n.transport[j].sites_vary ? 1.0 : 0.0;
  }
  // Per voxel: the fields, three rimmed buffers for each of those that spread, sites and weights of the matrix where
  // sites vary, and at an output a copy of each array and its text. Per cell: its state, a step's exchange, and the
  // same at an output. Maps: alpha, and per class D and the faces' conductances. Flow: a flux per axis, and the
  // advection's arrays.
  const double output_arrays = fields + vesicles + bound_fields + binding_classes;
  const double maps = has_maps(p) ? 8.0 * (1.0 + 5.0 * vesicles) : 0.0;
  const double flow = p.flow.kind != FlowKind::none ? 8.0 * (3.0 + 12.0) : 0.0;
  const double per_voxel = (8.0 + 3.0 * 8.0) * fields + 8.0 * bound_fields + 5.0 * 8.0 * classes_with_varied_sites +
                           2.0 * 8.0 * output_arrays + maps + flow;
  const double per_cell = 40.0 + 8.0 * arrays + 8.0 * (9.0 * fields + 3.0 * vesicles) + 2.0 * 8.0 * (arrays + 3.0);
  double largest = 0.0;
  for (int r = 0; r < ranks; ++r) {
    const Box rimmed = layout.owned_by(r).grown({1, n.grid.voxels[1] > 1 ? 1 : 0, n.grid.voxels[2] > 1 ? 1 : 0});
    largest = std::max(
        largest, per_voxel * static_cast<double>(rimmed.volume()) + per_cell * count[static_cast<std::size_t>(r)]);
  }
  return largest +
         3.0 * static_cast<double>(sizeof(PlacedCell) * cells.size());  // rank 0 places all cells and hands them out
}

namespace {

constexpr const char* shorter =
    "take a shorter run.step, coarser voxels, or a PETSc solver, -- -ts_type theta -ksp_type cg";

std::string time_text(double seconds) {
  if (seconds < 7200.0) return fmt::format("{:.0f} min", seconds / 60.0);
  return seconds < 172800.0 ? fmt::format("{:.0f} h", seconds / 3600.0) : fmt::format("{:.3g} days", seconds / 86400.0);
}

/// Cells that do not fit: what mistaken units look like.
void warn_of_sizes(const Parameters& p, RunNumbers& n) {
  const bool flat = n.grid.dimensions == 2;
  double filled = 0.0, volume = 1.0;
  for (std::size_t a = 0; a < 3; ++a) volume *= n.grid.length(a);
  for (std::size_t t = 0; t < p.cell_types.size(); ++t) {
    const CellType& type = p.cell_types[t];
    if (n.cells_by_type[t] == 0) continue;
    const double across = 2.0 * type.radius;
    double width = n.grid.length(0);
    for (std::size_t a = 1; a < n.grid.dimensions; ++a) width = std::min(width, n.grid.length(a));
    if (across > width)
      n.warnings.push_back(fmt::format(
          "a \"{}\" cell, {:g} um across, is larger than the domain, which is {:g} um wide", type.name, across, width));
    else if (flat && type.radius > n.grid.length(2))
      n.warnings.push_back(
          fmt::format("a \"{}\" cell, {:g} um across, is more than twice as thick as the slab of {:g} um", type.name,
                      across, n.grid.length(2)));
    const double height = flat ? std::min(across, n.grid.length(2)) : across;
    const double ball = 4.0 / 3.0 * std::numbers::pi * std::pow(type.radius, 3);
    filled += static_cast<double>(n.cells_by_type[t]) * ball * height / across;
  }
  if (filled > volume)
    n.warnings.push_back(fmt::format("the cells fill {:.3g} times the volume of the domain", filled / volume));
}

void add_warnings(const Parameters& p, const InterstitiumSummary& tissue, RunNumbers& n) {
  const double dt = to_seconds(n.step);
  const bool automatic = n.first.has_value();  // then the coupling is resolved to a tolerance
  const double h = *std::min_element(n.grid.spacing.begin(), n.grid.spacing.begin() + n.grid.dimensions);
  for (std::size_t j = 0; j < p.vesicles.size(); ++j) {
    const TransportNumbers& t = n.transport[j];
    if (t.range < 0.999 * h)
      n.warnings.push_back(
          fmt::format("\"{}\" is taken up within {:.1f} um (sqrt(D/k)), less than a voxel of {:g} um: profiles between "
                      "cells are not resolved",
                      t.vesicle, t.range, h));
    if (t.uptake_time < dt && !automatic)
      n.warnings.push_back(
          fmt::format("a free \"{}\" lives {:.1f} s among the cells, less than a step of {:g} s: use a shorter "
                      "run.step to resolve the coupling in time",
                      t.vesicle, t.uptake_time, dt));
    if (t.sweeps > 100)
      n.warnings.push_back(
          fmt::format("\"{}\" needs {} sweeps per step (D dt/h^2 = {:.3g}); a PETSc solver may be faster: -- -ts_type "
                      "theta -ksp_type cg",
                      t.vesicle, t.sweeps, t.diffusion_number));
    for (const CellType& type : p.cell_types) {
      const auto uptake = recipient::uptake_of(type, p.vesicles[j]);
      if (!uptake) continue;
      const double fastest =
          std::max({uptake->k_off, recipient::taken_in(*uptake), uptake->k_recycling, uptake->k_resecretion});
      if (fastest * dt > 0.5 && !automatic)
        n.warnings.push_back(
            fmt::format("in \"{}\" cells a bound or recycling \"{}\" moves on within {:.1f} s, and a step is {:g} s: "
                        "use a shorter run.step to resolve it",
                        type.name, t.vesicle, 1.0 / fastest, dt));
      const double share = resolved_share(n.grid, tissue.mean_alpha * tissue.mean_diffusivity[j], type.radius,
                                          uptake->k_on * receptors_of(type, p.vesicles[j]));
      if (share < 0.95)
        n.warnings.push_back(fmt::format(
            "a lone \"{}\" cell (radius {:g} um) takes up about {:.0f} % of the \"{}\" that a sphere would: a cell "
            "exchanges with one voxel, and voxels of {:g} um are too fine for that (docs/cells.md)",
            type.name, type.radius, 100.0 * share, t.vesicle, h));
    }
  }
  if (n.step_seconds > 60.0)
    n.warnings.push_back(fmt::format("a step takes about {} on one core: {}", time_text(n.step_seconds), shorter));
  warn_of_sizes(p, n);
  for (std::size_t t = 0; t < p.cell_types.size(); ++t) {
    const bool comes_later = std::ranges::any_of(p.cell_types, [&](const CellType& other) {
      return other.becomes && other.becomes->to == p.cell_types[t].name;
    });
    if (n.cells_by_type[t] == 0 && !comes_later)
      n.warnings.push_back(fmt::format("no cell is a \"{}\"", p.cell_types[t].name));
    if (p.cell_types[t].donor.empty() && p.cell_types[t].recipient.empty() && n.cells_by_type[t] > 0)
      n.warnings.push_back(fmt::format("\"{}\" neither secretes nor takes up anything", p.cell_types[t].name));
  }
  if (!automatic && p.run.end % p.run.step != 0)
    n.warnings.push_back(fmt::format("run.end is not a whole number of steps: the last one is cut to {:g} s",
                                     to_seconds(p.run.end % p.run.step)));
  if (n.fields.fields.empty())
    n.warnings.emplace_back("no cell type secretes and nothing enters: there will be nothing in the tissue");
}

}  // namespace

RunNumbers derive_numbers(const Parameters& p, const InterstitiumSummary& tissue, std::span<const PlacedCell> cells,
                          int ranks) {
  RunNumbers n;
  n.grid = make_grid(p.domain);
  if (p.run.automatic) n.first = first_step(p, n.grid, cells);
  n.step = n.first ? n.first->step : p.run.step;
  n.steps = n.first ? 0 : (p.run.end + p.run.step - 1) / p.run.step;
  n.fields = plan_fields(p);
  n.cells_by_type.assign(p.cell_types.size(), 0);
  for (const PlacedCell& c : cells) ++n.cells_by_type[static_cast<std::size_t>(c.type)];
  for (std::size_t j = 0; j < p.vesicles.size(); ++j)
    n.transport.push_back(transport_numbers(p, n.grid, ClassInTissue(p, tissue, j), to_seconds(n.step), cells));
  for (const FieldKey& field : n.fields.fields) {
    constexpr double of_voxel = 0.6e-9, of_sweep = 1e-6;  // a core of 2023 [s]
    n.step_seconds += static_cast<double>(n.transport[field.vesicle].sweeps) *
                      std::max(of_sweep, of_voxel * static_cast<double>(n.grid.size()));
  }
  n.bytes_per_rank = bytes_per_rank(p, n, cells, uniform_layout(n.grid, ranks));
  add_warnings(p, tissue, n);
  return n;
}

void require_bearable(const RunNumbers& n) {
  constexpr std::int64_t most_sweeps = 20'000'000;
  constexpr double longest = 86400.0;
  for (const TransportNumbers& t : n.transport)
    if (t.sweeps > most_sweeps || n.step_seconds > longest)
      throw InputError(
          fmt::format("\"{}\" needs {} sweeps in a step (D dt/h^2 = {:.3g}), some {} for every step on one "
                      "core: {}",
                      t.vesicle, t.sweeps, t.diffusion_number, time_text(n.step_seconds), shorter));
}

}  // namespace vesicast
