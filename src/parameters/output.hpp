#pragma once
/// \file
/// What a run writes, how often, how much of it and in what form.
#include <limits>
#include <string>
#include <vector>

#include "decomposition/base/box.hpp"
#include "src/base/time.hpp"
#include "src/parameters/standard.hpp"

namespace vesicast {

/// Of what stands in VTK files.
enum class Compression { lz4, zlib, none };
enum class Precision { single_precision, double_precision };

/// Output intervals; 0 switches fields and cells off, and leaves the tables their first and last state.
struct OutputParameters {
  Ticks fields_every = 0;
  Ticks cells_every = 0;
  Ticks series_every = 0;
  bool tables_only = standard(&OutputParameters::tables_only);
  int writers = standard(&OutputParameters::writers);  ///< ranks that write files of fields and cells
  Compression compression{};
  Precision precision{};
  std::vector<std::string> field_arrays, cell_arrays;  ///< names without units, with `*`; empty: all
  /// Corners of the box that fields show [um].
  Vector3 lower{};
  Vector3 upper{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity(),
                std::numeric_limits<double>::infinity()};
  int stride = standard(&OutputParameters::stride);  ///< every how many voxels of an axis fields show
};

}  // namespace vesicast
