#include "io/config/difference.hpp"

#include <map>
#include <utility>

#include "io/config/document.hpp"

namespace vesicast::io {
namespace {

using Leaves = std::vector<std::pair<std::string, std::string>>;

void add_leaves(const Node& node, const std::string& path, Leaves& to) {
  const bool plain = !node.is(Node::Kind::table) && !(node.is(Node::Kind::array) && !node.on_one_line);
  if (plain || node.children.empty()) {
    to.emplace_back(path, value_text(node));
    return;
  }
  std::size_t number = 0;
  for (const Node& child : node.children)
    add_leaves(child, join(path, node.is(Node::Kind::table) ? child.key : std::to_string(number++)), to);
}

Leaves leaves_of(const std::string& text) {
  Problems problems("configuration");
  const Node root = parse_document(text, problems);
  problems.throw_if_any();
  Leaves leaves;
  add_leaves(root, "", leaves);
  return leaves;
}

}  // namespace

std::vector<ConfigDifference> config_differences(const std::string& before, const std::string& after) {
  const Leaves first = leaves_of(before), second = leaves_of(after);
  std::map<std::string, std::string> left(second.begin(), second.end());
  std::vector<ConfigDifference> differences;
  for (const auto& [key, value] : first) {
    const auto other = left.find(key);
    if (other == left.end()) {
      differences.push_back({key, value, ""});
      continue;
    }
    if (other->second != value) differences.push_back({key, value, other->second});
    left.erase(other);
  }
  for (const auto& [key, value] : second)
    if (left.contains(key)) differences.push_back({key, "", value});
  return differences;
}

}  // namespace vesicast::io
