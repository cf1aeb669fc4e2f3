// What several tables need: files, faces of the domain, names.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "io/config/presets.hpp"
#include "io/config/resolve_tables.hpp"
#include "io/text/nearest.hpp"

namespace vesicast::io {
namespace {

/// What to append to `unknown vesicle class "ectosomes"`: the nearest class, or a shipped preset that is nearer.
std::string class_suggestion(const std::string& name, const std::vector<std::string>& classes) {
  std::vector<std::string> all = classes;
  for (const std::string& preset : preset_names("vesicle")) all.push_back(preset);
  const auto near = nearest(name, all);
  if (!near || std::ranges::find(classes, *near) != classes.end()) return suggestion(name, classes, "vesicle classes");
  return fmt::format(
      "; vesicle classes: {1}; a preset is shipped for such a class: [vesicle.{0}] with preset = \"{0}\"", *near,
      fmt::join(classes, ", "));
}

bool holds(const std::vector<std::string>& known, const std::string& name) {
  return std::ranges::find(known, name) != known.end();
}

/// The words of BoundaryKind, in its order.
const std::vector<std::string>& words_of_kinds() {
  return find_key("domain.boundary.<face>")->choices;
}

}  // namespace

std::string absolute_path(const std::string& folder, const std::string& file) {
  return (std::filesystem::path(folder) / file).lexically_normal().string();
}

std::string read_path(TableReader& table, const char* key, const std::string& folder) {
  const std::string file = table.text(key);
  if (file.empty()) return {};
  std::string absolute = absolute_path(folder, file);
  table.replace_text(key, absolute);
  return absolute;
}

MapFile read_map(TableReader table, const char* file, const std::string& folder) {
  std::string path = read_path(table, file, folder);
  return {.file = std::move(path), .array = table.text("array")};
}

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

const std::string& word(BoundaryKind kind) {
  return words_of_kinds().at(static_cast<std::size_t>(kind));
}

BoundaryKind kind_of(const std::string& word) {
  const auto& words = words_of_kinds();
  const auto at = std::ranges::find(words, word);
  return at == words.end() ? BoundaryKind::no_flux : static_cast<BoundaryKind>(at - words.begin());
}

bool check_name_of(TableReader& table, std::string_view key, const std::string& name,
                   const std::vector<std::string>& known, const char* what, const char* listing) {
  if (holds(known, name)) return true;
  table.problem(key, fmt::format("unknown {} \"{}\"{}", what, name, suggestion(name, known, listing)));
  return false;
}

bool check_own_name(TableReader& table, const std::string& name, const std::vector<std::string>& known,
                    const char* what, const char* listing) {
  if (holds(known, name)) return true;
  table.name_problem(name, fmt::format("unknown {} \"{}\"{}", what, name, suggestion(name, known, listing)));
  return false;
}

bool check_class(TableReader& table, const std::string& name, const std::vector<std::string>& classes) {
  if (holds(classes, name)) return true;
  table.name_problem(name, fmt::format("unknown vesicle class \"{}\"{}", name, class_suggestion(name, classes)));
  return false;
}

bool check_named_class(TableReader& table, const std::string& key, const std::string& name,
                       const std::vector<std::string>& classes) {
  if (holds(classes, name)) return true;
  table.problem(key, fmt::format("unknown vesicle class \"{}\"{}", name, class_suggestion(name, classes)));
  return false;
}

}  // namespace vesicast::io
