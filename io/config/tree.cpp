#include "io/config/tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "decomposition/base/error.hpp"

namespace vesicast::io {

std::string Position::text(std::string_view file) const {
  if (overridden) return "--set";
  if (source != nullptr) return fmt::format("{}:{}:{}", *source, line, column);
  if (line <= 0) return std::string(file);
  return fmt::format("{}:{}:{}", file, line, column);
}

const Node* Node::find(std::string_view name) const {
  if (kind != Kind::table) return nullptr;
  const auto at = std::find_if(children.begin(), children.end(), [&](const Node& n) { return n.key == name; });
  return at == children.end() ? nullptr : &*at;
}

Node* Node::find(std::string_view name) {
  if (kind != Kind::table) return nullptr;
  const auto at = std::find_if(children.begin(), children.end(), [&](const Node& n) { return n.key == name; });
  return at == children.end() ? nullptr : &*at;
}

Node* Node::element(std::size_t index) {
  if (kind != Kind::array || index >= children.size()) return nullptr;
  return &*std::next(children.begin(), static_cast<std::ptrdiff_t>(index));
}

Node& Node::put(std::string_view name, Node value) {
  value.key = std::string(name);
  if (Node* present = find(name)) return *present = std::move(value);
  return children.emplace_back(std::move(value));
}

Node Node::make_string(std::string_view value) {
  Node node;
  node.kind = Kind::string;
  node.text = std::string(value);
  return node;
}

Node Node::make_table(bool on_one_line) {
  Node node;
  node.on_one_line = on_one_line;
  return node;
}

std::string_view words(Node::Kind kind) {
  switch (kind) {
    case Node::Kind::table:
      return "a table";
    case Node::Kind::array:
      return "an array";
    case Node::Kind::string:
      return "a string";
    case Node::Kind::integer:
      return "an integer";
    case Node::Kind::number:
      return "a number";
    case Node::Kind::boolean:
      return "a boolean";
    case Node::Kind::date:
      return "a date or time of day";
  }
  throw InternalError("a kind of node without a name in io/config/tree.cpp");
}

std::string quoted_key(std::string_view name) {
  const auto bare = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  if (!name.empty() && std::all_of(name.begin(), name.end(), bare)) return std::string(name);
  return quoted_string(name);
}

std::string quoted_string(std::string_view value) {
  std::string out = "\"";
  for (const char c : value) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (code < 0x20 || code == 0x7f) {
      out += fmt::format("\\u{:04X}", static_cast<unsigned>(code));
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string join(std::string_view path, std::string_view name) {
  return path.empty() ? quoted_key(name) : fmt::format("{}.{}", path, quoted_key(name));
}

std::vector<std::string> split_key(std::string_view dotted) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  std::vector<std::string> names;
  std::size_t at = 0;
  while (true) {
    while (at < dotted.size() && blank(dotted[at])) ++at;
    std::string name;
    if (at < dotted.size() && (dotted[at] == '"' || dotted[at] == '\'')) {
      const char quote = dotted[at++];
      while (at < dotted.size() && dotted[at] != quote) {
        if (quote == '"' && dotted[at] == '\\' && at + 1 < dotted.size()) ++at;
        name += dotted[at++];
      }
      if (at == dotted.size()) throw InputError(fmt::format("\"{}\": a quote is not closed", dotted));
      ++at;
      while (at < dotted.size() && blank(dotted[at])) ++at;
      if (at < dotted.size() && dotted[at] != '.')
        throw InputError(fmt::format("\"{}\": a dot is missing after a quoted name", dotted));
    } else {
      while (at < dotted.size() && dotted[at] != '.') name += dotted[at++];
      while (!name.empty() && blank(name.back())) name.pop_back();
    }
    if (name.empty()) throw InputError(fmt::format("\"{}\": a name is empty", dotted));
    names.push_back(std::move(name));
    if (at == dotted.size()) return names;
    ++at;
  }
}

}  // namespace vesicast::io
