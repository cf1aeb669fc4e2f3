#pragma once
/// \file
/// Two tables byte by byte.
#include <filesystem>
#include <optional>
#include <string>

namespace vesicast::io {

/// Nothing if the files hold the same bytes, else the first line that differs, from both. InputError if one cannot be
/// read.
[[nodiscard]] std::optional<std::string> compare_tables(const std::filesystem::path& a, const std::filesystem::path& b);

}  // namespace vesicast::io
