#include "io/config/known.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "io/config/presets.hpp"
#include "io/text/nearest.hpp"

namespace vesicast::io {
namespace {

/// What is named, in messages: one of them, and all that there are.
struct Words {
  std::string_view what;
  const char* one;
  const char* all;
};
constexpr Words all_words[] = {{"class", "vesicle class", "vesicle classes"},
                               {"field", "vesicle class", "vesicle classes"},
                               {"factor", "factor", "tables [factor.NAME]"},
                               {"cargo", "cargo", "tables [cargo.NAME]"},
                               {"cell type", "cell type", "cell types"},
                               {"response", "response", "responses of this cell type"},
                               {"group", "group", "other named groups with a shape"}};

/// A shipped preset that is nearer to `name` than any of `classes`, and how to use it; else empty.
std::string as_preset(const std::string& name, const std::vector<std::string>& classes) {
  std::vector<std::string> all = classes;
  for (const std::string& preset : preset_names("vesicle")) all.push_back(preset);
  const auto near = nearest(name, all);
  if (!near || std::ranges::find(classes, *near) != classes.end()) return "";
  return fmt::format(
      "; vesicle classes: {1}; a preset is shipped for such a class: [vesicle.{0}] with preset = \"{0}\"", *near,
      fmt::join(classes, ", "));
}

}  // namespace

std::string absolute_path(const std::string& folder, const std::string& file) {
  return (std::filesystem::path(folder) / file).lexically_normal().string();
}

std::string unknown_name(const Known& known, std::string_view what, const std::string& name) {
  const auto at = known.names.find(what);
  const std::vector<std::string> names = at == known.names.end() ? std::vector<std::string>() : at->second;
  if (std::ranges::find(names, name) != names.end()) return "";
  const Words& of = *std::ranges::find(all_words, what, &Words::what);
  std::string hint = what == "class" || what == "field" ? as_preset(name, names) : "";
  if (hint.empty()) hint = suggestion(name, names, of.all);
  return fmt::format("unknown {} \"{}\"{}", of.one, name, hint);
}

}  // namespace vesicast::io
