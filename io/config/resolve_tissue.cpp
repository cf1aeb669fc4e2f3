#include <fmt/format.h>

#include <map>

#include "io/config/resolve_shapes.hpp"
#include "io/config/resolve_tables.hpp"
#include "io/text/nearest.hpp"

namespace vesicast::io {
namespace {

/// Notes the keys that mean nothing in a group of this shape, or in a table of this format.
void check_belonging(TableReader& table, bool from_table) {
  const std::string shape = from_table ? "" : table.text("shape");
  const std::string format = from_table ? table.text("format") : "";
  if (!from_table && shape.empty()) return;  // an unknown shape was noted
  for (const std::string& name : table.names()) {
    const std::string applies = table.applies(name);
    if (applies.empty()) continue;
    if (from_table) {
      if (applies == "csv" && format == "physicell")
        table.name_problem(name, "a PhysiCell table has no header to name columns; it belongs to format \"csv\"");
      else if (applies != "table" && applies != "csv")
        table.name_problem(name, "does not belong to cells read from a file");
    } else if (applies == "table" || applies == "csv") {
      table.name_problem(name, "belongs to cells read from a file, not to a shape");
    } else if (applies != "shapes" && !lists(applies, shape)) {
      table.name_problem(name, fmt::format("does not belong to the shape \"{}\", only to: {}", shape, applies));
    }
  }
}

/// Which group has which name, and whether it has a shape.
using Groups = std::map<std::string, bool>;

void check_outside(TableReader& table, const Groups& groups, CellGroup& group) {
  group.outside = table.strings("outside");
  std::vector<std::string> with_shape;
  for (const auto& [name, shaped] : groups)
    if (shaped && name != group.name) with_shape.push_back(name);
  for (const std::string& name : group.outside) {
    const auto at = groups.find(name);
    if (at == groups.end())
      table.problem("outside", fmt::format("unknown group \"{}\"{}", name,
                                           suggestion(name, with_shape, "other named groups with a shape")));
    else if (name == group.name)
      table.problem("outside", fmt::format("\"{}\" is this group itself", name));
    else if (!at->second)
      table.problem("outside", fmt::format("\"{}\" is read from a file and has no shape", name));
  }
  table.put_default("outside", std::vector<std::string>{});
}

}  // namespace

void resolve_tissue(TableReader& top, const std::string& folder, Parameters& parameters) {
  if (!top.has("tissue")) return;
  TableReader tissue = top.table("tissue");
  const std::vector<std::string> cell_types = names_of(parameters.cell_types);
  std::vector<TableReader> tables = tissue.elements("cells");

  Groups groups;
  for (TableReader& table : tables) {
    const std::string name = table.text("name");
    if (!name.empty() && !groups.emplace(name, !table.has("file")).second)
      table.problem("name", fmt::format("another group is called \"{}\" too", name));
  }
  for (TableReader& table : tables) {
    CellGroup group;
    group.name = table.text("name");
    const bool shape = table.has("shape"), file = table.has("file");
    if (shape && file) {
      table.name_problem("file", "shape and file exclude each other");
    } else if (!shape && !file) {
      table.problem("give shape, to place cells, or file, to read a table of cells");
    } else if (file) {
      check_belonging(table, true);
      resolve_cell_table(table, folder, parameters.domain, cell_types, group);
    } else {
      check_belonging(table, false);
      resolve_shape(table, parameters.domain, cell_types, group);
      check_outside(table, groups, group);
    }
    parameters.tissue.push_back(std::move(group));
  }
}

}  // namespace vesicast::io
