#pragma once
/// \file
/// A checkpoint put together from the parts of any number of ranks.
#include <cstdint>
#include <filesystem>

#include "io/compare/read_output.hpp"
#include "io/run_folder/provenance.hpp"

namespace vesicast::io {

struct ReadCheckpoint {
  double time_s = 0.0;
  std::int64_t steps = 0;
  ReadFields fields;              ///< every array per voxel, over the whole domain; spacing unknown
  ReadCells cells;                ///< every array per cell, by global id; no names of types
  std::vector<OutputArray> sums;  ///< what is known of the whole run: contents at t = 0, accumulated flows
};

/// Reads all of it, every checksum included. Throws InputError.
[[nodiscard]] ReadCheckpoint read_whole_checkpoint(const std::filesystem::path& folder);

}  // namespace vesicast::io
