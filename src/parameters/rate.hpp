#pragma once
/// \file
/// A rate by its place in the list of all that have names (src/parameters/rates.hpp).
#include <compare>
#include <cstdint>
#include <string_view>

namespace vesicast {

/// One of named_rates().
struct Rate {
  std::uint8_t index = 0;

  Rate() = default;
  /// The rate that users call `name`, capitals as written. \throws InternalError where there is none
  explicit Rate(std::string_view name);
  auto operator<=>(const Rate&) const = default;
};

}  // namespace vesicast
