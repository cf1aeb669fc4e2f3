#pragma once
/// \file
/// Every value of a configuration against its entry in the registry.
#include <string_view>

#include "io/config/problems.hpp"
#include "io/config/registry.hpp"
#include "io/config/tree.hpp"

namespace vesicast::io {

/// Notes unknown keys, wrong TOML types, missing or wrong units, values out of range and unknown choices of the whole
/// tree. What depends on several keys is left to `resolve`.
void check(const Node& root, Problems& problems);

/// Is `value`, of the key `path`, as `key` wants it? What is wrong goes to `problems`, where that is not null.
bool check_value(const Node& value, const Key& key, std::string_view path, Problems* problems);

/// Notes in `problems` a name that the result tables could not hold: empty, with commas, quotes or control characters.
void check_name(const Node& named, std::string_view name, std::string_view path, Problems& problems);

/// A value as the user wrote it, for messages.
[[nodiscard]] std::string shown(const Node& value);

}  // namespace vesicast::io
