// Faces and axes of the domain, as keys.
#include <fmt/format.h>

#include <algorithm>

#include "io/config/resolve_tables.hpp"

namespace vesicast::io {
namespace {

/// The words of BoundaryKind, in its order.
const std::vector<std::string>& words_of_kinds() {
  return find_key("domain.boundary.<face>")->choices;
}

}  // namespace

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

void check_faces(TableReader& table) {
  if (table.known().dimensions != 2) return;
  for (const char* name : {"z", "z_low", "z_high"})
    if (table.has(name)) table.name_problem(name, "a 2-D section has no faces in z");
}

const std::string& word(BoundaryKind kind) {
  return words_of_kinds().at(static_cast<std::size_t>(kind));
}

BoundaryKind kind_of(const std::string& word) {
  const auto& words = words_of_kinds();
  const auto at = std::ranges::find(words, word);
  return at == words.end() ? BoundaryKind::no_flux : static_cast<BoundaryKind>(at - words.begin());
}

}  // namespace vesicast::io
