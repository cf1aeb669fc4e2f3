#pragma once
/// \file
/// In what form VTK files are written.
#include <algorithm>

#include "decomposition/base/box.hpp"
#include "src/parameters/output.hpp"

namespace vesicast::io {

struct VtkForm {
  int writers = 1;  ///< ranks that write, each a piece; no more than there are ranks
  Compression compression = Compression::lz4;
  Precision precision = Precision::double_precision;
};

/// The part of a grid that an output shows: every `stride`-th voxel of `region` along each axis, from its lower corner.
struct Sample {
  Box region;
  std::int64_t stride = 1;

  [[nodiscard]] Index3 voxels() const {
    Index3 n{};
    for (std::size_t a = 0; a < 3; ++a) n[a] = (region.extent(a) + stride - 1) / stride;
    return n;
  }
  /// The voxels of the output, counted from 0, that lie in `box` of the grid.
  [[nodiscard]] Box within(const Box& box) const {
    const Box inside = box.intersect(region);
    Box b;
    for (std::size_t a = 0; a < 3; ++a) {
      b.lower[a] = (inside.lower[a] - region.lower[a] + stride - 1) / stride;
      b.upper[a] = std::max(b.lower[a], (inside.upper[a] - region.lower[a] + stride - 1) / stride);
    }
    return b;
  }
  /// The grid's voxel that one of the output shows.
  [[nodiscard]] Index3 shown(const Index3& voxel) const {
    Index3 v{};
    for (std::size_t a = 0; a < 3; ++a) v[a] = region.lower[a] + stride * voxel[a];
    return v;
  }
};

}  // namespace vesicast::io
