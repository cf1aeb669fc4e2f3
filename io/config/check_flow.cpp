// What the flow asks of the faces of the vesicle classes and of the regions.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "io/config/resolve_tables.hpp"

namespace vesicast::io {
namespace {

const char* const open_kinds = "\"open\", \"fixed\" or \"clearance\"";

/// The key that says what happens to `vesicle` at a face.
std::string key_of_boundary(TableReader& top, const VesicleClass& vesicle, int axis, int side) {
  TableReader table = top.table(vesicle.substance == Substance::soluble ? "factor" : "vesicle").table(vesicle.name);
  if (table.has("boundary")) {
    const TableReader own = table.table("boundary");
    if (const std::string key = key_of_face(own, axis, side); !key.empty()) return join(own.path(), key);
  }
  const TableReader all = top.table("domain").table("boundary");
  return join(all.path(), key_of_face(all, axis, side));
}

/// The keys that keep a class from crossing one of `sides` with the fluid, each once, in words: "a and b".
std::string closing_keys(TableReader& top, const Parameters& parameters, int axis, std::initializer_list<int> sides,
                         BoundaryKind closed) {
  std::vector<std::string> keys;
  for (const VesicleClass& vesicle : parameters.vesicles)
    for (const int side : sides) {
      if (vesicle.boundary[static_cast<std::size_t>(axis)][static_cast<std::size_t>(side)].kind != closed) continue;
      std::string key = key_of_boundary(top, vesicle, axis, side);
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(std::move(key));
    }
  std::string text;
  for (std::size_t i = 0; i < keys.size(); ++i)
    text += fmt::format("{}{}", i == 0 ? "" : i + 1 == keys.size() ? " and " : ", ", keys[i]);
  return text;
}

/// A uniform flow passes through both faces of every axis along which it has a component, and through every voxel.
void check_uniform(TableReader& top, const Parameters& parameters) {
  TableReader flow = top.table("flow");
  bool flows = false;
  for (int axis = 0; axis < parameters.domain.dimensions; ++axis) {
    if (!(std::abs(parameters.flow.velocity[static_cast<std::size_t>(axis)]) > 0.0)) continue;
    flows = true;
    const std::string keys = closing_keys(top, parameters, axis, {0, 1}, BoundaryKind::no_flux);
    if (!keys.empty())
      flow.problem("velocity",
                   fmt::format("flows along {0}, through faces that are \"no-flux\" by {1}; they must be {2}, "
                               "or \"periodic\"",
                               axis_name(axis), keys, open_kinds));
  }
  std::vector<TableReader> regions = top.elements("region");
  for (std::size_t i = 0; i < parameters.regions.size() && i < regions.size(); ++i)
    if (flows && parameters.regions[i].obstacle)
      regions[i].problem("obstacle", "a flow with flow.kind = \"uniform\" cannot go round an obstacle; \"darcy\" does");
}

/// Where a pressure is held the fluid crosses, and takes the vesicles along.
void check_pressures(TableReader& top, const Parameters& parameters) {
  TableReader flow = top.table("flow");
  bool held = false;
  for (int axis = 0; axis < parameters.domain.dimensions; ++axis)
    for (int side = 0; side < 2; ++side) {
      if (!parameters.flow.boundary[static_cast<std::size_t>(axis)][static_cast<std::size_t>(side)].pressure) continue;
      held = true;
      TableReader pressure = flow.table("pressure");
      const std::string key = key_of_face(pressure, axis, side);
      for (const BoundaryKind closed : {BoundaryKind::no_flux, BoundaryKind::periodic})
        if (const std::string keys = closing_keys(top, parameters, axis, {side}, closed); !keys.empty())
          pressure.problem(key, fmt::format("the fluid crosses {0}, which is \"{1}\" by {2}; it must be {3}",
                                            face_name(axis, side), word(closed), keys, open_kinds));
    }
  const auto exchanges = [](const Region& r) {
    const auto leaks = [](const std::optional<Vessels>& v) { return v && !(v->hydraulic_conductivity <= 0.0); };
    return leaks(r.blood) || leaks(r.lymph);
  };
  if (held || parameters.domain.dimensions == 0) return;
  if (std::none_of(parameters.regions.begin(), parameters.regions.end(), exchanges))
    flow.problem(
        "kind",
        "\"darcy\" needs something that drives the flow: a pressure in flow.pressure, or a region with blood or "
        "lymph whose hydraulic_conductivity is above 0");
}

}  // namespace

void check_flow(TableReader& top, const Parameters& parameters) {
  if (parameters.flow.kind == FlowKind::uniform) check_uniform(top, parameters);
  if (parameters.flow.kind == FlowKind::darcy) check_pressures(top, parameters);
}

}  // namespace vesicast::io
