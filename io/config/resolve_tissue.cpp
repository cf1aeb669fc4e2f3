// [[tissue.cells]]: cells placed in a shape, or read from a table.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "io/config/read_rows.hpp"
#include "io/config/resolve_tables.hpp"

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

/// What the types of a group are, and where the names of the others lead.
struct Known {
  std::vector<std::string> cell_types;
  std::map<std::string, bool> groups;  ///< by name: has it a shape?
};

bool check_type(TableReader& table, const std::string& key, const std::string& name, const Known& known) {
  return !name.empty() && check_name_of(table, key, name, known.cell_types, "cell type", "cell types");
}

// --- shapes

void resolve_types(TableReader& table, const Known& known, CellGroup& group) {
  if (table.has("type") && table.has("mix")) {
    table.name_problem("mix", "type and mix exclude each other");
  } else if (table.has("type")) {
    const std::string type = table.text("type");
    if (check_type(table, "type", type, known)) group.types[type] = 1.0;
  } else if (table.has("mix")) {
    TableReader mix = table.table("mix");
    double sum = 0.0;
    for (const std::string& type : mix.names()) {
      check_type(mix, type, type, known);
      sum += group.types[type] = mix.number(type);
    }
    if (std::abs(sum - 1.0) > 1e-9) table.problem("mix", fmt::format("the shares add up to {:.10g}, not to 1", sum));
    for (auto& [type, share] : group.types) share /= sum;
  } else {
    table.problem("the cells have no type: give type = \"NAME\" or mix = { NAME = share, ... }");
  }
}

void check_outside(TableReader& table, const Known& known, const CellGroup& group) {
  std::vector<std::string> with_shape;
  for (const auto& [name, shaped] : known.groups)
    if (shaped && name != group.name) with_shape.push_back(name);
  for (const std::string& name : group.outside) {
    const auto at = known.groups.find(name);
    if (at == known.groups.end())
      check_name_of(table, "outside", name, with_shape, "group", "other named groups with a shape");
    else if (name == group.name)
      table.problem("outside", fmt::format("\"{}\" is this group itself", name));
    else if (!at->second)
      table.problem("outside", fmt::format("\"{}\" is read from a file and has no shape", name));
  }
  table.put_default("outside", std::vector<std::string>{});
}

void resolve_shape(TableReader& table, const DomainParameters& domain, const Known& known, CellGroup& group) {
  resolve_types(table, known, group);
  const bool density = table.has("density"), count = table.has("count");
  if (density && count) table.name_problem("count", "density and count exclude each other");
  if (!density && !count) table.problem("the number of cells is open: give density or count");
  if (density) read_rows(table, group, "shapes", {"count"});
  if (!density) read_rows(table, group, "shapes");
  resolve_place(table, domain, group);
  check_outside(table, known, group);
}

// --- tables

void resolve_columns(TableReader& table, int dimensions, CellGroup& group) {
  if (group.format != CellGroup::Format::csv) return;
  TableReader columns = table.table("columns");
  group.column_x = columns.text("x");
  group.column_y = columns.text("y");
  group.column_type = columns.text("type");
  if (dimensions != 2 || columns.has("z")) group.column_z = columns.text("z");  // a section does not read it
}

void resolve_labels(TableReader& table, const Known& known, CellGroup& group) {
  if (table.has("map")) {
    TableReader map = table.table("map");
    for (const std::string& label : map.names()) {
      const std::string type = map.text(label);
      if (check_type(map, label, type, known)) group.map[label] = type;
    }
  }
  for (const std::string& label : group.ignore)
    if (group.map.contains(label))
      table.problem("ignore", fmt::format("\"{}\" is both ignored and mapped to \"{}\"", label, group.map.at(label)));
  table.put_default("ignore", std::vector<std::string>{});
}

void resolve_cell_table(TableReader& table, const std::string& folder, const DomainParameters& domain,
                        const Known& known, CellGroup& group) {
  group.from_table = true;
  group.file = read_path(table, "file", folder);
  read_rows(table, group, "table");
  resolve_columns(table, domain.dimensions, group);
  if (domain.dimensions != 0)
    table.put_default("offset", std::vector<std::string>(static_cast<std::size_t>(domain.dimensions), "0 um"));
  group.offset = read_vector(table, "offset", domain, 0.0);
  resolve_labels(table, known, group);
}

}  // namespace

void resolve_tissue(TableReader& top, const std::string& folder, Parameters& parameters) {
  if (!top.has("tissue")) return;
  TableReader tissue = top.table("tissue");
  std::vector<TableReader> tables = tissue.elements("cells");
  Known known{.cell_types = names_of(parameters.cell_types), .groups = {}};
  for (TableReader& table : tables) {
    const std::string name = table.text("name");
    if (!name.empty() && !known.groups.emplace(name, !table.has("file")).second)
      table.problem("name", fmt::format("another group is called \"{}\" too", name));
  }
  for (TableReader& table : tables) {
    CellGroup& group = parameters.tissue.emplace_back();
    read_rows(table, group);
    const bool shape = table.has("shape"), file = table.has("file");
    if (shape && file) {
      table.name_problem("file", "shape and file exclude each other");
    } else if (!shape && !file) {
      table.problem("give shape, to place cells, or file, to read a table of cells");
    } else {
      check_belonging(table, file);
      if (file)
        resolve_cell_table(table, folder, parameters.domain, known, group);
      else
        resolve_shape(table, parameters.domain, known, group);
    }
  }
}

}  // namespace vesicast::io
