#pragma once
/// \file
/// The arrays of an output before their values are made: what there is to choose from, and what was chosen.
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vesicast::io {

/// An array of an output; `values` makes this rank's part.
struct ArrayMaker {
  std::string name;  ///< with its unit, "exosome [1/um^3]"
  std::function<std::vector<double>()> values;
};

/// "exosome" of "exosome [1/um^3]".
[[nodiscard]] std::string_view without_unit(std::string_view name);

/// Is the array meant by `pattern`, a name without its unit in which `*` stands for any letters?
[[nodiscard]] bool is_meant(std::string_view name, const std::string& pattern);

/// Those that one of `patterns` means, in their own order; all where there are none.
[[nodiscard]] std::vector<ArrayMaker> those_chosen(std::vector<ArrayMaker> arrays,
                                                   std::span<const std::string> patterns);

}  // namespace vesicast::io
