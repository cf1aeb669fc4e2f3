#include <fmt/format.h>

#include "io/config/read_rows.hpp"
#include "io/config/resolve_tables.hpp"

namespace vesicast::io {

void resolve_flow(TableReader& top, FlowParameters& flow) {
  TableReader table = top.table("flow");
  const std::string kind = table.text("kind");
  if (kind.empty()) return;  // an unknown kind was noted
  table.check_applies(kind, [&](const std::string& other) {
    return fmt::format("belongs to kind = \"{}\"; it is \"{}\"", other, kind);
  });
  if (kind == "map" && !table.has("map"))
    table.problem("a flow from a map needs map = { file = \"flow.vti\", array = \"velocity\" }");
  read_rows(table, flow, kind);
  if (kind != "darcy" || !table.has("pressure")) return;
  TableReader pressure = table.table("pressure");
  check_faces(pressure);
  for_faces([&](int axis, int side) {
    if (const std::string key = key_of_face(pressure, axis, side); !key.empty())
      face_of(flow.boundary, axis, side).pressure = pressure.quantity(key);
  });
}

}  // namespace vesicast::io
