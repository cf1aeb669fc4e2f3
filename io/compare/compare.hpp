#pragma once
/// \file
/// `vesicast compare`: do two runs say the same, and if not, where and by how much do they differ?
#include <filesystem>
#include <ostream>

namespace vesicast::io {

/// Compares the runs in folders `a` and `b`, made on any numbers of ranks: tables by byte, every field output by voxel,
/// every cell output by global id, the maps of the tissue and its flow, and the newest checkpoint with every array of
/// the state where both have one; doubles by bit. Writes the differences to `out`, or one line that says what was
/// compared. Returns 0 without a difference, else 1 (ExitCode::different). InputError if either is no run folder or
/// holds a file that cannot be read. Serial.
[[nodiscard]] int compare_runs(const std::filesystem::path& a, const std::filesystem::path& b, std::ostream& out);

}  // namespace vesicast::io
