// Tree to TOML text. Needs no TOML library: the tree holds only what TOML can say.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "decomposition/base/error.hpp"
#include "io/config/document.hpp"

namespace vesicast::io {
namespace {

/// The shortest text that reads back as the same number, and as a float.
std::string float_text(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0.0 ? "inf" : "-inf";
  std::string text = fmt::format("{}", value);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

bool needs_header(const Node& node) {
  return (node.is(Node::Kind::table) || node.is(Node::Kind::array)) && !node.on_one_line;
}

void write_table(const Node& table, const std::string& path, std::string& out);

void write_header(const std::string& brackets, std::string& out) {
  if (!out.empty()) out += "\n";
  out += brackets + "\n";
}

void write_below(const Node& child, const std::string& path, std::string& out) {
  if (child.is(Node::Kind::array)) {
    for (const Node& element : child.children) {
      write_header("[[" + path + "]]", out);
      write_table(element, path, out);
    }
    return;
  }
  const bool only_headers =
      !child.children.empty() && std::all_of(child.children.begin(), child.children.end(), needs_header);
  if (!only_headers) write_header("[" + path + "]", out);
  write_table(child, path, out);
}

void write_table(const Node& table, const std::string& path, std::string& out) {
  for (const Node& child : table.children)
    if (!needs_header(child)) out += quoted_key(child.key) + " = " + value_text(child) + "\n";
  for (const Node& child : table.children)
    if (needs_header(child)) write_below(child, join(path, child.key), out);
}

}  // namespace

std::string value_text(const Node& node) {
  std::string text;
  switch (node.kind) {
    case Node::Kind::string:
      return quoted_string(node.text);
    case Node::Kind::date:
      return node.text;
    case Node::Kind::integer:
      return fmt::format("{}", node.integer);
    case Node::Kind::number:
      return float_text(node.number);
    case Node::Kind::boolean:
      return node.boolean ? "true" : "false";
    case Node::Kind::array:
      for (const Node& child : node.children) text += (text.empty() ? "" : ", ") + value_text(child);
      return "[" + text + "]";
    case Node::Kind::table:
      for (const Node& child : node.children)
        text += (text.empty() ? "" : ", ") + quoted_key(child.key) + " = " + value_text(child);
      return text.empty() ? "{}" : "{ " + text + " }";
  }
  throw InternalError("a kind of node that cannot be written");
}

std::string write_document(const Node& root) {
  std::string out;
  write_table(root, "", out);
  return out;
}

}  // namespace vesicast::io
