#include <fmt/format.h>

#include "io/config/describe.hpp"
#include "io/config/registry.hpp"

namespace vesicast::io {
namespace {

/// `text` inside a cell of a Markdown table.
std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|' || c == '*' || c == '<') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string code(std::string_view text) {
  return text.empty() ? std::string() : fmt::format("`{}`", text);
}

/// "vesicle.*" is written [vesicle.NAME], an array of tables [[tissue.cells]].
std::string heading(const TableInfo& table) {
  const std::string path = with_placeholders(table.path);
  return table.path.ends_with("[]") ? fmt::format("[[{}]]", path) : fmt::format("[{}]", path);
}

std::string row(const Key& key, std::string_view name) {
  std::string range = range_words(key);
  if (const std::string typical = typical_words(key.more); !typical.empty())
    range += fmt::format("{}typical: {}", range.empty() ? "" : "; ", typical);
  const std::string applies = *key.more.applies == '\0' ? "" : fmt::format(" ({})", key.more.applies);
  const std::string standard = key.more.required == Required::always || key.default_text.empty()
                                   ? cell(default_words(key))
                                   : code(default_words(key));
  return fmt::format("| {} | {} | {} | {} | {} | {}{} | {} |\n", code(name), cell(kind_words(key)),
                     cell(unit(key.dimension)), standard, cell(range), cell(key.meaning), cell(applies),
                     cell(words(key.source)));
}

}  // namespace

std::string reference_markdown() {
  std::string text;
  for (const TableInfo& table : tables()) {
    if (table.path.empty()) continue;
    std::string rows;
    for (const Key& key : keys()) {
      const std::size_t dot = key.path.rfind('.');
      if (key.path.substr(0, dot) != table.path) continue;
      const std::string path = with_placeholders(key.path);
      rows += row(key, path.substr(path.rfind('.') + 1));
    }
    if (rows.empty()) continue;
    if (!text.empty()) text += "\n";
    text += fmt::format("## `{}`\n\n{}.\n\n", heading(table), cell(table.meaning));
    text +=
        "| key | type | unit inside | default | allowed | meaning | source |\n|---|---|---|---|---|---|---|\n" + rows;
  }
  return text;
}

}  // namespace vesicast::io
