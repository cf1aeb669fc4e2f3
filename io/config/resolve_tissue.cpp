// [[tissue.cells]]: cells placed in a shape, or read from a table.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "io/config/read_rows.hpp"
#include "io/config/resolve_tables.hpp"

namespace vesicast::io {
namespace {

// --- shapes

void resolve_types(TableReader& table, CellGroup& group) {
  const std::string by =
      table.only_one({"type", "mix"}, "the cells have no type: give type = \"NAME\" or mix = { NAME = share, ... }");
  if (by == "type") {
    const std::string type = table.text("type");
    if (!type.empty() && table.is_known("type", type, "cell type")) group.types[type] = 1.0;
  } else if (by == "mix") {
    TableReader mix = table.table("mix");
    double sum = 0.0;
    for (const std::string& type : mix.names()) {
      mix.is_known(type, type, "cell type");
      sum += group.types[type] = mix.number(type);
    }
    if (std::abs(sum - 1.0) > 1e-9) table.problem("mix", fmt::format("the shares add up to {:.10g}, not to 1", sum));
    for (auto& [type, share] : group.types) share /= sum;
  }
}

/// Groups by name: has it a shape?
using Groups = std::map<std::string, bool>;

void check_outside(TableReader& table, const Groups& groups, const CellGroup& group) {
  auto& with_shape = table.known().names["group"];
  with_shape.clear();
  for (const auto& [name, shaped] : groups)
    if (shaped && name != group.name) with_shape.push_back(name);
  for (const std::string& name : group.outside) {
    const auto at = groups.find(name);
    if (at == groups.end())
      table.is_known("outside", name, "group");
    else if (name == group.name)
      table.problem("outside", fmt::format("\"{}\" is this group itself", name));
    else if (!at->second)
      table.problem("outside", fmt::format("\"{}\" is read from a file and has no shape", name));
  }
  table.put_default("outside", std::vector<std::string>{});
}

void resolve_shape(TableReader& table, const DomainParameters& domain, const Groups& groups, CellGroup& group) {
  if (const std::string shape = table.text("shape"); !shape.empty())
    table.check_applies("shapes " + shape, [&](const std::string& other) {
      const bool of_file = other == "table" || other == "csv";
      return of_file ? "belongs to cells read from a file, not to a shape" : not_of_shape(shape, other);
    });
  resolve_types(table, group);
  (void)table.only_one({"density", "count"}, "the number of cells is open: give density or count");
  read_rows(table, group, "shapes", {table.has("density") ? "count" : ""});
  resolve_place(table, domain, group);
  check_outside(table, groups, group);
}

// --- tables

void resolve_labels(TableReader& table, CellGroup& group) {
  if (table.has("map")) {
    TableReader map = table.table("map");
    for (const std::string& label : map.names()) {
      const std::string type = map.text(label);
      if (!type.empty() && map.is_known(label, type, "cell type")) group.map[label] = type;
    }
  }
  for (const std::string& label : group.ignore)
    if (group.map.contains(label))
      table.problem("ignore", fmt::format("\"{}\" is both ignored and mapped to \"{}\"", label, group.map.at(label)));
  table.put_default("ignore", std::vector<std::string>{});
}

void resolve_cell_table(TableReader& table, CellGroup& group) {
  const int dimensions = table.known().dimensions;
  const std::string words = table.text("format") == "physicell" ? "table" : "table csv";
  table.check_applies(words, [](const std::string& other) {
    return other == "csv" ? "a PhysiCell table has no header to name columns; it belongs to format \"csv\""
                          : "does not belong to cells read from a file";
  });
  group.from_table = true;
  if (dimensions != 0)
    table.put_default("offset", std::vector<std::string>(static_cast<std::size_t>(dimensions), "0 um"));
  if (const std::string type = table.text("type"); !type.empty() && table.is_known("type", type, "cell type"))
    group.types[type] = 1.0;
  const bool flat = dimensions == 2 && !table.gives("columns.z");  // a section does not read it
  read_rows(table, group, words, {flat ? "columns.z" : ""});
  resolve_labels(table, group);
  const char* const unread = "is not read where type is given for the whole table";
  if (!group.types.empty() && !group.map.empty()) table.problem("map", unread);
  if (!group.types.empty() && !group.ignore.empty()) table.problem("ignore", unread);
}

}  // namespace

void resolve_tissue(TableReader& top, Parameters& parameters) {
  if (!top.has("tissue")) return;
  std::vector<TableReader> tables = top.table("tissue").elements("cells");
  Groups groups;
  for (TableReader& table : tables) {
    const std::string name = table.text("name");
    if (!name.empty() && !groups.emplace(name, !table.has("file")).second)
      table.problem("name", fmt::format("another group is called \"{}\" too", name));
  }
  for (TableReader& table : tables) {
    CellGroup& group = parameters.tissue.emplace_back();
    read_rows(table, group);
    const std::string by =
        table.only_one({"shape", "file"}, "give shape, to place cells, or file, to read a table of cells");
    if (by.empty()) continue;
    if (by == "file")
      resolve_cell_table(table, group);
    else
      resolve_shape(table, parameters.domain, groups, group);
  }
}

}  // namespace vesicast::io
