#pragma once
/// \file
/// What defines standard(): included by the files of rows alone, which instantiate it for the types of their members.
#include "decomposition/base/error.hpp"
#include "src/base/time.hpp"
#include "src/parameters/row.hpp"
#include "src/parameters/standard.hpp"

namespace vesicast {

/// The default of a row as a value of its member.
template <class Value, class Struct>
[[nodiscard]] Value standard_value(const KeyRow<Struct>& row) {
  const std::string_view text = row.standard;
  if constexpr (std::is_same_v<Value, bool>)
    return text == "true" || (row.type.kind == Kind::choice && text == parts(row.more.choices).front());
  else if constexpr (std::is_same_v<Value, std::string>)
    return std::string(text);
  else if constexpr (std::is_same_v<Value, Ticks>)
    return row.type.dimension == Dimension::time ? to_ticks(internal_value(text))
                                                 : static_cast<Ticks>(internal_value(text));
  else
    return static_cast<Value>(internal_value(text));
}

/// The defaults of the entries of an array, which have a row each, or one for all.
template <std::size_t n, class Struct>
[[nodiscard]] std::array<double, n> standard_entries(std::array<double, n> Struct::*member) {
  std::array<double, n> values{};
  for (const KeyRow<Struct>& row : rows<Struct>()) {
    if constexpr (n == 4)
      if (const auto* all = std::get_if<std::array<double, 4> Struct::*>(&row.member); all != nullptr && *all == member)
        values.fill(internal_value(row.standard));
    if (const auto* one = std::get_if<Element<Struct, n>>(&row.member);
        one != nullptr && one->array == member && *row.standard != '\0')
      values[one->index] = internal_value(row.standard);
  }
  return values;
}

template <class Struct, class Value>
Value standard(Value Struct::*member) {
  if constexpr (std::is_class_v<Value> && !std::is_same_v<Value, std::string>) {
    return standard_entries(member);
  } else {
    for (const KeyRow<Struct>& row : rows<Struct>())
      if (const auto* sets = std::get_if<Value Struct::*>(&row.member); sets != nullptr && *sets == member)
        return standard_value<Value>(row);
    throw InternalError("a member without a row");
  }
}

}  // namespace vesicast
