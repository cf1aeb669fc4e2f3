#pragma once
/// \file
/// The valid name nearest to a mistyped one.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vesicast::io {

/// ASCII capitals as small letters.
[[nodiscard]] std::string lower_case(std::string_view text);

/// Number of letters to insert, delete, replace or swap with their neighbour to turn `a` into `b`.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The one of `names` nearest to `name`, or nothing when none is near: within a third of the letters, capitals aside.
/// The first of several equally near ones.
[[nodiscard]] std::optional<std::string> nearest(std::string_view name, const std::vector<std::string>& names);

/// What to append to "unknown ...": `; did you mean "tumour"?`, or the list of what there is, or that there is nothing.
/// \param what the plural of what is named, e.g. "cell types"
[[nodiscard]] std::string suggestion(std::string_view name, const std::vector<std::string>& names,
                                     std::string_view what);

}  // namespace vesicast::io
