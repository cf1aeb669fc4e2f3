#include <fmt/format.h>

#include <cstddef>

#include "io/config/resolve_faces.hpp"
#include "io/config/resolve_files.hpp"
#include "io/config/resolve_shapes.hpp"
#include "io/config/resolve_tables.hpp"

namespace vesicast::io {
namespace {

FlowKind flow_kind(const std::string& word) {
  if (word == "uniform") return FlowKind::uniform;
  if (word == "map") return FlowKind::map;
  if (word == "darcy") return FlowKind::darcy;
  return FlowKind::none;
}

void resolve_pressures(TableReader& flow, int dimensions, FlowParameters& parameters) {
  if (!flow.has("pressure")) return;
  TableReader pressure = flow.table("pressure");
  check_faces(pressure, dimensions);
  for (int axis = 0; axis < 3; ++axis)
    for (int side = 0; side < 2; ++side)
      if (const std::string key = key_of_face(pressure, axis, side); !key.empty())
        parameters.boundary[static_cast<std::size_t>(axis)][static_cast<std::size_t>(side)].pressure =
            pressure.quantity(key);
}

}  // namespace

void resolve_flow(TableReader& top, const std::string& folder, Parameters& parameters) {
  TableReader table = top.table("flow");
  FlowParameters& flow = parameters.flow;
  const std::string kind = table.text("kind");
  if (kind.empty()) return;  // an unknown kind was noted
  flow.kind = flow_kind(kind);
  for (const std::string& name : table.names())
    if (const std::string of = table.applies(name); !of.empty() && of != kind)
      table.name_problem(name, fmt::format("belongs to kind = \"{}\"; it is \"{}\"", of, kind));
  switch (flow.kind) {
    case FlowKind::none:
      break;
    case FlowKind::uniform:
      if (!table.has("velocity")) table.missing("velocity");
      flow.velocity = read_vector(table, "velocity", parameters.domain, 0.0);
      break;
    case FlowKind::map:
      if (table.has("map"))
        flow.map = read_map(table.table("map"), "file", folder);
      else
        table.problem("a flow from a map needs map = { file = \"flow.vti\", array = \"velocity\" }");
      flow.divergence_tolerance = table.number("divergence_tolerance");
      break;
    case FlowKind::darcy:
      flow.conductivity = table.quantity("conductivity");
      resolve_pressures(table, parameters.domain.dimensions, flow);
      if (table.has("solved")) flow.solved = read_map(table.table("solved"), "file", folder);
      break;
  }
}

}  // namespace vesicast::io
