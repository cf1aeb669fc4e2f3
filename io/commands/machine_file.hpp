#pragma once
/// \file
/// The numbers of a machine as `vesicast plan` keeps them, and how fast its disk is.
#include <filesystem>

#include "src/plan/machine.hpp"

namespace vesicast::io {

/// As JSON; an existing file is replaced when the new one is whole. Throws OutputError.
void write_machine(const std::filesystem::path& file, const Machine& machine);
/// Throws InputError if it is not such a file.
[[nodiscard]] Machine read_machine(const std::filesystem::path& file);

/// Bytes per second into a file of 64 MB in `folder`, until the disk has them; the file is removed. Throws OutputError.
[[nodiscard]] double disk_speed(const std::filesystem::path& folder);

}  // namespace vesicast::io
