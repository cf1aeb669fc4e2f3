#include "io/config/table_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <sstream>

#include "io/config/check.hpp"
#include "src/parameters/row.hpp"

namespace vesicast::io {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// The default of `key` as a node.
Node default_node(const Key& key) {
  Node node = Node::make_string(key.default_text);
  switch (key.kind) {
    case Kind::number:
    case Kind::number_or_choice:
    case Kind::integer: {
      const bool whole = key.default_text.find_first_of(".e") == std::string::npos;
      node.kind = whole ? Node::Kind::integer : Node::Kind::number;
      node.integer = whole ? std::strtoll(key.default_text.c_str(), nullptr, 10) : 0;
      node.number = whole ? 0.0 : std::strtod(key.default_text.c_str(), nullptr);
      return node;
    }
    case Kind::boolean:
      node.kind = Node::Kind::boolean;
      node.boolean = key.default_text == "true";
      return node;
    default:
      return node;
  }
}

}  // namespace

bool applies_to_any(const std::string& list, const std::string& words) {
  std::istringstream each(words);
  for (std::string word; each >> word;)
    if ((" " + list + " ").find(" " + word + " ") != std::string::npos) return true;
  return false;
}

TableReader::TableReader(Node& table, std::string path, std::string pattern, Problems& problems, Known& known)
    : TableReader(table, std::move(path), std::move(pattern), &problems, &known, nullptr) {}

TableReader::TableReader(Node& table, std::string path, std::string pattern, Problems* problems, Known* known,
                         std::shared_ptr<Node> scratch)
    : table_(&table),
      scratch_(std::move(scratch)),
      path_(std::move(path)),
      pattern_(std::move(pattern)),
      known_(known),
      problems_(problems) {
  if (table.is(Node::Kind::table)) return;
  scratch_ = std::make_shared<Node>();
  table_ = scratch_.get();
  problems_ = nullptr;
}

bool TableReader::has_table(std::string_view name) const {
  const Node* node = table_->find(name);
  return node != nullptr && node->is(Node::Kind::table) && child_of(pattern_, name).table != nullptr;
}

bool TableReader::gives(std::string_view name) const {
  const Node* node = table_;
  while (node != nullptr && name != "*" && !name.empty()) {
    const std::size_t dot = std::min(name.find('.'), name.size());
    node = node->find(name.substr(0, dot));
    name.remove_prefix(std::min(dot + 1, name.size()));
  }
  return node != nullptr;
}

std::vector<std::string> TableReader::names() const {
  std::vector<std::string> names;
  for (const Node& child : table_->children) names.push_back(child.key);
  return names;
}

const Key& TableReader::key(std::string_view name) const {
  const Child child = child_of(pattern_, name);
  if (child.key == nullptr) throw InternalError(fmt::format("no key {} in the registry", join(path_, name)));
  return *child.key;
}

const Node* TableReader::good(std::string_view name) {
  const Key& wanted = key(name);
  if (!has(name)) {
    if (wanted.more.required == Required::always) missing(name);
    if (wanted.default_text.empty()) return nullptr;
    Node made = default_node(wanted);
    made.where = made.key_where = table_->where;
    table_->put(name, std::move(made));
  }
  const Node* node = table_->find(name);
  return check_value(*node, wanted, "", nullptr) ? node : nullptr;
}

double TableReader::quantity(std::string_view name) {
  const Node* node = good(name);
  return node != nullptr ? convert(node->text, key(name).dimension) : nan;
}

std::vector<double> TableReader::vector(std::string_view name) {
  const Node* node = good(name);
  std::vector<double> values;
  if (node == nullptr) return values;
  const Dimension dimension = key(name).dimension;
  if (node->is(Node::Kind::string)) return {convert(node->text, dimension)};
  for (const Node& entry : node->children) values.push_back(convert(entry.text, dimension));
  return values;
}

Vector3 TableReader::vector3(std::string_view name, Vector3 start) {
  const std::vector<double> entries = vector(name);
  if (entries.empty()) return start;
  if (known_->dimensions != 0 && entries.size() != static_cast<std::size_t>(known_->dimensions))
    problem(name, fmt::format("has {} entries; the domain has {} dimensions", entries.size(), known_->dimensions));
  std::copy_n(entries.begin(), std::min(entries.size(), start.size()), start.begin());
  return start;
}

bool TableReader::has_number(std::string_view name) const {
  const Node* node = table_->find(name);
  return node != nullptr && (node->is(Node::Kind::integer) || node->is(Node::Kind::number));
}

double TableReader::number(std::string_view name) {
  const Node* node = good(name);
  if (node == nullptr) return nan;
  return node->is(Node::Kind::integer) ? static_cast<double>(node->integer) : node->number;
}

std::int64_t TableReader::integer(std::string_view name) {
  const Node* node = good(name);
  return node != nullptr ? node->integer : 0;
}

bool TableReader::boolean(std::string_view name) {
  const Node* node = good(name);
  return node != nullptr && node->boolean;
}

std::string TableReader::text(std::string_view name) {
  const Node* node = good(name);
  return node != nullptr ? node->text : std::string();
}

std::vector<std::string> TableReader::strings(std::string_view name) {
  const Node* node = good(name);
  std::vector<std::string> texts;
  if (node == nullptr) return texts;
  for (const Node& entry : node->children) texts.push_back(entry.text);
  return texts;
}

std::string TableReader::file(std::string_view name) {
  const std::string given = text(name);
  if (given.empty()) return {};
  return table_->find(name)->text = absolute_path(known_->folder, given);
}

Ticks TableReader::ticks(std::string_view name) {
  const double seconds = quantity(name);
  if (!std::isfinite(seconds)) return 0;
  const double exact = seconds / seconds_per_tick;
  if (std::abs(exact - std::round(exact)) > 1e-12 * std::abs(exact) + 1e-9)
    problem(name, fmt::format("{} is not a whole number of ms", shown_value(name)));
  return to_ticks(seconds);
}

TableReader TableReader::table(std::string_view name) {
  const Child child = child_of(pattern_, name);
  if (child.table == nullptr) throw InternalError(fmt::format("no table {} in the registry", join(path_, name)));
  if (!has(name)) {
    Node made = Node::make_table(child.table->on_one_line);
    made.where = table_->where;
    table_->put(name, std::move(made));
  }
  return {*table_->find(name), join(path_, name), child.pattern, problems_, known_, scratch_};
}

std::vector<TableReader> TableReader::elements(std::string_view name) {
  std::vector<TableReader> readers;
  Node* array = table_->find(name);
  if (array == nullptr || !array->is(Node::Kind::array) || problems_ == nullptr) return readers;
  const std::string pattern = child_of(pattern_, name).pattern;
  std::size_t i = 0;
  for (Node& element : array->children)
    readers.emplace_back(element, join(join(path_, name), fmt::format("{}", i++)), pattern, *problems_, *known_);
  return readers;
}

void TableReader::put_default(std::string_view name, std::string_view text) {
  if (!has(name)) table_->put(name, Node::make_string(text));
}

void TableReader::put_default(std::string_view name, const std::vector<std::string>& texts) {
  if (has(name)) return;
  Node array;
  array.kind = Node::Kind::array;
  array.on_one_line = true;
  for (const std::string& text : texts) array.children.push_back(Node::make_string(text));
  table_->put(name, std::move(array));
}

void TableReader::copy_default(std::string_view name, const TableReader& other, std::string_view other_name) {
  const Node* from = other.table_->find(other_name);
  if (!has(name) && from != nullptr) table_->put(name, *from);
}

void TableReader::problem(std::string_view name, std::string_view message) {
  if (problems_ == nullptr) return;
  const Node* node = table_->find(name);
  problems_->add(node != nullptr ? node->where : table_->where, join(path_, name), message);
}

void TableReader::name_problem(std::string_view name, std::string_view message) {
  if (problems_ == nullptr) return;
  const Node* node = table_->find(name);
  problems_->add(node != nullptr ? node->key_where : table_->where, join(path_, name), message);
}

void TableReader::problem(std::string_view message) {
  if (problems_ != nullptr) problems_->add(table_->where, path_, message);
}

bool TableReader::is_known(std::string_view key, const std::string& name, std::string_view what) {
  const std::string unknown = unknown_name(*known_, what, name);
  if (!unknown.empty()) problem(key, unknown);
  return unknown.empty();
}

bool TableReader::is_known(const std::string& name, std::string_view what) {
  const std::string unknown = unknown_name(*known_, what, name);
  if (!unknown.empty()) name_problem(name, unknown);
  return unknown.empty();
}

void TableReader::check_applies(const std::string& words,
                                const std::function<std::string(const std::string& applies)>& why) {
  for (const std::string& name : names()) {
    const std::string applies = applies_to(child_of(pattern_, name));
    if (!applies.empty() && !applies_to_any(applies, words)) name_problem(name, why(applies));
  }
}

std::string TableReader::only_one(std::initializer_list<const char*> names, std::string_view none,
                                  std::string_view several) {
  std::vector<std::string> given;
  for (const char* name : names)
    if (has(name)) given.emplace_back(name);
  if (given.empty()) problem(none);
  for (std::size_t i = 1; i < given.size(); ++i)
    name_problem(given[i], fmt::format("{} and {} exclude each other{}", given[0], given[i], several));
  return given.size() == 1 ? given[0] : "";
}

bool TableReader::wrong(std::string_view name) const {
  return problems_ == nullptr || problems_->any_in(join(path_, name));
}

bool TableReader::wrong() const {
  return problems_ == nullptr || problems_->any_in(path_);
}

void TableReader::missing(std::string_view name) {
  const Key& wanted = key(name);
  std::string expected;
  if (wanted.kind == Kind::choice)
    expected = ": " + range_words(wanted);
  else if (wanted.kind == Kind::vector)
    expected = fmt::format(": an array of {} such as \"{}\", one per axis", plural(wanted.dimension),
                           example(wanted.dimension));
  else if (wanted.kind == Kind::quantities)
    expected = fmt::format(": an array of {} such as \"{}\"", plural(wanted.dimension), example(wanted.dimension));
  else if (wanted.dimension != Dimension::none)
    expected = fmt::format(": a {} such as \"{}\"", io::name(wanted.dimension), example(wanted.dimension));
  problem(name, fmt::format("the required key is missing{}", expected));
}

std::string TableReader::shown_value(std::string_view name) const {
  const Node* node = table_->find(name);
  return node != nullptr ? shown(*node) : std::string("nothing");
}

}  // namespace vesicast::io
