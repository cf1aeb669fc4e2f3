// Values that a configuration gives beyond what is usual of their keys.
#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "io/config/check.hpp"
#include "io/config/resolve_tables.hpp"

namespace vesicast::io {
namespace {

/// A number or quantity; of a vector the length. Nothing of what is neither.
std::optional<double> magnitude(const Node& value, Dimension dimension) {
  if (value.is(Node::Kind::array)) {
    double squares = 0.0;
    for (const Node& one : value.children) {
      const auto length = magnitude(one, dimension);
      if (!length) return std::nullopt;
      squares += *length * *length;
    }
    return std::sqrt(squares);
  }
  if (value.is(Node::Kind::string) != (dimension != Dimension::none)) return std::nullopt;
  return value.is(Node::Kind::string)    ? convert(value.text, dimension)
         : value.is(Node::Kind::integer) ? static_cast<double>(value.integer)
                                         : value.number;
}

/// What `value` is, in words, where that is beyond what is usual; else empty. 0 is not: it switches off what the key
/// says.
std::string unusual_words(const Node& value, const Key& key) {
  if (!key.more.usual.known() || !check_value(value, key, "", nullptr)) return "";  // noted
  const auto number = magnitude(value, key.dimension);
  if (!number || *number == 0.0 || range_of(key.more.usual).contains(*number)) return "";
  return value.is(Node::Kind::array) ? fmt::format("{:g} {} in all", *number, unit(key.dimension)) : shown(value);
}

void warn_in_table(const Node& table, const std::string& path, const std::string& pattern,
                   std::vector<std::string>& warnings);

void warn_of_child(const Node& node, const Child& child, const std::string& path, std::vector<std::string>& warnings) {
  if (node.is(Node::Kind::table)) {
    if (child.table != nullptr) warn_in_table(node, path, child.pattern, warnings);
  } else if (child.is_array) {
    std::size_t i = 0;
    for (const Node& element : node.children)
      warn_in_table(element, join(path, fmt::format("{}", i++)), child.pattern, warnings);
  } else if (child.key != nullptr) {
    if (const std::string what = unusual_words(node, *child.key); !what.empty())
      warnings.push_back(
          fmt::format("{}: {} is outside {}, {}", path, what, words(child.key->more.usual), child.key->more.unusual));
  }
}

void warn_in_table(const Node& table, const std::string& path, const std::string& pattern,
                   std::vector<std::string>& warnings) {
  for (const Node& node : table.children)
    warn_of_child(node, child_of(pattern, node.key), join(path, node.key), warnings);
}

}  // namespace

void warn_of_unusual(const Node& root, std::vector<std::string>& warnings) {
  warn_in_table(root, "", "", warnings);
}

}  // namespace vesicast::io
