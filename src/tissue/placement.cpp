#include "src/tissue/placement.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "decomposition/base/error.hpp"
#include "src/base/random.hpp"
#include "src/parameters/parameters.hpp"
#include "src/tissue/lattice.hpp"
#include "src/tissue/quotas.hpp"
#include "src/tissue/shapes.hpp"
#include "src/tissue/spots.hpp"

namespace vesicast {
namespace {

/// More cells than this in one group are taken for a mistake in the units.
constexpr double most_cells = 1e9;

struct Site {
  std::uint64_t id;
  Vector3 position;
};

/// One shape's placement: what does not change while its lattice is refined.
struct Task {
  const CellGroup& group;
  const Grid& grid;
  std::uint64_t seed;
  std::uint64_t index;  ///< of the group
  Extent extent;
  std::vector<const CellGroup*> outside;
  const Spots& spots;
};

/// "tissue.cells.1 (stroma)": the group as `--set` addresses it.
std::string title(const CellGroup& group, std::size_t index) {
  return group.name.empty() ? fmt::format("tissue.cells.{}", index)
                            : fmt::format("tissue.cells.{} ({})", index, group.name);
}

/// The sites of a lattice of `density` [1/um^3] on which a cell of the group may stand.
std::vector<Site> free_sites(const Task& task, double density) {
  std::vector<Site> sites;
  const Lattice lattice = make_lattice(density, task.extent, task.grid, task.seed, task.index);
  double longest = 0.0;
  for (std::size_t axis = 0; axis < task.grid.dimensions; ++axis)
    longest = std::max(longest, task.extent.upper[axis] - task.extent.lower[axis]);
  if (longest > 3e5 * lattice.neighbour_distance)
    throw InputError(fmt::format("{:.4g} um hold more than 300,000 cells in a row; check the units", longest));
  for_each_site(lattice, task.extent, [&](std::uint64_t id, const Vector3& p) {
    if (!inside(task.group, p, task.grid) || task.spots.taken(p)) return;
    for (const CellGroup* other : task.outside)
      if (inside(*other, p, task.grid)) return;
    sites.push_back({id, p});
  });
  return sites;
}

std::vector<Site> sites_of_density(const Task& task) {
  const CellGroup& group = task.group;
  const double densest = density_of_separation(spot_radius, task.grid);
  const double volume = clipped_volume(group, task.grid).value_or(task.extent.volume());
  if (group.density > densest)
    throw InputError(
        fmt::format("a density of {:.4g} /ml puts cells closer than {} um; at most {:.4g} /ml can be placed",
                    group.density * 1e12, spot_radius, densest * 1e12));
  if (group.density * volume > most_cells)
    throw InputError(
        fmt::format("a density of {:.4g} /ml makes {:.3g} cells; at most {:.0e} can be placed in one group",
                    group.density * 1e12, group.density * volume, most_cells));
  std::vector<Site> sites = free_sites(task, group.density);
  if (sites.empty())
    throw InputError(fmt::format(
        "no cell: {:.4g} /ml in {:.4g} um^3{} is {:.2g} cells; give a higher density, a larger shape or a count",
        group.density * 1e12, volume, task.outside.empty() ? "" : " (less what `outside` takes)",
        group.density * volume));
  return sites;
}

std::vector<Site> sites_of_count(const Task& task) {
  const std::int64_t count = task.group.count;
  if (count == 0) throw InputError("no cell: count is 0");
  if (static_cast<double>(count) > most_cells)
    throw InputError(fmt::format("count is {}; at most {:.0e} cells can be placed in one group", count, most_cells));
  // A single cell has no neighbour in its group, so any spacing will do.
  const double densest = density_of_separation(count == 1 ? 1e-4 : spot_radius, task.grid);
  constexpr double finer = 1.03;
  const double volume = clipped_volume(task.group, task.grid).value_or(task.extent.volume());
  double density = std::min(densest, finer * static_cast<double>(count) / volume);
  std::vector<Site> sites = free_sites(task, density);
  // Two million sites without a single free one: there is no room at all.
  const auto hopeless = [&] { return sites.empty() && density * task.extent.volume() > 2e6; };
  while (static_cast<std::int64_t>(sites.size()) < count && density < densest && !hopeless()) {
    const double lacking = finer * static_cast<double>(count) / std::max(1.0, static_cast<double>(sites.size()));
    density = std::min(densest, density * std::clamp(lacking, finer, 2.0));
    sites = free_sites(task, density);
  }
  if (static_cast<std::int64_t>(sites.size()) < count)
    throw InputError(fmt::format("count is {}, but {} fit without two of them closer than {} um", count,
                                 sites.empty() ? "none" : fmt::format("only {}", sites.size()), spot_radius));

  std::vector<std::pair<std::uint64_t, Site>> ranked;
  ranked.reserve(sites.size());
  for (const Site& site : sites) {
    Draws draws({.seed = task.seed, .purpose = Purpose::placement_choice, .id = site.id, .step = task.index});
    ranked.emplace_back(draws(), site);
  }
  const auto kept = ranked.begin() + count;
  std::nth_element(ranked.begin(), kept, ranked.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : a.second.id < b.second.id;
  });
  sites.clear();
  for (auto it = ranked.begin(); it != kept; ++it) sites.push_back(it->second);
  std::sort(sites.begin(), sites.end(), [](const Site& a, const Site& b) { return a.id < b.id; });
  return sites;
}

/// Index of each of the group's types in `cell_types`, in the order of group.types.
std::vector<std::int32_t> type_indices(const CellGroup& group, const std::vector<CellType>& cell_types) {
  std::vector<std::int32_t> indices;
  for (const auto& [name, share] : group.types) {
    const auto is_it = [&](const CellType& type) { return type.name == name; };
    const auto it = std::find_if(cell_types.begin(), cell_types.end(), is_it);
    if (it == cell_types.end()) throw InputError(fmt::format("cell type \"{}\" is not defined", name));
    indices.push_back(static_cast<std::int32_t>(it - cell_types.begin()));
  }
  if (indices.empty()) throw InputError("no cell type given");
  return indices;
}

/// For each site the index into the group's types: exact quotas, dealt in the order of a hash of (seed, group, site).
std::vector<std::size_t> deal_types(const Task& task, const std::vector<Site>& sites) {
  std::vector<std::size_t> dealt(sites.size(), 0);
  if (task.group.types.size() < 2) return dealt;
  std::vector<double> shares;
  for (const auto& [name, share] : task.group.types) shares.push_back(share);
  const std::vector<std::int64_t> quota = quotas(shares, static_cast<std::int64_t>(sites.size()));
  std::vector<std::pair<std::uint64_t, std::size_t>> ranked;  // ties: by position in `sites`, which is by id
  ranked.reserve(sites.size());
  for (std::size_t n = 0; n < sites.size(); ++n) {
    Draws draws({.seed = task.seed, .purpose = Purpose::placement_type, .id = sites[n].id, .step = task.index});
    ranked.emplace_back(draws(), n);
  }
  std::sort(ranked.begin(), ranked.end());
  auto next = ranked.begin();
  for (std::size_t type = 0; type < quota.size(); ++type)
    for (std::int64_t n = 0; n < quota[type]; ++n) dealt[(next++)->second] = type;
  return dealt;
}

/// The shapes `group` keeps out of.
std::vector<const CellGroup*> shapes_named(const CellGroup& group, const std::vector<CellGroup>& tissue) {
  std::vector<const CellGroup*> found;
  for (const std::string& name : group.outside) {
    const auto it = std::find_if(tissue.begin(), tissue.end(), [&](const CellGroup& g) { return g.name == name; });
    if (it == tissue.end()) throw InputError(fmt::format("outside: no group is named \"{}\"", name));
    if (it->from_table) throw InputError(fmt::format("outside: \"{}\" is a table, not a shape", name));
    if (&*it == &group) throw InputError(fmt::format("outside: \"{}\" is the group itself", name));
    found.push_back(&*it);
  }
  return found;
}

std::vector<PlacedCell> place_group(const Parameters& parameters, const Grid& grid, std::size_t index,
                                    const Spots& spots) {
  const CellGroup& group = parameters.tissue[index];
  if (group.shape == Shape::layer && static_cast<std::size_t>(group.axis) >= grid.dimensions)
    throw InputError("a layer across z needs a 3-D domain");
  const std::vector<std::int32_t> types = type_indices(group, parameters.cell_types);
  const Task task{
      group, grid, parameters.run.seed, index, bounding_box(group, grid), shapes_named(group, parameters.tissue),
      spots};
  if (task.extent.empty()) throw InputError("no cell: the shape lies outside the domain");
  if (group.count < 0 && !(group.density > 0.0)) throw InputError("no cell: neither density nor count is above 0");
  const std::vector<Site> sites = group.count >= 0 ? sites_of_count(task) : sites_of_density(task);
  const std::vector<std::size_t> dealt = deal_types(task, sites);
  std::vector<PlacedCell> cells(sites.size());
  for (std::size_t n = 0; n < sites.size(); ++n)
    cells[n] = {.id = -1, .position = sites[n].position, .type = types[dealt[n]]};
  return cells;
}

}  // namespace

std::vector<PlacedCell> place_cells(const Parameters& parameters, const Grid& grid,
                                    const std::vector<std::vector<PlacedCell>>& tables,
                                    const std::function<bool(const Index3&)>& left_out,
                                    std::vector<std::size_t>* first_of_group) {
  const std::vector<CellGroup>& tissue = parameters.tissue;
  if (tables.size() != tissue.size())
    throw InternalError(fmt::format("place_cells: {} tables for {} groups", tables.size(), tissue.size()));
  const bool several = tissue.size() > 1;
  Spots spots(spot_radius);
  if (several)
    for (const std::vector<PlacedCell>& table : tables)
      for (const PlacedCell& cell : table) spots.insert(cell.position);

  std::vector<PlacedCell> all;
  std::vector<std::string> errors;
  for (std::size_t index = 0; index < tissue.size(); ++index) {
    if (first_of_group != nullptr) first_of_group->push_back(all.size());
    if (tissue[index].from_table) {
      all.insert(all.end(), tables[index].begin(), tables[index].end());
      continue;
    }
    try {
      std::vector<PlacedCell> cells = place_group(parameters, grid, index, spots);
      if (left_out && tissue[index].ignore_in_obstacle)
        std::erase_if(cells, [&](const PlacedCell& c) { return left_out(grid.voxel_of(c.position)); });
      if (several)
        for (const PlacedCell& cell : cells) spots.insert(cell.position);
      all.insert(all.end(), cells.begin(), cells.end());
    } catch (const InputError& error) {
      errors.push_back(fmt::format("{}: {}", title(tissue[index], index), error.what()));
    }
  }
  if (!errors.empty()) throw InputError(fmt::format("{}", fmt::join(errors, "\n")));
  for (std::size_t n = 0; n < all.size(); ++n) all[n].id = static_cast<std::int64_t>(n);
  return all;
}

}  // namespace vesicast
