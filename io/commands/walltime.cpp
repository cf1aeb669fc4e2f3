#include <fmt/format.h>

#include <regex>

#include "io/commands/commands.hpp"
#include "io/text/units.hpp"

namespace vesicast::io {

double walltime_seconds(const std::string& text) {
  // As batch systems write it: minutes, minutes:seconds, hours:minutes:seconds, days-hours:minutes:seconds.
  static const std::regex clock(R"((?:(\d+)-)?(\d+):(\d\d)(?::(\d\d))?)");
  if (std::smatch m; std::regex_match(text, m, clock)) {
    const auto part = [&](std::size_t i) { return m[i].matched ? std::stod(m[i].str()) : 0.0; };
    const bool with_hours = m[4].matched || m[1].matched;
    const double of_day = with_hours ? 3600.0 * part(2) + 60.0 * part(3) + part(4) : 60.0 * part(2) + part(3);
    return 86400.0 * part(1) + of_day;
  }
  const double seconds = convert(text, Dimension::time);
  if (!(seconds > 0.0)) throw InputError(fmt::format("\"{}\" is no time above 0", text));
  return seconds;
}

}  // namespace vesicast::io
