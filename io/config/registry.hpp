#pragma once
/// \file
/// All keys of a configuration, put together from their rows (src/parameters/rows_*.cpp). Checks, defaults,
/// `vesicast describe`, the JSON schema and the reference in the manual are derived from it.
///
/// Patterns name keys: `*` stands for a name the user chooses, `<face>` for x, y, z, x_low ... z_high, and `[]` follows
/// an array of tables.
#include <string>
#include <string_view>
#include <vector>

#include "io/text/units.hpp"
#include "src/parameters/row.hpp"

namespace vesicast::io {

/// One key: its row, where the row stands, and what is different there.
struct Key {
  std::string path = {};  ///< the pattern, e.g. "vesicle.*.diffusivity"
  Kind kind = Kind::string;
  Dimension dimension = Dimension::none;
  std::string default_text = {};  ///< as in a config, strings without quotes; empty where there is no fixed default
  Range range = {};
  std::vector<std::string> choices = {};
  std::string meaning = {};
  Source source = user;
  More more = {};  ///< `rates` of the keys that other tables repeat: in the first table
  /// What to append to `unknown value "..."` of a choice; null: the nearest choice, or all of them.
  std::string (*suggest)(std::string_view value) = nullptr;
};

/// One table of keys, a heading of the reference.
struct TableInfo {
  std::string path;  ///< the pattern, e.g. "vesicle.*"; an array of tables ends in "[]"
  std::string meaning;
  std::string names = {};    ///< what its `*` names, e.g. "vesicle classes"; empty where it has none
  bool on_one_line = false;  ///< written { ... } in a resolved config
};

/// What a name leads to inside a table; all empty where the name is unknown. A name with both a key and a table takes
/// either: `diffusivity = "2 um^2/s"` or `diffusivity = { map = ... }`.
struct Child {
  const Key* key = nullptr;
  const TableInfo* table = nullptr;
  bool is_array = false;  ///< of tables
  std::string pattern;
};

/// All keys, in the order of the reference (registry_keys.cpp).
[[nodiscard]] const std::vector<Key>& keys();
/// All tables, in the order of the reference (registry_tables.cpp).
[[nodiscard]] const std::vector<TableInfo>& tables();

/// The key of exactly this pattern, or null.
[[nodiscard]] const Key* find_key(std::string_view pattern);
/// The table of exactly this pattern, or null; the root is "".
[[nodiscard]] const TableInfo* find_table(std::string_view pattern);
/// What `name` is in the table `pattern`.
[[nodiscard]] Child child_of(std::string_view pattern, std::string_view name);
/// The fixed names of the table `pattern`, faces spelt out; not what stands for `*`.
[[nodiscard]] std::vector<std::string> known_names(std::string_view pattern);
/// The pattern as users read it: `*` and `[]` as "cell_type.NAME.cargo.CARGO.copies", the first `*` a NAME and any
/// other by what it names.
[[nodiscard]] std::string with_placeholders(std::string_view pattern);
/// `More::applies` of the key, or of the first key of the table.
[[nodiscard]] std::string applies_to(const Child& child);
/// Where `child` stands among the keys, to put tables into one order; names of a `*` share theirs.
[[nodiscard]] std::size_t rank_of(const Child& child);

/// The faces and axes of the domain as keys: x, y, z, x_low, x_high, ...
[[nodiscard]] const std::vector<std::string>& face_names();

/// The kind in words, e.g. "quantity, one per axis".
[[nodiscard]] std::string kind_words(const Key& key);
/// The allowed values in words, e.g. "> 0 um", "1e-15 to 0.01", "\"x\", \"y\" or \"z\""; empty where anything goes.
[[nodiscard]] std::string range_words(const Key& key);
/// The default in words: the value, "required", or what holds without the key.
[[nodiscard]] std::string default_words(const Key& key);

}  // namespace vesicast::io
