#include "io/config/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "io/text/nearest.hpp"
#include "src/parameters/row.hpp"

namespace vesicast::io {
namespace {

/// Notes a problem once; says whether there was one.
class Verdict {
 public:
  Verdict(const Node& value, std::string_view path, Problems* problems)
      : value_(value), path_(path), problems_(problems) {}
  bool bad(std::string_view message) const {
    if (problems_ != nullptr) problems_->add(value_.where, path_, message);
    return false;
  }
  /// \param hint what to do, after the message
  bool wrong_type(std::string_view expected, std::string_view hint = "") const {
    return bad(fmt::format("expected {}, found {}{}", expected, words(value_.kind), hint));
  }

 private:
  const Node& value_;
  std::string_view path_;
  Problems* problems_;
};

bool check_range(const Node& value, const Key& key, double number, const Verdict& verdict) {
  if (key.range.contains(number)) return true;
  return verdict.bad(fmt::format("{} is out of range; expected {}", shown(value), range_words(key)));
}

bool check_quantity(const Node& value, const Key& key, std::string_view path, Problems* problems) {
  const Verdict verdict(value, path, problems);
  const std::string expected = fmt::format("a {} such as \"{}\"", name(key.dimension), example(key.dimension));
  if (value.is(Node::Kind::integer) || value.is(Node::Kind::number))
    return verdict.bad(fmt::format("{} has no unit; expected {}", shown(value), expected));
  if (!value.is(Node::Kind::string)) return verdict.wrong_type(expected);
  try {
    return check_range(value, key, convert(value.text, key.dimension), verdict);
  } catch (const InputError& error) {
    return verdict.bad(error.what());
  }
}

using Check = bool(const Node& value, const Key& key, std::string_view path, Problems* problems);

/// Every entry of the array `value` by itself.
bool check_entries(const Node& value, const Key& key, std::string_view path, Problems* problems, Check* check) {
  bool good = true;
  std::size_t i = 0;
  for (const Node& entry : value.children)
    good = check(entry, key, join(path, fmt::format("{}", i++)), problems) && good;
  return good;
}

bool check_vector(const Node& value, const Key& key, std::string_view path, Problems* problems) {
  const Verdict verdict(value, path, problems);
  if (!value.is(Node::Kind::array)) {
    if (key.kind == Kind::quantity_or_vector) return check_quantity(value, key, path, problems);
    return verdict.wrong_type(fmt::format("an array of {}, one per axis", plural(key.dimension)));
  }
  if (value.children.size() != 2 && value.children.size() != 3)
    return verdict.bad(fmt::format("has {} entries; expected 3, or 2 in 2-D", value.children.size()));
  return check_entries(value, key, path, problems, check_quantity);
}

bool check_quantities(const Node& value, const Key& key, std::string_view path, Problems* problems) {
  const Verdict verdict(value, path, problems);
  if (!value.is(Node::Kind::array)) return verdict.wrong_type(fmt::format("an array of {}", plural(key.dimension)));
  if (value.children.empty()) return verdict.bad("the array is empty");
  return check_entries(value, key, path, problems, check_quantity);
}

/// What a string that stands where a number should be might mean: `; 15 % is 0.15`.
std::string as_number(const Node& value) {
  if (!value.is(Node::Kind::string) || value.text.empty()) return "";
  const char* const begin = value.text.c_str();
  char* end = nullptr;
  const double number = std::strtod(begin, &end);
  if (end == begin || !std::isfinite(number)) return "";
  while (*end == ' ') ++end;
  if (*end == '\0') return fmt::format("; write {:g}, without quotes", number);
  if (std::string_view(end) == "%") return fmt::format("; {:g} % is {:g}", number, number / 100.0);
  return "";
}

bool check_number(const Node& value, const Key& key, std::string_view path, Problems* problems) {
  const Verdict verdict(value, path, problems);
  if (value.is(Node::Kind::integer)) return check_range(value, key, static_cast<double>(value.integer), verdict);
  if (key.kind == Kind::integer) return verdict.wrong_type("an integer", as_number(value));
  if (!value.is(Node::Kind::number)) return verdict.wrong_type("a number", as_number(value));
  if (!std::isfinite(value.number)) return verdict.bad(fmt::format("{} is not a finite number", shown(value)));
  return check_range(value, key, value.number, verdict);
}

bool check_string(const Node& value, const Key& key, std::string_view path, Problems* problems) {
  const Verdict verdict(value, path, problems);
  if (!value.is(Node::Kind::string)) return verdict.wrong_type("a string");
  if (value.text.empty() && !key.more.labels) return verdict.bad("the string is empty");
  if (key.choices.empty()) return true;
  if (std::find(key.choices.begin(), key.choices.end(), value.text) != key.choices.end()) return true;
  if (key.suggest != nullptr)
    return verdict.bad(fmt::format("unknown value \"{}\"{}", value.text, key.suggest(value.text)));
  const auto near = nearest(value.text, key.choices);
  return verdict.bad(near ? fmt::format("unknown value \"{}\"; did you mean \"{}\"?", value.text, *near)
                          : fmt::format("unknown value \"{}\"; expected {}", value.text, range_words(key)));
}

bool check_quantity_or_choice(const Node& value, const Key& key, std::string_view path, Problems* problems) {
  if (!value.is(Node::Kind::string)) return check_quantity(value, key, path, problems);
  const auto near = nearest(value.text, key.choices);
  return near ? check_string(value, key, path, problems) : check_quantity(value, key, path, problems);
}

bool check_strings(const Node& value, const Key& key, std::string_view path, Problems* problems) {
  const Verdict verdict(value, path, problems);
  if (value.is(Node::Kind::string))
    return verdict.bad(fmt::format("expected a list of strings, found a string; write [{}]", shown(value)));
  if (!value.is(Node::Kind::array)) return verdict.wrong_type("a list of strings");
  return check_entries(value, key, path, problems, check_string);
}

void check_table(const Node& table, const std::string& path, const std::string& pattern, Problems& problems);

void check_child(const Node& node, const Child& child, const std::string& path, Problems& problems) {
  const Verdict verdict(node, path, &problems);
  if (child.key != nullptr && (child.table == nullptr || !node.is(Node::Kind::table))) {
    check_value(node, *child.key, path, &problems);
  } else if (!child.is_array) {
    if (node.is(Node::Kind::table))
      check_table(node, path, child.pattern, problems);
    else
      verdict.wrong_type(fmt::format("a table, [{}]", path));
  } else if (!node.is(Node::Kind::array)) {
    verdict.wrong_type(fmt::format("an array of tables, [[{}]]", path));
  } else {
    std::size_t i = 0;
    for (const Node& element : node.children) {
      const std::string at = join(path, fmt::format("{}", i++));
      if (element.is(Node::Kind::table))
        check_table(element, at, child.pattern, problems);
      else
        problems.add(element.where, at, fmt::format("expected a table, found {}", words(element.kind)));
    }
  }
}

void check_table(const Node& table, const std::string& path, const std::string& pattern, Problems& problems) {
  const bool names_things = pattern == "vesicle" || pattern == "factor" || pattern == "cargo" || pattern == "cell_type";
  for (const Node& node : table.children) {
    const std::string at = join(path, node.key);
    const Child child = child_of(pattern, node.key);
    if (child.key == nullptr && child.table == nullptr) {
      problems.add(node.key_where, at,
                   fmt::format("unknown key{}", suggestion(node.key, known_names(pattern), "known here")));
      continue;
    }
    if (names_things && !(child.key != nullptr && child.key->more.labels)) check_name(node, node.key, at, problems);
    check_child(node, child, at, problems);
  }
}

}  // namespace

std::string shown(const Node& value) {
  switch (value.kind) {
    case Node::Kind::string:
      return quoted_string(value.text);
    case Node::Kind::integer:
      return fmt::format("{}", value.integer);
    case Node::Kind::number:
      return fmt::format("{}", value.number);
    case Node::Kind::boolean:
      return value.boolean ? "true" : "false";
    default:
      return std::string(words(value.kind));
  }
}

bool check_value(const Node& value, const Key& key, std::string_view path, Problems* problems) {
  switch (key.kind) {
    case Kind::quantity:
      return check_quantity(value, key, path, problems);
    case Kind::quantity_or_choice:
      return check_quantity_or_choice(value, key, path, problems);
    case Kind::quantity_or_number:
      return value.is(Node::Kind::string) ? check_quantity(value, key, path, problems)
                                          : check_number(value, key, path, problems);
    case Kind::vector:
    case Kind::quantity_or_vector:
      return check_vector(value, key, path, problems);
    case Kind::quantities:
      return check_quantities(value, key, path, problems);
    case Kind::number_or_choice:
      if (value.is(Node::Kind::string)) return check_string(value, key, path, problems);
      return check_number(value, key, path, problems);
    case Kind::number:
    case Kind::integer:
      return check_number(value, key, path, problems);
    case Kind::boolean:
      return value.is(Node::Kind::boolean) || Verdict(value, path, problems).wrong_type("true or false");
    case Kind::string:
    case Kind::file:
    case Kind::choice:
      return check_string(value, key, path, problems);
    case Kind::strings:
      return check_strings(value, key, path, problems);
    case Kind::map:
      break;  // two keys, a file and a string
  }
  throw InternalError("a kind of key that is not checked");
}

void check_name(const Node& named, std::string_view name, std::string_view path, Problems& problems) {
  const auto breaks_tables = [](char c) {
    const auto code = static_cast<unsigned char>(c);
    return c == ',' || c == '"' || code < 0x20 || code == 0x7f;
  };
  const Position& where = named.key_where.line > 0 ? named.key_where : named.where;
  if (name.empty()) {
    problems.add(where, path, "the name is empty");
  } else if (std::any_of(name.begin(), name.end(), breaks_tables)) {
    problems.add(where, path, "a name may not hold commas, quotes or control characters: the result tables use them");
  } else if (name.front() == ' ' || name.back() == ' ') {
    problems.add(where, path, "a name may not begin or end with a space");
  }
}

void check(const Node& root, Problems& problems) {
  check_table(root, "", "", problems);
}

}  // namespace vesicast::io
