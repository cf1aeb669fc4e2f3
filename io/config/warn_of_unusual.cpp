// Values that a configuration gives beyond what is usual of their keys.
#include <fmt/format.h>

#include "io/config/check.hpp"
#include "io/config/resolve_tables.hpp"

namespace vesicast::io {
namespace {

/// Is the number or quantity `value` beyond what is usual? 0 is not: it switches off what the key says.
bool is_unusual(const Node& value, const Key& key) {
  const bool quantity = value.is(Node::Kind::string), whole = value.is(Node::Kind::integer);
  if (!key.more.usual.known() || quantity != (key.dimension != Dimension::none)) return false;
  if (!check_value(value, key, "", nullptr)) return false;  // noted
  const double number = quantity ? convert(value.text, key.dimension)
                        : whole  ? static_cast<double>(value.integer)
                                 : value.number;
  return number != 0.0 && !range_of(key.more.usual).contains(number);
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
  } else if (child.key != nullptr && is_unusual(node, *child.key)) {
    warnings.push_back(fmt::format("{}: {} is outside {}, {}", path, shown(node), words(child.key->more.usual),
                                   child.key->more.unusual));
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
