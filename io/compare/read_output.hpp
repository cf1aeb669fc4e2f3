#pragma once
/// \file
/// One VTK output of a run, put together from the pieces of any number of ranks.
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "decomposition/base/box.hpp"
#include "io/compare/difference.hpp"

namespace vesicast::io {

struct OutputArray {
  std::string name;
  Values values;
};

/// Voxel fields over the whole domain, x fastest.
struct ReadFields {
  Index3 voxels{};
  Vector3 spacing{};  ///< [um]
  std::vector<OutputArray> arrays;
};

/// All cells in the order of their global ids.
struct ReadCells {
  std::vector<std::int64_t> ids;
  std::vector<OutputArray> arrays;      ///< "x [um]", "y [um]", "z [um]", then the point data except "id"
  std::vector<std::string> cell_types;  ///< names by type index
};

/// Reads a .pvti and its pieces. InputError if a piece is missing or unreadable, or a voxel is in no piece or in two.
[[nodiscard]] ReadFields read_field_output(const std::filesystem::path& index_file);

/// Reads a .pvtp and its pieces. InputError if a piece is missing or unreadable, or two cells have the same id.
[[nodiscard]] ReadCells read_cell_output(const std::filesystem::path& index_file);

}  // namespace vesicast::io
