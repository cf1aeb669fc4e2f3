#include "io/config/table_reader.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <limits>

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

TableReader::TableReader(Node& table, std::string path, std::string pattern, Problems& problems)
    : TableReader(table, std::move(path), std::move(pattern), &problems, nullptr) {}

TableReader::TableReader(Node& table, std::string path, std::string pattern, Problems* problems,
                         std::shared_ptr<Node> scratch)
    : table_(&table),
      scratch_(std::move(scratch)),
      path_(std::move(path)),
      pattern_(std::move(pattern)),
      problems_(problems) {
  if (table.is(Node::Kind::table)) return;
  scratch_ = std::make_shared<Node>();
  table_ = scratch_.get();
  problems_ = nullptr;
}

bool TableReader::has_table(std::string_view name) const {
  const Node* node = table_->find(name);
  return node != nullptr && node->is(Node::Kind::table);
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
    if (wanted.required) missing(name);
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
  return {*table_->find(name), join(path_, name), child.pattern, problems_, scratch_};
}

std::vector<TableReader> TableReader::elements(std::string_view name) {
  std::vector<TableReader> readers;
  Node* array = table_->find(name);
  if (array == nullptr || !array->is(Node::Kind::array) || problems_ == nullptr) return readers;
  const std::string pattern = child_of(pattern_, name).pattern;
  std::size_t i = 0;
  for (Node& element : array->children)
    readers.emplace_back(element, join(join(path_, name), fmt::format("{}", i++)), pattern, *problems_);
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

void TableReader::replace_text(std::string_view name, std::string_view text) {
  if (Node* node = table_->find(name)) node->text = std::string(text);
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
