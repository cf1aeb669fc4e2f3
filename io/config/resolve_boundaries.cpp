// What happens to one vesicle class or factor at the faces of the domain.
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <map>

#include "io/config/resolve_tables.hpp"

namespace vesicast::io {
namespace {

FaceBoundary& face_of(Boundaries& boundary, int axis, int side) {
  return boundary[static_cast<std::size_t>(axis)][static_cast<std::size_t>(side)];
}

/// The kinds that the class has for itself.
void resolve_kinds(TableReader& vesicle, int dimensions, Boundaries& boundary) {
  if (!vesicle.has("boundary")) return;
  TableReader kinds = vesicle.table("boundary");
  check_faces(kinds, dimensions);
  for (int axis = 0; axis < dimensions; ++axis) {
    std::string noted;  // an axis' key is told once for both faces
    for (int side = 0; side < 2; ++side) {
      FaceBoundary& face = face_of(boundary, axis, side);
      const std::string key = key_of_face(kinds, axis, side);
      const std::string given = key.empty() ? "" : kinds.text(key);
      if (given.empty() || key == noted) continue;
      const bool periodic = kind_of(given) == BoundaryKind::periodic;
      if (periodic == (face.kind == BoundaryKind::periodic)) {
        face.kind = kind_of(given);
        continue;
      }
      noted = key;
      kinds.problem(key, periodic ? fmt::format("\"periodic\" holds for all vesicle classes: set {} in domain.boundary",
                                                axis_name(axis))
                                  : fmt::format("domain.boundary is \"periodic\" along {}, for all vesicle classes",
                                                axis_name(axis)));
    }
  }
}

/// Notes the keys of `values` for faces whose kind is none of `kinds`; `who` says which have one.
void check_meant(TableReader& values, int dimensions, Boundaries& boundary, std::initializer_list<BoundaryKind> kinds,
                 const char* who) {
  check_faces(values, dimensions);
  for (const std::string& name : values.names()) {
    const auto& known = face_names();
    if (std::find(known.begin(), known.end(), name) == known.end()) continue;  // `check` has noted it
    const int axis = axis_of(name);
    for (int side = 0; side < 2 && axis < dimensions; ++side) {
      const BoundaryKind kind = face_of(boundary, axis, side).kind;
      if (key_of_face(values, axis, side) == name && std::find(kinds.begin(), kinds.end(), kind) == kinds.end())
        values.name_problem(name, fmt::format("the boundary {} is \"{}\"; {}", face_name(axis, side), word(kind), who));
    }
  }
}

bool any(const Boundaries& boundary, BoundaryKind kind) {
  return std::any_of(boundary.begin(), boundary.end(),
                     [&](const auto& axis) { return axis[0].kind == kind || axis[1].kind == kind; });
}

/// Calls `read(face, key, axis, side)` for each face of `kind`; the key is the face's where there is none.
template <class Read>
void for_faces(const TableReader& values, Boundaries& boundary, BoundaryKind kind, const Read& read) {
  for (int axis = 0; axis < 3; ++axis)
    for (int side = 0; side < 2; ++side) {
      FaceBoundary& face = face_of(boundary, axis, side);
      if (face.kind != kind) continue;
      const std::string key = key_of_face(values, axis, side);
      read(face, key.empty() ? face_name(axis, side) : key, axis, side);
    }
}

/// A concentration against time: known, or in a file that is still to be read, without its class and face.
struct OutsideSeries {
  TimeSeries value;
  std::optional<SeriesFile> file;
};

/// What 1 is in the column that `key` names, from the unit in brackets at the end of its header; NaN where it is wrong.
double unit_of_column(TableReader& table, const char* key, Dimension dimension) {
  const std::string header = table.text(key);
  const std::size_t open = header.rfind('[');
  try {
    if (!header.empty() && header.back() == ']' && open != std::string::npos)
      return convert(fmt::format("1 {}", header.substr(open + 1, header.size() - open - 2)), dimension);
    if (!header.empty())
      table.problem(key, fmt::format("the header of the column ends in its unit, as in \"{}\"",
                                     find_key(fmt::format("vesicle.*.boundary_value.<face>.{}", key))->default_text));
  } catch (const InputError& error) {
    table.problem(key, fmt::format("the unit of the column: {}", error.what()));
  }
  return std::numeric_limits<double>::quiet_NaN();
}

TimeSeries inline_series(TableReader& table) {
  for (const char* key : {"times", "values"})
    if (!table.has(key)) table.missing(key);
  const std::vector<double> times = table.vector("times"), values = table.vector("values");
  if (times.empty() || values.empty()) return {};
  if (times.size() != values.size()) {
    table.problem("values", fmt::format("has {} entries, but times has {}", values.size(), times.size()));
    return {};
  }
  for (std::size_t i = 1; i < times.size(); ++i) {
    if (times[i] > times[i - 1]) continue;
    table.problem("times", fmt::format("entry {}, {} s, is not after the one before, {} s", i, times[i], times[i - 1]));
    return {};
  }
  return {times, values};
}

/// What `table` holds instead of one concentration.
OutsideSeries resolve_series(TableReader table, const std::string& folder) {
  const bool in_file = table.has("file"), here = table.has("times") || table.has("values");
  if (in_file && here) {
    table.name_problem("file", "a table in a file and one written here exclude each other");
  } else if (!in_file && !here) {
    table.problem("give times and values, or the file of a table");
  } else if (here) {
    for (const char* name : {"time", "value"})
      if (table.has(name)) table.name_problem(name, "names a column of a file; here give times and values");
    return {inline_series(table), std::nullopt};
  } else {
    SeriesFile one;
    one.file = read_path(table, "file", folder);
    one.time_column = table.text("time");
    one.value_column = table.text("value");
    one.time_unit = unit_of_column(table, "time", Dimension::time);
    one.concentration_unit = unit_of_column(table, "value", Dimension::concentration);
    return {{}, std::move(one)};
  }
  return {};
}

void resolve_values(TableReader& vesicle, const std::string& folder, Boundaries& boundary, Resolved& resolved) {
  const bool needed = any(boundary, BoundaryKind::fixed) || any(boundary, BoundaryKind::clearance);
  if (!needed && !vesicle.has("boundary_value")) return;
  TableReader values = vesicle.table("boundary_value");
  check_meant(values, resolved.parameters.domain.dimensions, boundary, {BoundaryKind::fixed, BoundaryKind::clearance},
              "only a \"fixed\" or \"clearance\" one has a value");
  std::map<std::string, OutsideSeries> tables;  // by key: that of an axis serves two faces
  const auto read = [&](FaceBoundary& face, const std::string& key, int axis, int side) {
    if (!values.has_table(key)) {
      face.value = values.quantity(key);
      return;
    }
    if (!tables.contains(key)) tables[key] = resolve_series(values.table(key), folder);
    const auto& [value, file] = tables.at(key);
    face.value = value;
    if (!file) return;
    resolved.series.push_back(*file);
    resolved.series.back().vesicle = resolved.parameters.vesicles.size();
    resolved.series.back().axis = axis;
    resolved.series.back().side = side;
  };
  for (const BoundaryKind kind : {BoundaryKind::fixed, BoundaryKind::clearance})
    for_faces(values, boundary, kind, read);
}

void resolve_permeabilities(TableReader& vesicle, int dimensions, Boundaries& boundary) {
  if (!any(boundary, BoundaryKind::clearance) && !vesicle.has("boundary_permeability")) return;
  TableReader values = vesicle.table("boundary_permeability");
  check_meant(values, dimensions, boundary, {BoundaryKind::clearance}, "only a \"clearance\" one has a permeability");
  for_faces(values, boundary, BoundaryKind::clearance, [&](FaceBoundary& face, const std::string& key, int, int) {
    if (!values.has(key)) values.missing(key);
    face.permeability = values.quantity(key);
  });
}

}  // namespace

void resolve_boundaries(TableReader& vesicle, const std::string& folder, Boundaries& boundary, Resolved& resolved) {
  const int dimensions = resolved.parameters.domain.dimensions;
  resolve_kinds(vesicle, dimensions, boundary);
  resolve_values(vesicle, folder, boundary, resolved);
  resolve_permeabilities(vesicle, dimensions, boundary);
}

}  // namespace vesicast::io
