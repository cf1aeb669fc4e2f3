#pragma once
/// \file
/// Tables with one key per face or axis of the domain: domain.boundary, vesicle.*.boundary_value, flow.pressure.
#include <string>

#include "io/config/table_reader.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast::io {

/// The axis of a face or axis name: 0 for "x", "x_low", "x_high".
[[nodiscard]] int axis_of(const std::string& face);
/// "x", "y", "z".
[[nodiscard]] const char* axis_name(int axis);
/// "x_low" for axis 0, side 0.
[[nodiscard]] std::string face_name(int axis, int side);

/// The key of `table` that holds for a face: its own, else its axis'; empty where there is neither.
[[nodiscard]] std::string key_of_face(const TableReader& table, int axis, int side);

/// Notes the keys for faces in z where a section has none. Nothing where `dimensions` is not 2.
void check_faces(TableReader& table, int dimensions);

/// The word for `kind` in a configuration, "no-flux".
[[nodiscard]] const char* word(BoundaryKind kind);
/// The kind of a word; no_flux for what is none.
[[nodiscard]] BoundaryKind kind_of(const std::string& word);

}  // namespace vesicast::io
