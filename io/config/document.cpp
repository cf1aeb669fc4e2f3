#include "io/config/document.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <charconv>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "io/config/document_bounds.hpp"
#include "io/text/trimmed.hpp"

namespace vesicast::io {
namespace {

using DocumentName = std::shared_ptr<const std::string>;

Position position(const toml::source_region& region, const DocumentName& source) {
  return {static_cast<int>(region.begin.line), static_cast<int>(region.begin.column), false, source};
}

bool earlier(const Node& a, const Node& b) {
  return std::pair(a.key_where.line, a.key_where.column) < std::pair(b.key_where.line, b.key_where.column);
}

Node neutral(const toml::node& from, const DocumentName& source) {
  Node node;
  node.where = position(from.source(), source);
  if (const auto* table = from.as_table()) {
    node.kind = Node::Kind::table;
    node.on_one_line = table->is_inline();
    for (const auto& [key, value] : *table) {
      Node& child = node.children.emplace_back(neutral(value, source));
      child.key = std::string(key.str());
      child.key_where = position(key.source(), source);
    }
    node.children.sort(earlier);  // toml++ keeps them by name
  } else if (const auto* array = from.as_array()) {
    node.kind = Node::Kind::array;
    node.on_one_line = true;
    for (const toml::node& value : *array) node.children.push_back(neutral(value, source));
    // [[headers]]: at least one table, all of them under headers
    if (!node.children.empty()) {
      node.on_one_line = false;
      for (const Node& child : node.children)
        node.on_one_line = node.on_one_line || !child.is(Node::Kind::table) || child.on_one_line;
    }
  } else if (const auto* text = from.as_string()) {
    node.kind = Node::Kind::string;
    node.text = text->get();
  } else if (const auto* integer = from.as_integer()) {
    node.kind = Node::Kind::integer;
    node.integer = integer->get();
  } else if (const auto* number = from.as_floating_point()) {
    node.kind = Node::Kind::number;
    node.number = number->get();
  } else if (const auto* boolean = from.as_boolean()) {
    node.kind = Node::Kind::boolean;
    node.boolean = boolean->get();
  } else {
    node.kind = Node::Kind::date;
    std::ostringstream out;
    out << toml::node_view<const toml::node>(&from);
    node.text = out.str();
  }
  return node;
}

void mark_overridden(Node& node) {
  node.where = node.key_where = {0, 0, true};
  for (Node& child : node.children) mark_overridden(child);
}

/// The right-hand side of a --set: TOML where it is TOML, else a string.
Node override_value(std::string_view text) {
  Node value = Node::make_string(text);
  try {
    const toml::table parsed = toml::parse(fmt::format("value = {}\n", text));
    if (parsed.size() == 1 && parsed.contains("value")) value = neutral(*parsed.get("value"), nullptr);
  } catch (const toml::parse_error&) {
    // not TOML, so a string: `--set run.end=24h`
  }
  mark_overridden(value);
  return value;
}

/// Where the left-hand side of `assignment` ends: at the first '=' outside quotes.
std::size_t equals_sign(std::string_view assignment) {
  char quote = '\0';
  for (std::size_t i = 0; i < assignment.size(); ++i) {
    const char c = assignment[i];
    if (quote != '\0') {
      if (c == '\\' && quote == '"') ++i;
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '=') {
      return i;
    }
  }
  return std::string_view::npos;
}

std::optional<std::size_t> index_of(const std::string& name) {
  std::size_t index = 0;
  const char* end = name.data() + name.size();
  const auto [stopped, error] = std::from_chars(name.data(), end, index);
  if (error != std::errc() || stopped != end) return std::nullopt;
  return index;
}

/// The element of `array` that `name` counts to, or null with a problem noted.
Node* counted(Node& array, const std::string& name, const std::string& path, const Position& where,
              Problems& problems) {
  const auto index = index_of(name);
  Node* element = index ? array.element(*index) : nullptr;
  if (element == nullptr)
    problems.add(where, path, fmt::format("no element \"{}\"; it has {}, counted from 0", name, array.children.size()));
  return element;
}

}  // namespace

Node parse_document(std::string_view text, Problems& problems, const std::shared_ptr<const std::string>& source) {
  if (const auto bound = exceeded_bound(text)) {
    problems.add(Position{bound->line, bound->column, false, source}, "", bound->what);
    return {};
  }
  try {
    const toml::table parsed = toml::parse(text);
    Node root = neutral(parsed, source);
    if (source == nullptr) root.where = {};  // a key missing at the top is missing in the file as a whole
    return root;
  } catch (const toml::parse_error& error) {
    problems.add(position(error.source(), source), "", fmt::format("not valid TOML: {}", error.description()));
    return {};
  }
}

void apply_override(Node& root, std::string_view assignment, Problems& problems) {
  const Position where{0, 0, true};
  const std::size_t equals = equals_sign(assignment);
  if (equals == std::string_view::npos) {
    problems.add(where, "", fmt::format("\"{}\" has no \"=\"; expected key=value", assignment));
    return;
  }
  std::vector<std::string> names;
  try {
    names = split_key(assignment.substr(0, equals));
  } catch (const InputError& error) {
    problems.add(where, "", error.what());
    return;
  }
  const auto bound = exceeded_bound(assignment.substr(equals + 1));
  if (bound || names.size() > longest_key) {
    problems.add(where, "", bound ? bound->what : fmt::format("a key has more than {} parts", longest_key));
    return;
  }
  Node value = override_value(trimmed(assignment.substr(equals + 1), " \t"));

  Node* at = &root;
  std::string path;
  for (std::size_t i = 0; i + 1 < names.size(); ++i) {
    Node* next = nullptr;
    if (at->is(Node::Kind::array)) {
      next = counted(*at, names[i], path, where, problems);
      if (next == nullptr) return;
    } else {
      next = at->find(names[i]);
      if (next == nullptr) {
        Node made = Node::make_table(false);
        made.where = made.key_where = where;
        next = &at->put(names[i], std::move(made));
      }
    }
    path = join(path, names[i]);
    if (!next->is(Node::Kind::table) && !next->is(Node::Kind::array)) {
      problems.add(where, path, fmt::format("{} has no key \"{}\"", words(next->kind), names[i + 1]));
      return;
    }
    at = next;
  }
  if (at->is(Node::Kind::array)) {
    Node* element = counted(*at, names.back(), path, where, problems);
    if (element != nullptr) *element = std::move(value);
    return;
  }
  value.key_where = where;
  at->put(names.back(), std::move(value));
}

}  // namespace vesicast::io
