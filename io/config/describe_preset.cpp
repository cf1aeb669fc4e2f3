#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "decomposition/base/error.hpp"
#include "io/config/check.hpp"
#include "io/config/describe.hpp"
#include "io/config/presets.hpp"
#include "io/text/nearest.hpp"

namespace vesicast::io {
namespace {

constexpr const char* tables_with_presets[] = {"cell_type", "vesicle"};

/// The first line of a preset, a comment that says what it is.
std::string_view headline(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  return line.starts_with("# ") ? line.substr(2) : std::string_view();
}

std::string list() {
  std::string text;
  for (const char* table : tables_with_presets)
    for (const std::string& name : preset_names(table))
      text += fmt::format("{:<15} [{}.*]  {}\n", name, table, headline(*shipped_preset(table, name)));
  return text;
}

/// A value as it stands in a configuration.
std::string text_of(const Node& value) {
  if (!value.is(Node::Kind::array)) return shown(value);
  std::string text;
  for (const Node& entry : value.children) text += (text.empty() ? "" : ", ") + text_of(entry);
  return fmt::format("[{}]", text);
}

std::string one_preset(const char* table, std::string_view name) {
  const std::vector<PresetValue> values = preset_values(table, name);
  const std::string own = preset_name(name);
  std::size_t key_width = 0, value_width = 0;
  for (const PresetValue& v : values) {
    key_width = std::max(key_width, v.key.size());
    value_width = std::max(value_width, text_of(v.value).size());
  }
  std::string text = fmt::format("preset {} of [{}.*]\n  {}\n", own, table, headline(*shipped_preset(table, name)));
  for (const PresetValue& v : values)
    text += fmt::format("  {:<{}}  {:<{}}  {}  {}{}\n", v.key, key_width, text_of(v.value), value_width, v.confidence,
                        v.source, v.preset == own ? "" : fmt::format(" ({})", v.preset));
  return text;
}

}  // namespace

std::string describe_preset(std::string_view name) {
  if (name.empty()) return list();
  std::vector<std::string> known;
  for (const char* table : tables_with_presets) {
    if (shipped_preset(table, name)) return one_preset(table, name);
    for (std::string& one : preset_names(table)) known.push_back(std::move(one));
  }
  throw InputError(fmt::format("unknown preset \"{}\"{}", name, suggestion(name, known, "presets")));
}

}  // namespace vesicast::io
