#include "io/config/series_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "decomposition/base/error.hpp"
#include "io/text/csv_rows.hpp"
#include "io/text/distinct_lines.hpp"
#include "io/text/nearest.hpp"

namespace vesicast::io {
namespace {

constexpr std::size_t most_errors = 20;

/// One reading of one table.
class SeriesReader {
 public:
  explicit SeriesReader(const SeriesFile& series) : series_(series) {}

  TimeSeries read(std::string_view text) {
    const std::vector<CsvRow> rows = read_table(series_.file, text);
    if (rows.size() < 2) error(1, rows.empty() ? "the table is empty" : "no row follows the header");
    if (errors_.empty()) {
      time_column_ = column(rows[0], series_.time_column);
      value_column_ = column(rows[0], series_.value_column);
    }
    if (errors_.empty()) std::for_each(rows.begin() + 1, rows.end(), [&](auto& row) { read_row(row); });
    if (errors_.empty()) return {std::move(time_), std::move(value_)};
    if (errors_.size() > most_errors) {
      const std::size_t more = errors_.size() - most_errors;
      errors_.resize(most_errors);
      errors_.push_back(fmt::format("{}: ... and {} more", series_.file, more));
    }
    throw InputError(fmt::format("{}", fmt::join(errors_, "\n")));
  }

 private:
  void error(std::size_t line, const std::string& what) {
    errors_.push_back(fmt::format("{}:{}: {}", series_.file, line, what));
  }

  std::size_t column(const CsvRow& header, const std::string& name) {
    const auto count = std::ranges::count(header.fields, name);
    if (count == 0)
      error(header.line,
            fmt::format("no column is named {}{}", shown(name), suggestion(name, header.fields, "columns")));
    if (count > 1) error(header.line, fmt::format("{} columns are named {}", count, shown(name)));
    return static_cast<std::size_t>(std::ranges::find(header.fields, name) - header.fields.begin());
  }

  std::optional<double> field(const CsvRow& row, std::size_t at, const std::string& name) {
    std::string why = "the field is missing";
    const auto value = at < row.fields.size() ? csv_number(row.fields[at], why) : std::nullopt;
    if (!value) error(row.line, fmt::format("{}: {}", name, why));
    return value;
  }

  void read_row(const CsvRow& row) {
    const auto time = field(row, time_column_, series_.time_column);
    const auto value = field(row, value_column_, series_.value_column);
    if (value && *value < 0.0) error(row.line, fmt::format("{}: {} is negative", series_.value_column, *value));
    if (!time || !value) return;
    const double seconds = *time * series_.time_unit;
    if (!time_.empty() && !(seconds > time_.back()))
      error(row.line, fmt::format("{}: {} is not after the row before", series_.time_column, *time));
    time_.push_back(seconds);
    value_.push_back(*value * series_.concentration_unit);
  }

  const SeriesFile& series_;
  std::size_t time_column_ = 0, value_column_ = 0;
  std::vector<double> time_, value_;
  std::vector<std::string> errors_;
};

}  // namespace

TimeSeries read_series_table(const SeriesFile& series, std::string_view text) {
  return SeriesReader(series).read(text);
}

void read_series(Resolved& resolved, const std::function<std::string(const std::string& file)>& text_of) {
  DistinctLines problems;  // one file may serve several faces
  for (const SeriesFile& series : resolved.series) {
    const std::string text = text_of(series.file);
    Boundaries& boundary = resolved.parameters.vesicles[series.vesicle].boundary;
    try {
      boundary[static_cast<std::size_t>(series.axis)][static_cast<std::size_t>(series.side)].value =
          read_series_table(series, text);
    } catch (const InputError& e) {
      problems.add(e.what());
    }
  }
  if (!problems.text().empty()) throw InputError(problems.text());
}

}  // namespace vesicast::io
