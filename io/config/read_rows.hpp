#pragma once
/// \file
/// The keys of a table into the members that their rows name.
#include <algorithm>
#include <initializer_list>
#include <string>

#include "io/config/table_reader.hpp"
#include "src/parameters/rows.hpp"

namespace vesicast::io {

/// Puts the value of a row's key into `object`. A key that is absent without a default is noted where it is always
/// required, and reads as NaN, 0 or nothing.
template <class Struct>
class RowReader {
 public:
  /// \param table in which the row's name leads to the key
  RowReader(const TableReader& table, const KeyRow<Struct>& row, Struct& object)
      : table_(table), name_(row.name), row_(row), object_(object) {
    for (std::size_t dot = name_.find('.'); dot != std::string_view::npos; dot = name_.find('.')) {
      table_ = table_.table(name_.substr(0, dot));
      name_.remove_prefix(dot + 1);
    }
  }

  void read() {
    std::visit([&](const auto& member) { put(member); }, row_.member);
  }

 private:
  [[nodiscard]] double number(std::string_view name) {
    return row_.type.kind == Kind::quantity ? table_.quantity(name) : table_.number(name);
  }
  [[nodiscard]] int choice() {
    const std::string word = table_.text(name_);
    const auto words = parts(row_.more.choices);
    const auto at = std::ranges::find(words, word);
    return at == words.end() ? 0 : static_cast<int>(at - words.begin());
  }

  void put(std::monostate) {}
  void put(double Struct::*member) { object_.*member = number(name_); }
  void put(std::optional<double> Struct::*member) { object_.*member = number(name_); }
  void put(int Struct::*member) { object_.*member = static_cast<int>(table_.integer(name_)); }
  void put(std::int64_t Struct::*member) {
    object_.*member = row_.type.dimension == Dimension::time ? table_.ticks(name_) : table_.integer(name_);
  }
  void put(std::uint64_t Struct::*member) {
    object_.*member = static_cast<std::uint64_t>(std::max<std::int64_t>(table_.integer(name_), 0));
  }
  void put(bool Struct::*member) {
    object_.*member = row_.type.kind == Kind::boolean ? table_.boolean(name_) : choice() == 0;
  }
  void put(std::string Struct::*member) {
    std::string& text = object_.*member;
    text = row_.type.kind == Kind::file ? table_.file(name_) : table_.text(name_);
    if (*row_.more.names != '\0' && !text.empty()) table_.is_known(name_, text, row_.more.names);
  }
  void put(std::vector<std::string> Struct::*member) { object_.*member = table_.strings(name_); }
  void put(Vector3 Struct::*member) { object_.*member = table_.vector3(name_, object_.*member); }
  void put(std::array<double, 4> Struct::*member) { (object_.*member).fill(number(name_)); }
  template <std::size_t n>
  void put(const Element<Struct, n>& entry) {
    (object_.*entry.array)[entry.index] = number(name_);
  }
  void put(const Word<Struct>& word) { word.set(object_, choice()); }
  void put(std::optional<MapFile> Struct::*member) {
    std::string file = table_.file(name_);
    object_.*member = MapFile{.file = std::move(file), .array = table_.text("array")};
  }
  /// By the names that are known; by all of them where the row has a default.
  void put(std::map<std::string, double> Struct::*member) {
    for (const std::string& name : table_.names())
      if (table_.is_known(name, row_.more.names)) (object_.*member)[name] = number(name);
    if (*row_.standard == '\0') return;
    for (const std::string& name : table_.known().names[row_.more.names]) (object_.*member)[name] = number(name);
  }

  TableReader table_;
  std::string_view name_;
  const KeyRow<Struct>& row_;
  Struct& object_;
};

/// Is the key of `row` to be read, given or not? Notes one that is required where it applies and absent, and one that
/// is given without what it belongs to. A value that is a table, or a word where a number would do, is not for its row.
template <class Struct>
[[nodiscard]] bool is_read(TableReader& table, const KeyRow<Struct>& row) {
  const std::string_view name = row.name;
  const bool given = table.gives(name);
  if (*row.more.with != '\0' && !table.has(row.more.with)) {
    if (given) table.name_problem(name, row.more.alone);
    return false;
  }
  if (table.has_table(name)) return false;
  if (given) return row.type.kind != Kind::number_or_choice || table.has_number(name);
  if (row.more.required == Required::where_it_applies) table.missing(name);
  const std::size_t dot = name.find('.');  // in a table below, a key is required where that table is
  const bool there = dot == std::string_view::npos || table.has_table(name.substr(0, dot));
  return *row.standard != '\0' || (row.more.required != Required::no && there);
}

/// Reads the keys of `rows` into the members of `object`. Left to code of their own: keys without a member, what
/// is_read() leaves, and what is in `without`.
/// \param applies reads, of the keys that belong to some shape or kind, those that belong to one of these
template <class Struct>
void read_rows(TableReader& table, std::span<const KeyRow<Struct>> rows, Struct& object,
               const std::string& applies = "", std::initializer_list<std::string_view> without = {}) {
  for (const KeyRow<Struct>& row : rows) {
    const bool belongs = *row.more.applies == '\0' || applies_to_any(row.more.applies, applies);
    const bool left_out = row.member.index() == 0 || std::ranges::find(without, row.name) != without.end();
    if (belongs && !left_out && is_read(table, row)) RowReader(table, row, object).read();
  }
}
template <class Struct>
void read_rows(TableReader& table, Struct& object, const std::string& applies = "",
               std::initializer_list<std::string_view> without = {}) {
  read_rows(table, rows<Struct>(), object, applies, without);
}

}  // namespace vesicast::io
