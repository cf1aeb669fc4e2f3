// What happens to one vesicle class or factor at the faces of the domain.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "io/config/resolve_tables.hpp"

namespace vesicast::io {
namespace {

using Kinds = std::initializer_list<BoundaryKind>;

bool is_one(Kinds kinds, BoundaryKind kind) {
  return std::ranges::find(kinds, kind) != kinds.end();
}

/// The kinds that the class has for itself.
void resolve_kinds(TableReader& vesicle, Boundaries& boundary) {
  if (!vesicle.has("boundary")) return;
  TableReader kinds = vesicle.table("boundary");
  check_faces(kinds);
  std::string noted;  // an axis' key is told once for both faces
  for_faces([&](int axis, int side) {
    FaceBoundary& face = face_of(boundary, axis, side);
    const std::string key = key_of_face(kinds, axis, side);
    const std::string given = key.empty() || axis >= kinds.known().dimensions ? "" : kinds.text(key);
    if (given.empty() || key == noted) return;
    const bool periodic = kind_of(given) == BoundaryKind::periodic;
    if (periodic == (face.kind == BoundaryKind::periodic)) {
      face.kind = kind_of(given);
      return;
    }
    noted = key;
    kinds.problem(
        key, periodic
                 ? fmt::format("\"periodic\" holds for all vesicle classes: set {} in domain.boundary", axis_name(axis))
                 : fmt::format("domain.boundary is \"periodic\" along {}, for all vesicle classes", axis_name(axis)));
  });
}

/// Reads what the faces of `kinds` have in the table `name`, in the order of the kinds, by `read(table, face, key,
/// axis, side)`; the key is the face's where there is none. Notes the keys for other faces; `who` says which have one.
template <class Read>
void read_faces(TableReader& vesicle, const char* name, Kinds kinds, const char* who, Boundaries& boundary,
                const Read& read) {
  bool any = vesicle.has(name);
  for_faces([&](int axis, int side) { any = any || is_one(kinds, face_of(boundary, axis, side).kind); });
  if (!any) return;
  TableReader values = vesicle.table(name);
  check_faces(values);
  for_faces([&](int axis, int side) {
    const std::string key = key_of_face(values, axis, side);
    const BoundaryKind kind = face_of(boundary, axis, side).kind;
    if (!key.empty() && axis < values.known().dimensions && !is_one(kinds, kind))
      values.name_problem(key, fmt::format("the boundary {} is \"{}\"; {}", face_name(axis, side), word(kind), who));
  });
  for (const BoundaryKind kind : kinds)
    for_faces([&](int axis, int side) {
      FaceBoundary& face = face_of(boundary, axis, side);
      const std::string key = key_of_face(values, axis, side);
      if (face.kind == kind) read(values, face, key.empty() ? face_name(axis, side) : key, axis, side);
    });
}

void resolve_values(TableReader& vesicle, Boundaries& boundary, Resolved& resolved) {
  std::map<std::string, OutsideSeries> tables;  // by key: that of an axis serves two faces
  const auto read = [&](TableReader& values, FaceBoundary& face, const std::string& key, int axis, int side) {
    if (!values.has_table(key)) {
      face.value = values.quantity(key);
      return;
    }
    if (!tables.contains(key)) tables[key] = resolve_series(values.table(key));
    const auto& [value, file] = tables.at(key);
    face.value = value;
    if (!file) return;
    resolved.series.push_back(*file);
    resolved.series.back().vesicle = resolved.parameters.vesicles.size();
    resolved.series.back().axis = axis;
    resolved.series.back().side = side;
  };
  read_faces(vesicle, "boundary_value", {BoundaryKind::fixed, BoundaryKind::clearance},
             "only a \"fixed\" or \"clearance\" one has a value", boundary, read);
}

void resolve_permeabilities(TableReader& vesicle, Boundaries& boundary) {
  const auto read = [](TableReader& values, FaceBoundary& face, const std::string& key, int, int) {
    if (!values.has(key)) values.missing(key);
    face.permeability = values.quantity(key);
  };
  read_faces(vesicle, "boundary_permeability", {BoundaryKind::clearance}, "only a \"clearance\" one has a permeability",
             boundary, read);
}

}  // namespace

void resolve_boundaries(TableReader& vesicle, Boundaries& boundary, Resolved& resolved) {
  if (vesicle.known().dimensions == 0) return;  // nobody knows which faces there are
  resolve_kinds(vesicle, boundary);
  resolve_values(vesicle, boundary, resolved);
  resolve_permeabilities(vesicle, boundary);
}

}  // namespace vesicast::io
