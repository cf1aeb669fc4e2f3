#include <fmt/format.h>

#include "io/config/read_rows.hpp"
#include "io/config/resolve_tables.hpp"

namespace vesicast::io {

void resolve_flow(TableReader& top, const std::string& folder, Parameters& parameters) {
  TableReader table = top.table("flow");
  FlowParameters& flow = parameters.flow;
  const std::string kind = table.text("kind");
  if (kind.empty()) return;  // an unknown kind was noted
  for (const std::string& name : table.names())
    if (const std::string of = table.applies(name); !of.empty() && of != kind)
      table.name_problem(name, fmt::format("belongs to kind = \"{}\"; it is \"{}\"", of, kind));
  if (kind == "map" && !table.has("map"))
    table.problem("a flow from a map needs map = { file = \"flow.vti\", array = \"velocity\" }");
  if (kind == "uniform" && !table.has("velocity")) table.missing("velocity");
  read_rows(table, flow, kind);
  if (kind == "uniform") flow.velocity = read_vector(table, "velocity", parameters.domain, 0.0);
  if (kind == "map" && table.has("map")) flow.map = read_map(table.table("map"), "file", folder);
  if (kind != "darcy") return;
  if (table.has("solved")) flow.solved = read_map(table.table("solved"), "file", folder);
  if (!table.has("pressure")) return;
  TableReader pressure = table.table("pressure");
  check_faces(pressure, parameters.domain.dimensions);
  for (int axis = 0; axis < 3; ++axis)
    for (int side = 0; side < 2; ++side)
      if (const std::string key = key_of_face(pressure, axis, side); !key.empty())
        flow.boundary[static_cast<std::size_t>(axis)][static_cast<std::size_t>(side)].pressure = pressure.quantity(key);
}

}  // namespace vesicast::io
