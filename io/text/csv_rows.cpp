#include "io/text/csv_rows.hpp"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>

#include "decomposition/base/error.hpp"
#include "io/text/file_kind.hpp"
#include "io/text/trimmed.hpp"

namespace vesicast::io {

std::string shown(std::string_view text) {
  std::string out(text.substr(0, 60));
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 0x20) c = '?';
  return fmt::format("\"{}{}\"", out, text.size() > 60 ? "..." : "");
}

std::optional<double> csv_number(const std::string& field, std::string& why) {
  std::string_view text = field;
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::invalid_argument || end != text.data() + text.size())
    why = shown(field) + " is not a number";
  else if (error != std::errc{} || !std::isfinite(value))
    why = shown(field) + " is not a finite number";
  else
    return value;
  return std::nullopt;
}

namespace {

/// How often a character stands in the first line that is not blank, outside quotes; and which line that is.
struct FirstLine {
  std::string_view text;
  std::size_t number = 1;
  explicit FirstLine(std::string_view all) {
    while (true) {
      const std::size_t end = std::min(all.find_first_of("\r\n"), all.size());
      text = all.substr(0, end);
      if (!trimmed(text).empty() || end == all.size()) return;
      all.remove_prefix(all.substr(end, 2) == "\r\n" ? end + 2 : end + 1);
      ++number;
    }
  }
  [[nodiscard]] std::size_t count(char wanted) const {
    std::size_t found = 0;
    bool quoted = false;
    for (const char c : text) {
      if (c == '"') quoted = !quoted;
      if (c == wanted && !quoted) ++found;
    }
    return found;
  }
};

}  // namespace

CsvRows read_csv_rows(std::string_view text) {
  const FirstLine header(text);
  const bool tabs = header.count('\t') > 0 && header.count(',') == 0;
  if (!tabs && header.count(';') > 0 && (header.count(',') == 0 || header.count(';') > header.count(',')))
    return {{},
            fmt::format("{}: the fields are separated by semicolons: {}; save the table with commas (and points in "
                        "numbers), or with tabs",
                        header.number, shown(header.text))};
  struct Sink {
    CsvRows out;
    CsvRow row;
    bool ended = false;
  } sink;
  csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) throw InternalError("libcsv did not start");
  const std::unique_ptr<csv_parser, void (*)(csv_parser*)> guard(&parser, csv_free);
  if (tabs) {
    csv_set_delim(&parser, '\t');
    // A tab is a field's end, not a blank round it.
    csv_set_space_func(&parser, [](unsigned char c) { return c == ' ' ? 1 : 0; });
  }
  const auto on_field = [](void* data, std::size_t size, void* to) {
    const std::string_view field(static_cast<const char*>(data), size);
    static_cast<Sink*>(to)->row.fields.emplace_back(trimmed(field));
  };
  const auto on_row = [](int, void* to) {
    auto* s = static_cast<Sink*>(to);
    const auto empty = [](const std::string& field) { return field.empty(); };
    if (!std::all_of(s->row.fields.begin(), s->row.fields.end(), empty)) s->out.rows.push_back(std::move(s->row));
    s->row = {};
    s->ended = true;
  };
  // Fed line by line so that a row knows its line; a quoted field may go on over several.
  bool open = false;
  std::size_t line = 0;
  while (!text.empty() && sink.out.error.empty()) {
    ++line;
    std::size_t length = std::min(text.find_first_of("\r\n"), text.size());
    const bool blank = trimmed(text.substr(0, length)).empty();
    if (text.substr(length, 2) == "\r\n") ++length;
    length = std::min(length + 1, text.size());
    if (!open) sink.row.line = line;
    sink.ended = false;
    if (csv_parse(&parser, text.data(), length, on_field, on_row, &sink) != length)
      sink.out.error = fmt::format("{}: quotes do not match: {}", line, shown(trimmed(text.substr(0, length))));
    open = !sink.ended && (open || !blank);
    text.remove_prefix(length);
  }
  const std::size_t start = sink.row.line;
  if (sink.out.error.empty() && csv_fini(&parser, on_field, on_row, &sink) != 0)
    sink.out.error = fmt::format("{}: a quoted field does not end", start);
  return std::move(sink.out);
}

std::vector<CsvRow> read_table(const std::string& file, std::string_view bytes) {
  CsvRows table = read_csv_rows(text_in(file, bytes));
  if (!table.error.empty()) throw InputError(fmt::format("{}:{}", file, table.error));
  return std::move(table.rows);
}

}  // namespace vesicast::io
