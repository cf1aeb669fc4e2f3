#pragma once
/// \file
/// Files of text in.
#include <filesystem>
#include <string>

namespace vesicast::io {

/// The bytes of a file. InputError if it cannot be read. Local.
[[nodiscard]] std::string read_text(const std::filesystem::path& file);

}  // namespace vesicast::io
