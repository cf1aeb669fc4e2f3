#include "io/config/resolve_shapes.hpp"

#include <fmt/format.h>

#include <cmath>

namespace vesicast::io {
namespace {

void resolve_types(TableReader& table, const std::vector<std::string>& cell_types, CellGroup& group) {
  if (table.has("type") && table.has("mix")) {
    table.name_problem("mix", "type and mix exclude each other");
  } else if (table.has("type")) {
    const std::string type = table.text("type");
    if (check_cell_type(table, "type", type, cell_types)) group.types[type] = 1.0;
  } else if (table.has("mix")) {
    TableReader mix = table.table("mix");
    double sum = 0.0;
    for (const std::string& type : mix.names()) {
      check_cell_type(mix, type, type, cell_types);
      sum += group.types[type] = mix.number(type);
    }
    if (std::abs(sum - 1.0) > 1e-9) table.problem("mix", fmt::format("the shares add up to {:.10g}, not to 1", sum));
    for (auto& [type, share] : group.types) share /= sum;
  } else {
    table.problem("the cells have no type: give type = \"NAME\" or mix = { NAME = share, ... }");
  }
}

void resolve_number_of_cells(TableReader& table, CellGroup& group) {
  const bool density = table.has("density"), count = table.has("count");
  if (density && count) table.name_problem("count", "density and count exclude each other");
  if (!density && !count) table.problem("the number of cells is open: give density or count");
  if (density) group.density = table.quantity("density");
  if (count && !density) group.count = table.integer("count");
}

}  // namespace

void resolve_shape(TableReader& table, const DomainParameters& domain, const std::vector<std::string>& cell_types,
                   CellGroup& group) {
  resolve_types(table, cell_types, group);
  resolve_number_of_cells(table, group);
  resolve_place(table, domain, group);
}

}  // namespace vesicast::io
