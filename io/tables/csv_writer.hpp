#pragma once
/// \file
/// CSV tables out: a header that names each column's unit, then rows. Numbers are written with the fewest digits that
/// read back to the same bits, so that equal states give equal bytes.
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "io/run_folder/atomic_file.hpp"

namespace vesicast::io {

/// `text` as one CSV field: quoted as RFC 4180 asks where it holds a comma, a quote or a line break, and with an
/// apostrophe in front where a spreadsheet would take it for a formula: it begins with = + - @, a tab or a carriage
/// return, and is no number.
[[nodiscard]] std::string csv_field(std::string_view text);

/// The text of a table, built field by field; write_file_atomically() puts it into a file in one go.
class TableText {
 public:
  /// `columns`: the header's names, each with its unit, e.g. "time [s]".
  explicit TableText(std::span<const std::string> columns);
  TableText(std::initializer_list<std::string> columns) : TableText(std::span(columns.begin(), columns.size())) {}

  TableText& add(double value);
  TableText& add(std::int64_t value);
  TableText& add(int value) { return add(std::int64_t{value}); }
  TableText& add(std::string_view text);
  TableText& add(const char* text) { return add(std::string_view(text)); }
  /// Ends the row; InternalError unless it has exactly one field per column.
  void end_row();

  /// Header and all rows that were ended and not cleared. Pre: no row is half built.
  [[nodiscard]] const std::string& text() const;
  /// Forgets the text, not the columns.
  void clear() { text_.clear(); }

 private:
  void separate();

  std::size_t columns_ = 0;
  std::size_t fields_ = 0;  ///< in the row being built
  std::string text_;
};

/// A table that grows during a run. Rows reach the file at commit(), whole or not at all. Used by rank 0 only.
class TableWriter {
 public:
  /// Creates `file` (an older one is emptied) and writes the header. OutputError if that fails.
  TableWriter(std::filesystem::path file, std::span<const std::string> columns);
  /// Goes on with `file` behind its first `rows` rows; what follows them is cut off. Throws InputError if it has fewer
  /// whole rows or another header, OutputError if it cannot be written.
  TableWriter(std::filesystem::path file, std::span<const std::string> columns, std::int64_t rows);
  TableWriter(const TableWriter&) = delete;
  TableWriter& operator=(const TableWriter&) = delete;
  /// Writes what commit() has not, if that is possible. It cannot report a failure: call close() for that.
  ~TableWriter();

  template <class T>
  TableWriter& add(const T& value) {
    rows_.add(value);
    return *this;
  }
  void end_row() { rows_.end_row(); }

  /// Hands the rows ended since the last commit() to the operating system. On failure OutputError; the file is cut back
  /// to the rows it held before, and these rows are forgotten.
  void commit();
  /// commit(), then waits for the device. OutputError.
  void flush();
  /// commit(), then waits for the device and closes. Any failure is an OutputError.
  void close();

 private:
  std::filesystem::path path_;
  TableText rows_;
  std::optional<OpenFile> file_;
  std::uintmax_t committed_ = 0;  ///< bytes
};

}  // namespace vesicast::io
