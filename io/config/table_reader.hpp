#pragma once
/// \file
/// Typed access to one table of a configuration, which fills in defaults from the registry as it is read.
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "decomposition/base/box.hpp"
#include "io/config/known.hpp"
#include "io/config/problems.hpp"
#include "io/config/registry.hpp"
#include "io/config/tree.hpp"
#include "src/base/time.hpp"

namespace vesicast::io {

/// Is one of `words` in `list`, as in `More::applies`? Both are words with blanks between them.
[[nodiscard]] bool applies_to_any(const std::string& list, const std::string& words);

/// Reads keys of one table. A missing key is inserted with its default, or noted as missing where it is required. A
/// wrong value was noted by `check`; it reads as NaN, 0 or nothing, on which every comparison in `resolve` is silent.
/// The tree must outlive the reader.
class TableReader {
 public:
  /// \param path as the user writes it
  /// \param pattern as the registry has it
  TableReader(Node& table, std::string path, std::string pattern, Problems& problems, Known& known);

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] bool has(std::string_view name) const { return table_->find(name) != nullptr; }
  /// Is `name` a table (where a value would do too)?
  [[nodiscard]] bool has_table(std::string_view name) const;
  /// Is there what a row calls `name`, dots and all: a key in a table of this one, or with `*` the table?
  [[nodiscard]] bool gives(std::string_view name) const;
  /// The names in this table, in the order of the file.
  [[nodiscard]] std::vector<std::string> names() const;

  /// Value in internal units; NaN where it is wrong, or absent without a default.
  double quantity(std::string_view name);
  /// Values per axis in internal units, or one for all axes, or those of a list; empty where they are wrong or absent.
  std::vector<double> vector(std::string_view name);
  /// The vector `name` per axis of the domain: its entries over those of `start`.
  Vector3 vector3(std::string_view name, Vector3 start);
  /// Is `name` a plain number (where a quantity would do too)?
  [[nodiscard]] bool has_number(std::string_view name) const;
  /// Plain number; NaN where it is wrong or absent without a default.
  double number(std::string_view name);
  /// 0 where it is wrong or absent without a default.
  std::int64_t integer(std::string_view name);
  /// False where it is wrong or absent without a default.
  bool boolean(std::string_view name);
  /// Empty where it is wrong or absent without a default.
  std::string text(std::string_view name);
  std::vector<std::string> strings(std::string_view name);
  /// A file as its absolute path, to which the table is changed, so that the resolved text is the same run from any
  /// folder. None is opened.
  std::string file(std::string_view name);
  /// A time as ticks; notes one that is not a whole number of ms. 0 where it is wrong or absent without a default.
  Ticks ticks(std::string_view name);

  /// The table `name`, made where there is none.
  TableReader table(std::string_view name);
  /// The tables in the array `name`; none where it is absent.
  std::vector<TableReader> elements(std::string_view name);

  /// Inserts a string where `name` is absent.
  void put_default(std::string_view name, std::string_view text);
  /// Inserts an array of strings where `name` is absent.
  void put_default(std::string_view name, const std::vector<std::string>& texts);
  /// Inserts a copy of what `other` has under `other_name` where `name` is absent here.
  void copy_default(std::string_view name, const TableReader& other, std::string_view other_name);

  /// Notes what is wrong with the value of `name`; with this table where it is absent.
  void problem(std::string_view name, std::string_view message);
  /// Notes that `name` should not be there, or not by that name.
  void name_problem(std::string_view name, std::string_view message);
  /// Notes what is wrong with this table.
  void problem(std::string_view message);
  /// Notes that `name` is needed and absent.
  void missing(std::string_view name);
  /// Is `name`, the value of `key`, known as a `what` (`Known::names`)? Notes that it is not.
  bool is_known(std::string_view key, const std::string& name, std::string_view what);
  /// The same of a name that is a key of this table.
  bool is_known(const std::string& name, std::string_view what);
  /// Notes the keys of this table that belong to some shape or kind (`More::applies`) and to none of `words`.
  /// \param why what is said of one that belongs to `applies`
  void check_applies(const std::string& words, const std::function<std::string(const std::string& applies)>& why);
  /// Which of the keys `names` is given; notes none and several, and the answer is empty.
  /// \param none what is said where there is none
  /// \param several what is added where there are several
  std::string only_one(std::initializer_list<const char*> names, std::string_view none, std::string_view several = "");
  /// Was anything noted of `name`, or of what is in it?
  [[nodiscard]] bool wrong(std::string_view name) const;
  /// Was anything noted of this table, or of what is in it?
  [[nodiscard]] bool wrong() const;
  /// The value of `name` as the user wrote it.
  [[nodiscard]] std::string shown_value(std::string_view name) const;
  /// Of the whole configuration.
  [[nodiscard]] Known& known() const { return *known_; }

 private:
  TableReader(Node& table, std::string path, std::string pattern, Problems* problems, Known* known,
              std::shared_ptr<Node> scratch);
  const Node* good(std::string_view name);
  [[nodiscard]] const Key& key(std::string_view name) const;

  Node* table_;
  std::shared_ptr<Node> scratch_;  ///< stands in for what should be a table and is not one
  std::string path_, pattern_;
  Known* known_;
  Problems* problems_;  ///< null with `scratch_`: the user was told that a table is missing, all else would be noise
};

}  // namespace vesicast::io
