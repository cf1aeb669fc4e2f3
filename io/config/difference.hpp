#pragma once
/// \file
/// Where two resolved configurations say something else.
#include <string>
#include <vector>

namespace vesicast::io {

struct ConfigDifference {
  std::string key;            ///< `cell_type."CD4+ T cells".radius`
  std::string before, after;  ///< the values as they stand in the text; empty where there is no such key
};

/// The keys whose values differ, in the order of `before`, then those that only `after` has. Throws InputError if one
/// of them is no configuration.
[[nodiscard]] std::vector<ConfigDifference> config_differences(const std::string& before, const std::string& after);

}  // namespace vesicast::io
