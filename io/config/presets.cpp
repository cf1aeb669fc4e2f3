#include "io/config/presets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "io/config/expand_presets.hpp"
#include "io/text/trimmed.hpp"
#include "vesicast_presets.hpp"

namespace vesicast::io {
namespace {

/// The line of `text` that is counted `number`, from 1; empty beyond its end.
std::string_view line_of(std::string_view text, int number) {
  for (int i = 1; i < number; ++i) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  return text.substr(0, text.find('\n'));
}

/// What stands behind the first # of `line` outside quotes.
std::string_view comment_of(std::string_view line) {
  char quote = '\0';
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote != '\0') {
      if (c == '\\' && quote == '"') ++i;
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '#') {
      return trimmed(line.substr(i + 1), " \t\r");
    }
  }
  return {};
}

void collect(const Node& table, const std::string& path, std::string_view table_name, std::vector<PresetValue>& all) {
  for (const Node& node : table.children) {
    const std::string key = join(path, node.key);
    if (node.is(Node::Kind::table)) {
      collect(node, key, table_name, all);
      continue;
    }
    PresetValue value{key, node, {}, {}, {}};
    if (node.where.source != nullptr) value.preset = name_in_label(*node.where.source);
    const auto text = shipped_preset(table_name, value.preset);
    const std::string_view comment = text ? comment_of(line_of(*text, node.where.line)) : std::string_view();
    const std::size_t end = comment.rfind(';');
    if (end != std::string_view::npos) {
      value.source = trimmed(comment.substr(0, end), " \t\r");
      const std::string_view last = trimmed(comment.substr(end + 1), " \t\r");
      if (last == "H" || last == "M" || last == "L") value.confidence = last;
    }
    all.push_back(std::move(value));
  }
}

}  // namespace

std::string preset_name(std::string_view name) {
  std::string plain(name);
  for (char& c : plain) c = c == ' ' || c == '-' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return plain;
}

std::optional<std::string_view> shipped_preset(std::string_view table, std::string_view name) {
  const std::string wanted = preset_name(name);
  for (const ShippedPreset& preset : shipped_presets)
    if (preset.table == table && preset.name == wanted) return preset.text;
  return std::nullopt;
}

std::vector<std::string> preset_names(std::string_view table) {
  std::vector<std::string> names;
  for (const ShippedPreset& preset : shipped_presets)
    if (preset.table == table) names.emplace_back(preset.name);
  return names;
}

std::vector<PresetValue> preset_values(std::string_view table, std::string_view name) {
  std::vector<PresetValue> all;
  collect(expanded_preset(table, name), "", table, all);
  return all;
}

}  // namespace vesicast::io
