#include "io/compare/difference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>

namespace vesicast::io {
namespace {

bool same(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}
bool same(std::int64_t a, std::int64_t b) {
  return a == b;
}

std::string shown(double v) {
  return std::isnan(v) ? fmt::format("NaN (bits {:016x})", std::bit_cast<std::uint64_t>(v)) : fmt::format("{}", v);
}
std::string shown(std::int64_t v) {
  return fmt::format("{}", v);
}

void measure(double a, double b, ArrayDifference& d) {
  if (std::isnan(a) || std::isnan(b)) {
    ++d.with_nan;
    return;
  }
  if (a == b) {
    ++d.sign_of_zero;
    return;
  }
  const double absolute = std::abs(a - b), scale = std::max(std::abs(a), std::abs(b));
  d.largest_absolute = std::max(d.largest_absolute, absolute);
  d.largest_relative = std::max(d.largest_relative, std::isinf(scale) ? HUGE_VAL : absolute / scale);
}

void measure(std::int64_t a, std::int64_t b, ArrayDifference& d) {
  const double x = static_cast<double>(a), y = static_cast<double>(b);
  const double absolute = std::max(1.0, std::abs(x - y));  // the doubles of two different large integers may agree
  d.largest_absolute = std::max(d.largest_absolute, absolute);
  d.largest_relative = std::max(d.largest_relative, absolute / std::max(std::abs(x), std::abs(y)));
}

template <class T>
ArrayDifference between(std::span<const T> a, std::span<const T> b) {
  ArrayDifference d;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (same(a[i], b[i])) continue;
    if (d.count++ == 0) {
      d.first = static_cast<std::int64_t>(i);
      d.first_a = shown(a[i]);
      d.first_b = shown(b[i]);
    }
    measure(a[i], b[i], d);
  }
  return d;
}

}  // namespace

std::size_t size(const Values& values) {
  return std::visit([](const auto& v) { return v.size(); }, values);
}

std::string kind(const Values& values) {
  return std::holds_alternative<std::vector<double>>(values) ? "double" : "integer";
}

ArrayDifference difference(const Values& a, const Values& b) {
  return std::visit(
      [&](const auto& va) {
        using Vector = std::decay_t<decltype(va)>;
        return between<typename Vector::value_type>(va, std::get<Vector>(b));
      },
      a);
}

std::string describe(const ArrayDifference& d, std::size_t size, const std::string& place) {
  std::string text =
      fmt::format("{} of {} values differ; first at {}: {} against {}", d.count, size, place, d.first_a, d.first_b);
  const auto out = std::back_inserter(text);
  if (d.count > d.sign_of_zero + d.with_nan)
    fmt::format_to(out, "; largest difference {:.6g} absolute, {:.6g} relative", d.largest_absolute,
                   d.largest_relative);
  if (d.sign_of_zero > 0) fmt::format_to(out, "; {} only in the sign of zero", d.sign_of_zero);
  if (d.with_nan > 0) fmt::format_to(out, "; {} with a NaN", d.with_nan);
  return text;
}

}  // namespace vesicast::io
