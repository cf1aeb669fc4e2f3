#include "src/parameters/row.hpp"

#include <charconv>
#include <cmath>

#include "decomposition/base/error.hpp"

namespace vesicast {
namespace {

/// How a number of `unit` becomes one of the internal unit: times `times`, over `over`, plus `plus`; as the reader does
/// it (io/text/units.cpp), so that both come to the same bits.
struct Scale {
  std::string_view unit;
  double times = 1.0, over = 1.0, plus = 0.0;
};
constexpr Scale scales[] = {{""},
                            {"/s"},
                            {"/h", 1.0, 3600.0},
                            {"s"},
                            {"um"},
                            {"um^2"},
                            {"um^3"},
                            {"um/s"},
                            {"um^2/s"},
                            {"um^3/s"},
                            {"/M/s", 1.0, 602214076.0},
                            {"/ml", 1e-12},
                            {"nM", 0.602214076},
                            {"Pa"},
                            {"um^2/Pa/s"},
                            {"mPa s", 1e-3},
                            {"degC", 1.0, 1.0, 273.15}};

/// A number and what stands behind it.
struct Parsed {
  bool good = false;
  double value = 0.0;
  std::string_view rest;
};
Parsed number_in(std::string_view text) {
  Parsed p;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), p.value);
  p.good = error == std::errc();
  p.rest = text.substr(static_cast<std::size_t>(end - text.data()));
  return p;
}

std::optional<double> scaled(double value, std::string_view unit) {
  while (unit.starts_with(' ')) unit.remove_prefix(1);
  for (const Scale& s : scales)
    if (s.unit == unit) return value * s.times / s.over + s.plus;
  return std::nullopt;
}

}  // namespace

double internal_value(std::string_view text) {
  const Parsed number = number_in(text);
  const auto value = number.good ? scaled(number.value, number.rest) : std::nullopt;
  if (!value) throw InternalError("no default can be \"" + std::string(text) + "\"");
  return *value;
}

std::vector<std::string_view> parts(std::string_view list) {
  std::vector<std::string_view> all;
  while (!list.empty()) {
    const std::size_t bar = list.find('|');
    all.push_back(list.substr(0, bar));
    list = bar == std::string_view::npos ? std::string_view() : list.substr(bar + 1);
  }
  return all;
}

std::optional<Range> usual_range(const More& more) {
  if (std::isfinite(more.usual.lower)) return more.usual;
  constexpr std::string_view to = " to ";
  const Parsed lower = number_in(more.typical);
  if (!lower.good || !lower.rest.starts_with(to)) return std::nullopt;
  const Parsed upper = number_in(lower.rest.substr(to.size()));
  const auto low = upper.good ? scaled(lower.value, upper.rest) : std::nullopt;
  if (!low) return std::nullopt;
  return Range{.lower = *low, .upper = *scaled(upper.value, upper.rest)};
}

}  // namespace vesicast
