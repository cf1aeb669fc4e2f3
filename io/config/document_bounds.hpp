#pragma once
/// \file
/// What a configuration may look like before it is parsed: a parser that goes into each level by itself ends where the
/// stack does.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace vesicast::io {

/// Arrays and tables in each other, and parts of a key, `a.b.c`: more than any configuration needs.
inline constexpr std::size_t deepest_nesting = 64, longest_key = 64;

struct BoundExceeded {
  int line = 0, column = 0;  ///< from 1
  std::string what;
};

/// The first place where a TOML text is nested deeper, or a key has more parts; strings and comments aside.
[[nodiscard]] std::optional<BoundExceeded> exceeded_bound(std::string_view text);

}  // namespace vesicast::io
