#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "io/config/read_rows.hpp"
#include "io/config/resolve_tables.hpp"

namespace vesicast::io {
namespace {

/// What a region may change besides being an obstacle.
constexpr const char* effects[] = {"extracellular_fraction", "diffusivity", "binding_sites",
                                   "conductivity",           "blood",       "lymph"};

/// Notes the keys of `table` that mean nothing but to Darcy's flow. `kind` is the word of flow.kind; empty: unknown.
void check_flow_keys(TableReader& table, const std::string& kind) {
  if (kind.empty() || kind == "darcy") return;
  for (const std::string& name : table.names())
    if (table.applies(name) == "darcy")
      table.name_problem(name, fmt::format("belongs to flow.kind = \"darcy\"; it is \"{}\"", kind));
}

Vessels read_vessels(TableReader table, const std::string& kind) {
  check_flow_keys(table, kind);
  Vessels vessels;
  read_rows(table, vessels, kind);
  return vessels;
}

/// Notes what does not go with where the region is: a shape, or the voxels of a map with one value.
void resolve_extent(TableReader& table, const DomainParameters& domain, Region& region) {
  const std::string by =
      table.only_one({"shape", "map"}, "give shape, or map = { file, array, value }, to say where the region is");
  if (by.empty()) return;
  const std::string word = by == "shape" ? table.text("shape") : "";
  for (const std::string& name : table.names()) {
    const std::string applies = table.applies(name);
    if (applies.empty() || lists("shapes map darcy", applies)) continue;
    if (by == "map")
      table.name_problem(name, "belongs to a shape, not to a map");
    else if (!word.empty() && !lists(applies, word))
      table.name_problem(name, fmt::format("does not belong to the shape \"{}\", only to: {}", word, applies));
  }
  resolve_place(table, domain, region);
}

/// An obstacle is nothing else, and a region that is no obstacle changes something.
void check_effects(TableReader& table, const Region& region) {
  bool any = false;
  for (const char* name : effects) {
    if (!table.has(name)) continue;
    any = true;
    if (region.obstacle)
      table.name_problem(name, "an obstacle holds neither fluid nor vesicles; leave one of them out");
  }
  if (any || region.obstacle) return;
  std::string list;
  for (const char* name : effects) list += fmt::format("{}, ", name);
  table.problem(fmt::format("the region changes nothing: give {}or obstacle = true", list));
}

void check_matrices(TableReader& table, const Parameters& parameters, const Region& region) {
  for (const VesicleClass& vesicle : parameters.vesicles)
    if (region.binding_sites.contains(vesicle.name) && !vesicle.matrix)
      table.table("binding_sites")
          .name_problem(vesicle.name, fmt::format("the class does not bind to the matrix; it needs the table [{}]",
                                                  join(join("vesicle", vesicle.name), "matrix")));
}

}  // namespace

void resolve_regions(TableReader& top, Parameters& parameters) {
  const std::string kind = top.table("flow").text("kind");
  std::set<std::string> names;
  for (TableReader& table : top.elements("region")) {
    Region region;
    read_rows(table, region, "darcy map");
    if (!region.name.empty() && !names.insert(region.name).second)
      table.problem("name", fmt::format("another region is called \"{}\" too", region.name));
    resolve_extent(table, parameters.domain, region);
    check_effects(table, region);
    check_flow_keys(table, kind);
    check_matrices(table, parameters, region);
    if (table.has("blood")) region.blood = read_vessels(table.table("blood"), kind);
    if (table.has("lymph")) region.lymph = read_vessels(table.table("lymph"), kind);
    parameters.regions.push_back(std::move(region));
  }
}

}  // namespace vesicast::io
