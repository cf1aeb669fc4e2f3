#include "src/parameters/row.hpp"

#include <fmt/format.h>

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
                            {"min", 60.0},
                            {"um"},
                            {"um^2"},
                            {"um^3"},
                            {"um/s"},
                            {"um^2/s"},
                            {"um^3/s"},
                            {"vesicle/h", 1.0, 3600.0},
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

/// "5e-3"
std::string power_of_ten(double value) {
  const int power = static_cast<int>(std::floor(std::log10(value) + 1e-9));
  return fmt::format("{:g}e{}", value / std::pow(10.0, power), power);
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

std::string words(const Source& source) {
  std::string text = source.text;
  if (source.confidence != Confidence::not_rated) {
    if (!text.empty() && text.back() != ' ') text += ", ";
    text += static_cast<char>(source.confidence);
  }
  return text + source.note;
}

std::string words(const Usual& usual) {
  // Small numbers as powers of ten, beside each other; large ones where zeros would have to be counted.
  const auto number = [&](double value) {
    return usual.lower < 1e-3 || value >= 1e3 ? power_of_ten(value) : fmt::format("{:g}", value);
  };
  const char* const blank = *usual.unit == '\0' ? "" : " ";
  return fmt::format("{} to {}{}{}", number(usual.lower), number(usual.upper), blank, usual.unit);
}

std::string typical_words(const More& more) {
  return *more.typical == '\0' && more.usual.known() ? words(more.usual) : more.typical;
}

Range range_of(const Usual& usual) {
  const auto lower = scaled(usual.lower, usual.unit), upper = scaled(usual.upper, usual.unit);
  if (!lower || !upper) throw InternalError("no usual value can be in \"" + std::string(usual.unit) + "\"");
  return {.lower = *lower, .upper = *upper};
}

}  // namespace vesicast
