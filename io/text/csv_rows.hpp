#pragma once
/// \file
/// CSV in: RFC 4180 with either line end, as rows of fields that know their line.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vesicast::io {

struct CsvRow {
  std::size_t line = 0;             ///< where it starts, from 1
  std::vector<std::string> fields;  ///< blanks around them trimmed
};

/// The rows of a text that have something in them.
struct CsvRows {
  std::vector<CsvRow> rows;
  /// "LINE: what" where malformed quotes ended the reading, or nothing was read as fields are separated by something
  /// else than commas or tabs; else empty.
  std::string error;
};

/// Splits `text` through libcsv: at tabs where its first line has tabs outside quotes and no comma, else at commas.
/// InternalError if libcsv cannot start.
[[nodiscard]] CsvRows read_csv_rows(std::string_view text);

/// The rows of `file`, whose bytes these are. Throws InputError, the one thing that is wrong, where they are no text
/// (text_in()) or `CsvRows::error` says so.
[[nodiscard]] std::vector<CsvRow> read_table(const std::string& file, std::string_view bytes);

/// A decimal number with an optional sign, or nothing and why it is none: "\"1,5\" is not a number".
[[nodiscard]] std::optional<double> csv_number(const std::string& field, std::string& why);

/// `text` in quotes as a message shows it: shortened, control characters as '?'.
[[nodiscard]] std::string shown(std::string_view text);

}  // namespace vesicast::io
