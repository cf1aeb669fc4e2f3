#pragma once
/// \file
/// A value against time, from a CSV table.
#include <functional>
#include <string>
#include <string_view>

#include "io/config/resolve.hpp"
#include "src/base/time_series.hpp"

namespace vesicast::io {

/// The concentration [1/um^3] against time [s] in `text`, the bytes of `series.file`. Local.
/// \throws InputError with all that is wrong, one line each: a column that is missing or there twice, no rows, fields
///         that are no finite number, negative concentrations, times that do not increase.
[[nodiscard]] TimeSeries read_series_table(const SeriesFile& series, std::string_view text);

/// Puts the tables of `resolved.series` where they belong, the faces of the vesicle classes; `text_of` gives the bytes
/// of a file. Calls it once per entry, in order. Local, if `text_of` is.
/// \throws InputError with all that is wrong in any of the tables
void read_series(Resolved& resolved, const std::function<std::string(const std::string& file)>& text_of);

}  // namespace vesicast::io
