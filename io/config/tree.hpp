#pragma once
/// \file
/// A configuration as a neutral tree of tables, arrays and values, each with the place it was written.
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vesicast::io {

/// Where something was written: a line and column of the file, or `--set`.
struct Position {
  int line = 0;  ///< from 1; 0: the file as a whole
  int column = 0;
  bool overridden = false;                         ///< given with --set
  std::shared_ptr<const std::string> source = {};  ///< the preset it comes from, for messages; null: the configuration

  /// "file:line:column", "file", or "--set".
  [[nodiscard]] std::string text(std::string_view file) const;
};

/// A value, or a table or array of values. Tables keep the order in which their keys were first written.
struct Node {
  enum class Kind { table, array, string, integer, number, boolean, date };

  Kind kind = Kind::table;
  std::string key;           ///< name in the table that holds it; empty in an array
  Position key_where;        ///< of the key
  Position where;            ///< of the value
  bool on_one_line = false;  ///< a table or array written as { } or [ ], not under a header of its own
  std::string text;          ///< of a string (or a date)
  std::int64_t integer = 0;
  double number = 0.0;
  bool boolean = false;
  std::list<Node> children;  ///< of a table or array; a list, so that an insertion moves none of them

  [[nodiscard]] bool is(Kind k) const { return kind == k; }
  /// The value of `name` in this table, or null.
  [[nodiscard]] Node* find(std::string_view name);
  [[nodiscard]] const Node* find(std::string_view name) const;
  /// The element `index` of this array, or null.
  [[nodiscard]] Node* element(std::size_t index);
  /// Replaces or appends the value of `name`; returns it. An existing key keeps its place in the order.
  Node& put(std::string_view name, Node value);

  [[nodiscard]] static Node make_string(std::string_view value);
  [[nodiscard]] static Node make_table(bool on_one_line);
};

/// The kind in words, with its article: "a table", "an integer".
[[nodiscard]] std::string_view words(Node::Kind kind);

/// `name` as a TOML key: bare, or quoted where it must be.
[[nodiscard]] std::string quoted_key(std::string_view name);

/// `value` as a TOML string in quotes.
[[nodiscard]] std::string quoted_string(std::string_view value);

/// `path` extended by `name`: `cell_type` and `CD4+ T cells` give `cell_type."CD4+ T cells"`.
[[nodiscard]] std::string join(std::string_view path, std::string_view name);

/// The names of a dotted key: `a."b c".0` is a, b c, 0. \throws InputError for an empty name or an unfinished quote.
[[nodiscard]] std::vector<std::string> split_key(std::string_view dotted);

}  // namespace vesicast::io
