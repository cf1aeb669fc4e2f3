#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "io/config/read_rows.hpp"
#include "io/config/resolve_tables.hpp"

namespace vesicast::io {
namespace {

using ByClass = std::map<std::string, double>;

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

/// The values of the table `name` for the classes that it names; notes names that are no class.
ByClass read_named_classes(TableReader& parent, const char* name, const std::vector<std::string>& classes) {
  ByClass values;
  if (!parent.has(name)) return values;
  TableReader table = parent.table(name);
  for (const std::string& one : table.names())
    if (check_class(table, one, classes)) values[one] = table.quantity(one);
  return values;
}

/// The values of the table `name` for every class, by `read`; notes names that are no class.
ByClass read_all_classes(TableReader& parent, const char* name, const std::vector<std::string>& classes,
                         double (TableReader::*read)(std::string_view) = &TableReader::quantity) {
  ByClass values;
  TableReader table = parent.table(name);
  for (const std::string& one : table.names()) check_class(table, one, classes);
  for (const std::string& one : classes) values[one] = (table.*read)(one);
  return values;
}

Vessels read_vessels(TableReader table, const std::string& kind, const std::vector<std::string>& classes) {
  check_flow_keys(table, kind);
  Vessels vessels;
  read_rows(table, vessels, kind);
  vessels.permeability = read_all_classes(table, "permeability", classes);
  vessels.plasma = read_all_classes(table, "plasma", classes);
  if (kind == "darcy") {
    for (const char* name : {"hydraulic_conductivity", "pressure"})
      if (!table.has(name)) table.missing(name);
    vessels.hydraulic_conductivity = table.quantity("hydraulic_conductivity");  // where missing NaN: checks are silent
    vessels.reflection = read_all_classes(table, "reflection", classes, &TableReader::number);
  }
  return vessels;
}

/// Where the region is: a shape, or the voxels of a map with one value.
void resolve_extent(TableReader& table, const std::string& folder, const DomainParameters& domain, Region& region) {
  const bool shape = table.has("shape"), map = table.has("map");
  if (shape && map) {
    table.name_problem("map", "shape and map exclude each other");
    return;
  }
  if (!shape && !map) {
    table.problem("give shape, or map = { file, array, value }, to say where the region is");
    return;
  }
  const std::string word = shape ? table.text("shape") : "";
  for (const std::string& name : table.names()) {
    const std::string applies = table.applies(name);
    if (applies.empty() || lists("shapes map darcy", applies)) continue;
    if (map)
      table.name_problem(name, "belongs to a shape, not to a map");
    else if (!word.empty() && !lists(applies, word))
      table.name_problem(name, fmt::format("does not belong to the shape \"{}\", only to: {}", word, applies));
  }
  resolve_place(table, domain, region);
  if (!map) return;
  TableReader where = table.table("map");
  region.map = read_map(where, "file", folder);
  region.label = where.number("value");
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

void resolve_regions(TableReader& top, const std::string& folder, Parameters& parameters) {
  const std::vector<std::string> classes = names_of(parameters.vesicles);
  const std::string kind = top.table("flow").text("kind");
  std::set<std::string> names;
  for (TableReader& table : top.elements("region")) {
    Region region;
    read_rows(table, region, "darcy");
    if (!region.name.empty() && !names.insert(region.name).second)
      table.problem("name", fmt::format("another region is called \"{}\" too", region.name));
    resolve_extent(table, folder, parameters.domain, region);
    check_effects(table, region);
    check_flow_keys(table, kind);
    region.diffusivity = read_named_classes(table, "diffusivity", classes);
    region.binding_sites = read_named_classes(table, "binding_sites", classes);
    check_matrices(table, parameters, region);
    if (table.has("blood")) region.blood = read_vessels(table.table("blood"), kind, classes);
    if (table.has("lymph")) region.lymph = read_vessels(table.table("lymph"), kind, classes);
    parameters.regions.push_back(std::move(region));
  }
}

}  // namespace vesicast::io
