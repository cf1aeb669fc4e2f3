#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "io/config/nearest.hpp"
#include "io/config/resolve_tables.hpp"

namespace vesicast::io {
namespace {

const char* word(BoundaryKind kind) {
  switch (kind) {
    case BoundaryKind::no_flux:
      return "no-flux";
    case BoundaryKind::periodic:
      return "periodic";
    case BoundaryKind::open:
      return "open";
    case BoundaryKind::fixed:
      return "fixed";
    case BoundaryKind::clearance:
      return "clearance";
  }
  return "";
}

std::string face_name(int axis, int side) {
  return fmt::format("{}_{}", axis_name(axis), side == 0 ? "low" : "high");
}

/// Concentrations outside the fixed faces; a face's key wins over its axis' key.
void resolve_boundary_values(TableReader& vesicle, int dimensions, Boundaries& boundary) {
  const bool any_fixed = std::any_of(boundary.begin(), boundary.end(), [](const auto& axis) {
    return axis[0].kind == BoundaryKind::fixed || axis[1].kind == BoundaryKind::fixed;
  });
  if (!vesicle.has("boundary_value") && !any_fixed) return;
  TableReader values = vesicle.table("boundary_value");
  const std::vector<std::string> given = values.names();
  for (const std::string& name : given) {
    const auto& known = face_names();
    if (std::find(known.begin(), known.end(), name) == known.end()) continue;  // `check` has noted it
    const int axis = axis_of(name);
    if (axis == 2 && dimensions == 2) {
      values.name_problem(name, "a 2-D section has no faces in z");
      continue;
    }
    for (int side = 0; side < 2; ++side) {
      const std::string face = face_name(axis, side);
      const bool meant = name == face || (name == axis_name(axis) && !values.has(face));
      const BoundaryKind kind = boundary[static_cast<std::size_t>(axis)][static_cast<std::size_t>(side)].kind;
      if (meant && kind != BoundaryKind::fixed)
        values.name_problem(
            name, fmt::format("the boundary {} is \"{}\"; only a \"fixed\" one has a value", face, word(kind)));
    }
  }
  for (int axis = 0; axis < 3; ++axis)
    for (int side = 0; side < 2; ++side) {
      FaceBoundary& face = boundary[static_cast<std::size_t>(axis)][static_cast<std::size_t>(side)];
      if (face.kind != BoundaryKind::fixed) continue;
      const std::string name = face_name(axis, side);
      const bool by_axis = !values.has(name) && values.has(axis_name(axis));
      face.value = values.quantity(by_axis ? axis_name(axis) : name);
    }
}

}  // namespace

void resolve_vesicles(TableReader& top, const Boundaries& boundaries, Parameters& parameters) {
  if (top.has("cargo")) {
    TableReader all = top.table("cargo");
    for (const std::string& name : all.names()) {
      TableReader cargo = all.table(name);
      parameters.cargo.push_back({name, cargo.quantity("decay")});
    }
  }
  const std::vector<std::string> known_cargo = names_of(parameters.cargo);

  TableReader all = top.table("vesicle");
  for (const std::string& name : all.names()) {
    TableReader table = all.table(name);
    VesicleClass vesicle;
    vesicle.name = name;
    vesicle.diffusivity = table.quantity("diffusivity");
    vesicle.decay = table.quantity("decay");
    vesicle.initial_concentration = table.quantity("initial_concentration");
    vesicle.boundary = boundaries;
    if (parameters.domain.dimensions != 0)
      resolve_boundary_values(table, parameters.domain.dimensions, vesicle.boundary);
    if (table.has("cargo")) {
      TableReader carried = table.table("cargo");
      for (const std::string& species : carried.names()) {
        if (std::find(known_cargo.begin(), known_cargo.end(), species) == known_cargo.end())
          carried.name_problem(species, fmt::format("unknown cargo \"{}\"{}", species,
                                                    suggestion(species, known_cargo, "tables [cargo.NAME]")));
        vesicle.cargo[species] = carried.number(species);
      }
    }
    parameters.vesicles.push_back(std::move(vesicle));
  }
  if (parameters.vesicles.empty()) all.problem("at least one vesicle class is needed, such as [vesicle.exosome]");
}

}  // namespace vesicast::io
