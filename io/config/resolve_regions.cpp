#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "io/config/read_rows.hpp"
#include "io/config/resolve_tables.hpp"

namespace vesicast::io {
namespace {

/// What a region may change besides being an obstacle.
constexpr const char* region_effects[] = {"extracellular_fraction", "diffusivity", "binding_sites",
                                          "conductivity",           "blood",       "lymph"};

/// What keys may belong to where flow.kind is `kind`; where it is not known, nothing is said of them.
std::string flow_words(const std::string& kind) {
  return kind.empty() || kind == "darcy" ? "darcy" : "";
}
std::string not_of_flow(const std::string& kind) {
  return fmt::format("belongs to flow.kind = \"darcy\"; it is \"{}\"", kind);
}

Vessels read_vessels(TableReader table, const std::string& kind) {
  table.check_applies(flow_words(kind), [&](const std::string&) { return not_of_flow(kind); });
  Vessels vessels;
  read_rows(table, vessels, kind);
  return vessels;
}

/// Where the region is: a shape, or the voxels of a map with one value. Notes the keys that do not go with it, or with
/// the flow.
void resolve_extent(TableReader& table, const std::string& kind, const DomainParameters& domain, Region& region) {
  const std::string by =
      table.only_one({"shape", "map"}, "give shape, or map = { file, array, value }, to say where the region is");
  const std::string shape = by == "shape" ? table.text("shape") : "";
  const std::string all = "domain box spheroid shell layer";  // as long as it is not clear which
  const std::string applies = by == "map" ? "map" : "shapes map " + (shape.empty() ? all : shape);
  table.check_applies(applies + " " + flow_words(kind), [&](const std::string& other) {
    if (other == "darcy") return not_of_flow(kind);
    return by == "map" ? "belongs to a shape, not to a map" : not_of_shape(shape, other);
  });
  if (!shape.empty()) resolve_place(table, domain, region);
}

/// An obstacle is nothing else, and a region that is no obstacle changes something.
void check_effects(TableReader& table, const Region& region) {
  bool any = false;
  for (const char* name : region_effects) {
    if (!table.has(name)) continue;
    any = true;
    if (region.obstacle)
      table.name_problem(name, "an obstacle holds neither fluid nor vesicles; leave one of them out");
  }
  if (any || region.obstacle) return;
  std::string list;
  for (const char* name : region_effects) list += fmt::format("{}, ", name);
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
    check_effects(table, region);
    resolve_extent(table, kind, parameters.domain, region);
    check_matrices(table, parameters, region);
    if (table.has("blood")) region.blood = read_vessels(table.table("blood"), kind);
    if (table.has("lymph")) region.lymph = read_vessels(table.table("lymph"), kind);
    parameters.regions.push_back(std::move(region));
  }
}

}  // namespace vesicast::io
