#pragma once
/// \file
/// Files that a configuration names, as absolute paths; none is opened.
#include <string>

#include "io/config/table_reader.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast::io {

/// `file` relative to `folder`.
[[nodiscard]] std::string absolute_path(const std::string& folder, const std::string& file);

/// The file `key` of `table`, relative to `folder`, the absolute folder of the configuration. The table is changed to
/// it, so that the resolved text is the same run from any folder. Empty where it is wrong or absent.
[[nodiscard]] std::string read_path(TableReader& table, const char* key, const std::string& folder);

/// The map that `table` describes. \param file how the key of the file is called
[[nodiscard]] MapFile read_map(TableReader table, const char* file, const std::string& folder);

}  // namespace vesicast::io
