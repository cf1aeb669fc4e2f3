#include "io/config/resolve_faces.hpp"

#include <fmt/format.h>

#include <utility>

#include "decomposition/base/error.hpp"

namespace vesicast::io {
namespace {

constexpr std::pair<BoundaryKind, const char*> words_of_kinds[] = {{BoundaryKind::no_flux, "no-flux"},
                                                                   {BoundaryKind::periodic, "periodic"},
                                                                   {BoundaryKind::open, "open"},
                                                                   {BoundaryKind::fixed, "fixed"},
                                                                   {BoundaryKind::clearance, "clearance"}};

}  // namespace

int axis_of(const std::string& face) {
  if (face.empty() || face[0] < 'x' || face[0] > 'z') throw InternalError("no axis in \"" + face + "\"");
  return face[0] - 'x';
}

const char* axis_name(int axis) {
  static const char* const names[3] = {"x", "y", "z"};
  return names[axis];
}

std::string face_name(int axis, int side) {
  return fmt::format("{}_{}", axis_name(axis), side == 0 ? "low" : "high");
}

std::string key_of_face(const TableReader& table, int axis, int side) {
  if (std::string face = face_name(axis, side); table.has(face)) return face;
  return table.has(axis_name(axis)) ? axis_name(axis) : "";
}

void check_faces(TableReader& table, int dimensions) {
  if (dimensions != 2) return;
  for (const char* name : {"z", "z_low", "z_high"})
    if (table.has(name)) table.name_problem(name, "a 2-D section has no faces in z");
}

const char* word(BoundaryKind kind) {
  for (const auto& [k, text] : words_of_kinds)
    if (k == kind) return text;
  throw InternalError("a boundary kind without a word in io/config/resolve_faces.cpp");
}

BoundaryKind kind_of(const std::string& word) {
  for (const auto& [kind, text] : words_of_kinds)
    if (word == text) return kind;
  return BoundaryKind::no_flux;
}

}  // namespace vesicast::io
