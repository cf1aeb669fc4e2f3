#include "io/text/units.hpp"

#include <fmt/format.h>
#include <udunits2.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <initializer_list>
#include <memory>
#include <optional>
#include <system_error>

#include "decomposition/base/error.hpp"
#include "io/text/trimmed.hpp"

namespace vesicast::io {
namespace {

struct FreeSystem {
  void operator()(ut_system* system) const { ut_free_system(system); }
};
struct FreeUnit {
  void operator()(ut_unit* one) const { ut_free(one); }
};
struct FreeConverter {
  void operator()(cv_converter* one) const { cv_free(one); }
};
using Unit = std::unique_ptr<ut_unit, FreeUnit>;
using Converter = std::unique_ptr<cv_converter, FreeConverter>;

/// The unit system of the process: udunits' own, M = mol/L, and the names of things that are counted.
class UnitSystem {
 public:
  static const UnitSystem& instance() {
    static const UnitSystem system;
    return system;
  }

  /// The unit that `text` names, or nothing.
  [[nodiscard]] Unit parse(const std::string& text) const {
    return Unit(ut_parse(system_.get(), text.c_str(), UT_UTF8));
  }

 private:
  UnitSystem() {
    ut_set_error_message_handler(ut_ignore);
    system_.reset(ut_read_xml(nullptr));
    if (!system_) throw InternalError("udunits2 cannot read its unit database (package libudunits2-data)");
    const Unit one(ut_get_dimensionless_unit_one(system_.get()));
    // udunits has molecules as a share of a mole, by an Avogadro number from before 2019.
    for (const char* replaced : {"molecule", "molecules"})
      if (ut_unmap_name_to_unit(system_.get(), replaced, UT_ASCII) != UT_SUCCESS)
        throw InternalError(fmt::format("udunits2 does not give up its own \"{}\"", replaced));
    for (const char* counted : {"vesicle", "vesicles", "molecule", "molecules", "cell", "cells", "copy", "copies"})
      if (ut_map_name_to_unit(counted, UT_ASCII, one.get()) != UT_SUCCESS)
        throw InternalError(fmt::format("udunits2 does not take \"{}\" as a unit", counted));
    const Unit molar = parse("mol/L");
    if (!molar || ut_map_symbol_to_unit("M", UT_ASCII, molar.get()) != UT_SUCCESS)
      throw InternalError("udunits2 does not take \"M\" as a unit");
  }

  std::unique_ptr<ut_system, FreeSystem> system_;
};

/// udunits multiplies prefixes, which leaves dirt in the last bits (1/ml is 9.9999999999999978e-13 /um^3). A factor or
/// its inverse that is a short decimal up to that dirt is that decimal.
double scaled(double value, double factor) {
  const auto decimal = [](double x) -> std::optional<double> {
    const double rounded = std::strtod(fmt::format("{:.10e}", x).c_str(), nullptr);
    if (std::abs(x - rounded) <= 1e-14 * std::abs(x)) return rounded;
    return std::nullopt;
  };
  if (const auto exact = decimal(factor)) return value * *exact;
  if (const auto exact = decimal(1.0 / factor)) return value / *exact;
  return value * factor;
}

/// What one `from` is in `to`, if they measure the same and share their zero.
std::optional<double> factor_between(const Unit& from, const Unit& to) {
  if (ut_are_convertible(from.get(), to.get()) == 0) return std::nullopt;
  const Converter converter(ut_get_converter(from.get(), to.get()));
  if (!converter || std::abs(cv_convert_double(converter.get(), 0.0)) > 0.0) return std::nullopt;
  return cv_convert_double(converter.get(), 1.0);
}

/// A temperature in kelvin; scales may have a zero of their own.
std::optional<double> kelvin(double number, const Unit& from) {
  const Unit to = UnitSystem::instance().parse("K");
  if (!to) throw InternalError("udunits2 does not know \"K\"");
  if (ut_are_convertible(from.get(), to.get()) == 0) return std::nullopt;
  const Converter converter(ut_get_converter(from.get(), to.get()));
  if (!converter) return std::nullopt;
  return cv_convert_double(converter.get(), number);
}

std::optional<double> factor_to(const Unit& from, Dimension dimension) {
  for (const AcceptedUnit& accepted : entry(dimension).accepted) {
    if (accepted.unit == nullptr) continue;
    const Unit to = UnitSystem::instance().parse(accepted.unit);
    if (!to) throw InternalError(fmt::format("udunits2 does not know \"{}\"", accepted.unit));
    if (const auto factor = factor_between(from, to)) return *factor * accepted.factor;
  }
  return std::nullopt;
}

/// `number` of the unit `from` in the internal unit, or nothing where it measures something else.
std::optional<double> internal_value(double number, const Unit& from, Dimension dimension) {
  if (dimension == Dimension::temperature) return kelvin(number, from);
  const auto factor = factor_to(from, dimension);
  if (!factor) return std::nullopt;
  return scaled(number, *factor);
}

/// What a unit measures, in words where the program has a word for it: "a length", "kg.m.s-2".
std::string found(const Unit& unit_found) {
  for (const Dimension d :
       {Dimension::time, Dimension::length, Dimension::diffusivity, Dimension::rate, Dimension::concentration,
        Dimension::binding, Dimension::velocity, Dimension::pressure, Dimension::hydraulic_conductivity,
        Dimension::wall_conductivity, Dimension::surface_density, Dimension::temperature, Dimension::viscosity})
    if (internal_value(1.0, unit_found, d)) return fmt::format("a {}", name(d));
  std::array<char, 128> text{};
  const int length = ut_format(unit_found.get(), text.data(), text.size() - 1, UT_ASCII | UT_DEFINITION);
  if (length <= 0 || text[0] == '\0' || std::string_view(text.data()) == "1") return "a number without dimension";
  return fmt::format("a quantity in {}", text.data());
}

/// Does the unit hold a number of its own ("10 000 um", "1 h 30 min")? udunits would multiply by it.
bool holds_a_number(std::string_view text) {
  if (text.empty()) return false;
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const bool one_over = text.size() > 1 && text[0] == '1' && trimmed(text.substr(1), " \t").substr(0, 1) == "/";
  if ((digit(text[0]) || text[0] == '.' || text[0] == '+' || text[0] == '-' || text[0] == ',') && !one_over)
    return true;
  for (std::size_t i = 1; i < text.size(); ++i)
    if (digit(text[i]) && (text[i - 1] == ' ' || text[i - 1] == '\t')) return true;
  return false;
}

}  // namespace

double convert(std::string_view text, Dimension dimension) {
  if (dimension == Dimension::none) throw InternalError("a plain number has no unit to convert");
  const DimensionEntry& expected = entry(dimension);
  const std::string hint = fmt::format("expected a {} such as \"{}\"", expected.name, expected.example);

  std::string_view rest = trimmed(text, " \t");
  if (rest.size() > 1 && rest[0] == '+' && rest[1] != '-') rest.remove_prefix(1);
  double number = 0.0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (error == std::errc::invalid_argument) throw InputError(fmt::format("\"{}\" has no number; {}", text, hint));
  if (error == std::errc::result_out_of_range || !std::isfinite(number))
    throw InputError(fmt::format("\"{}\" is not a finite number; {}", text, hint));
  rest = trimmed(rest.substr(static_cast<std::size_t>(end - rest.data())), " \t");
  if (rest.empty()) throw InputError(fmt::format("\"{}\" has no unit; {}", text, hint));
  if (holds_a_number(rest)) throw InputError(fmt::format("\"{}\" holds more than one number; {}", text, hint));

  const Unit given = UnitSystem::instance().parse(rest.front() == '/' ? fmt::format("1{}", rest) : std::string(rest));
  if (!given) throw InputError(fmt::format("\"{}\" has an unknown unit \"{}\"; {}", text, rest, hint));
  const auto value = internal_value(number, given, dimension);
  if (!value) throw InputError(fmt::format("\"{}\" is {}; {}", text, found(given), hint));
  if (!std::isfinite(*value)) throw InputError(fmt::format("\"{}\" is too large; {}", text, hint));
  return *value;
}

std::string quantity_text(double value, Dimension dimension) {
  const std::string_view internal = unit(dimension);
  if (internal.starts_with("1/")) return fmt::format("{} {}", value, internal.substr(1));
  return fmt::format("{} {}", value, internal);
}

}  // namespace vesicast::io
