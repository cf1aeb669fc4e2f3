// A concentration outside a face against time.
#include <fmt/format.h>

#include <limits>

#include "io/config/resolve_tables.hpp"

namespace vesicast::io {
namespace {

/// What 1 is in the column that `key` names, from the unit in brackets at the end of its header; NaN where it is wrong.
double unit_of_column(TableReader& table, const char* key, Dimension dimension) {
  const std::string header = table.text(key);
  const std::size_t open = header.rfind('[');
  try {
    if (!header.empty() && header.back() == ']' && open != std::string::npos)
      return convert(fmt::format("1 {}", header.substr(open + 1, header.size() - open - 2)), dimension);
    if (!header.empty())
      table.problem(key, fmt::format("the header of the column ends in its unit, as in \"{}\"",
                                     find_key(fmt::format("vesicle.*.boundary_value.<face>.{}", key))->default_text));
  } catch (const InputError& error) {
    table.problem(key, fmt::format("the unit of the column: {}", error.what()));
  }
  return std::numeric_limits<double>::quiet_NaN();
}

SeriesFile in_file(TableReader& table) {
  SeriesFile one;
  one.file = table.file("file");
  one.time_column = table.text("time");
  one.value_column = table.text("value");
  one.time_unit = unit_of_column(table, "time", Dimension::time);
  one.concentration_unit = unit_of_column(table, "value", Dimension::concentration);
  return one;
}

TimeSeries written_here(TableReader& table) {
  for (const char* name : {"time", "value"})
    if (table.has(name)) table.name_problem(name, "names a column of a file; here give times and values");
  for (const char* key : {"times", "values"})
    if (!table.has(key)) table.missing(key);
  const std::vector<double> times = table.vector("times"), values = table.vector("values");
  if (times.empty() || values.empty()) return {};
  if (times.size() != values.size()) {
    table.problem("values", fmt::format("has {} entries, but times has {}", values.size(), times.size()));
    return {};
  }
  for (std::size_t i = 1; i < times.size(); ++i) {
    if (times[i] > times[i - 1]) continue;
    table.problem("times", fmt::format("entry {}, {} s, is not after the one before, {} s", i, times[i], times[i - 1]));
    return {};
  }
  return {times, values};
}

}  // namespace

OutsideSeries resolve_series(TableReader table) {
  const bool file = table.has("file"), here = table.has("times") || table.has("values");
  if (file && here) table.name_problem("file", "a table in a file and one written here exclude each other");
  if (!file && !here) table.problem("give times and values, or the file of a table");
  if (file == here) return {};
  return here ? OutsideSeries{written_here(table), std::nullopt} : OutsideSeries{{}, in_file(table)};
}

}  // namespace vesicast::io
