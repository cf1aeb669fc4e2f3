#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "io/config/resolve_files.hpp"
#include "io/config/resolve_shapes.hpp"
#include "io/text/nearest.hpp"

namespace vesicast::io {
namespace {

void resolve_columns(TableReader& table, int dimensions, CellGroup& group) {
  if (group.format != CellGroup::Format::csv) return;
  TableReader columns = table.table("columns");
  group.column_x = columns.text("x");
  group.column_y = columns.text("y");
  group.column_type = columns.text("type");
  if (dimensions != 2 || columns.has("z")) group.column_z = columns.text("z");  // a section does not read it
}

void resolve_labels(TableReader& table, const std::vector<std::string>& cell_types, CellGroup& group) {
  if (table.has("map")) {
    TableReader map = table.table("map");
    for (const std::string& label : map.names()) {
      const std::string type = map.text(label);
      if (!type.empty() && check_cell_type(map, label, type, cell_types)) group.map[label] = type;
    }
  }
  group.ignore = table.strings("ignore");
  for (const std::string& label : group.ignore)
    if (group.map.contains(label))
      table.problem("ignore", fmt::format("\"{}\" is both ignored and mapped to \"{}\"", label, group.map.at(label)));
  table.put_default("ignore", std::vector<std::string>{});
}

}  // namespace

bool check_cell_type(TableReader& table, const std::string& key, const std::string& name,
                     const std::vector<std::string>& cell_types) {
  if (name.empty()) return false;
  if (std::find(cell_types.begin(), cell_types.end(), name) != cell_types.end()) return true;
  table.problem(key, fmt::format("unknown cell type \"{}\"{}", name, suggestion(name, cell_types, "cell types")));
  return false;
}

void resolve_cell_table(TableReader& table, const std::string& folder, const DomainParameters& domain,
                        const std::vector<std::string>& cell_types, CellGroup& group) {
  group.from_table = true;
  group.file = read_path(table, "file", folder);
  group.format = table.text("format") == "physicell" ? CellGroup::Format::physicell : CellGroup::Format::csv;
  resolve_columns(table, domain.dimensions, group);
  group.pixel_size = table.quantity("pixel_size");
  if (domain.dimensions != 0)
    table.put_default("offset", std::vector<std::string>(static_cast<std::size_t>(domain.dimensions), "0 um"));
  group.offset = read_vector(table, "offset", domain, 0.0);
  resolve_labels(table, cell_types, group);
  group.ignore_outside = table.text("outside_domain") == "ignore";
}

}  // namespace vesicast::io
