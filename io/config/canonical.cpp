#include "io/config/canonical.hpp"

#include <map>

#include "io/config/registry.hpp"

namespace vesicast::io {
namespace {

void canonical_table(Node& table, const std::string& pattern) {
  std::map<std::string, std::size_t> rank;
  for (Node& node : table.children) {
    const Child child = child_of(pattern, node.key);
    rank[node.key] = rank_of(child);
    if (child.table == nullptr) {
      node.on_one_line = true;
    } else if (child.is_array) {
      node.on_one_line = node.children.empty();  // no header could say that it is there
      for (Node& element : node.children) {
        element.on_one_line = false;
        canonical_table(element, child.pattern);
      }
    } else {
      node.on_one_line = child.table->on_one_line;
      canonical_table(node, child.pattern);
    }
  }
  table.children.sort([&](const Node& a, const Node& b) { return rank.at(a.key) < rank.at(b.key); });
}

}  // namespace

void put_in_canonical_form(Node& root) {
  canonical_table(root, "");
}

}  // namespace vesicast::io
