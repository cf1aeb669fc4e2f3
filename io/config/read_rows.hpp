#pragma once
/// \file
/// The keys of a table into the members that their rows name.
#include <algorithm>
#include <initializer_list>
#include <string>

#include "io/config/table_reader.hpp"
#include "src/parameters/rows.hpp"

namespace vesicast::io {

/// Is `word` one of the words of `list`, as in `More::applies`?
[[nodiscard]] inline bool lists(const std::string& list, const std::string& word) {
  return (" " + list + " ").find(" " + word + " ") != std::string::npos;
}

/// Puts the value of a row's key into `object`. A key that is absent without a default is noted where it is required,
/// and leaves the member as it is.
template <class Struct>
class RowReader {
 public:
  RowReader(TableReader& table, const KeyRow<Struct>& row, Struct& object)
      : table_(table), row_(row), object_(object) {}

  void read() {
    std::visit([&](const auto& member) { put(member); }, row_.member);
  }

 private:
  [[nodiscard]] double number() {
    return row_.type.kind == Kind::quantity ? table_.quantity(row_.name) : table_.number(row_.name);
  }
  [[nodiscard]] int choice() {
    const std::string word = table_.text(row_.name);
    const auto words = parts(row_.more.choices);
    const auto at = std::ranges::find(words, word);
    return at == words.end() ? 0 : static_cast<int>(at - words.begin());
  }

  void put(std::monostate) {}
  void put(double Struct::*member) { object_.*member = number(); }
  void put(std::optional<double> Struct::*member) { object_.*member = number(); }
  void put(int Struct::*member) { object_.*member = static_cast<int>(table_.integer(row_.name)); }
  void put(std::int64_t Struct::*member) {
    object_.*member = row_.type.dimension == Dimension::time ? table_.ticks(row_.name) : table_.integer(row_.name);
  }
  void put(std::uint64_t Struct::*member) {
    object_.*member = static_cast<std::uint64_t>(std::max<std::int64_t>(table_.integer(row_.name), 0));
  }
  void put(bool Struct::*member) {
    object_.*member = row_.type.kind == Kind::boolean ? table_.boolean(row_.name) : choice() == 0;
  }
  void put(std::string Struct::*member) { object_.*member = table_.text(row_.name); }
  void put(std::vector<std::string> Struct::*member) { object_.*member = table_.strings(row_.name); }
  void put(std::array<double, 4> Struct::*member) { (object_.*member).fill(number()); }
  template <std::size_t n>
  void put(const Element<Struct, n>& entry) {
    (object_.*entry.array)[entry.index] = number();
  }
  void put(const Word<Struct>& word) { word.set(object_, choice()); }

  TableReader& table_;
  const KeyRow<Struct>& row_;
  Struct& object_;
};

/// Reads the keys of `rows` into the members of `object`. Left to code of their own: keys without a member, those whose
/// value is a table or a word where a number would do, those whose `with` is absent, and those in `without`.
/// \param applies reads, of the keys that belong to some shape or kind, those that belong to this one
template <class Struct>
void read_rows(TableReader& table, std::span<const KeyRow<Struct>> rows, Struct& object,
               const std::string& applies = "", std::initializer_list<std::string_view> without = {}) {
  for (const KeyRow<Struct>& row : rows) {
    const More& more = row.more;
    const bool given = table.has(row.name);
    if (std::ranges::find(without, row.name) != without.end() || row.member.index() == 0) continue;
    if (*more.applies != '\0' && !lists(more.applies, applies)) continue;
    if ((*more.with != '\0' && !table.has(more.with)) || table.has_table(row.name)) continue;
    if (row.type.kind == Kind::number_or_choice && given && !table.has_number(row.name)) continue;
    if (given || more.required || *row.standard != '\0') RowReader<Struct>(table, row, object).read();
  }
}
template <class Struct>
void read_rows(TableReader& table, Struct& object, const std::string& applies = "",
               std::initializer_list<std::string_view> without = {}) {
  read_rows(table, rows<Struct>(), object, applies, without);
}

}  // namespace vesicast::io
