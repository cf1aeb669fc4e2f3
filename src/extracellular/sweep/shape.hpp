#pragma once
/// \file
/// Where the rows of a rimmed array lie, and which sides of the owned box are walls that nothing crosses. Pure.
#include <array>
#include <cstddef>

#include "decomposition/base/box.hpp"

namespace vesicast {

/// Offsets of a piece of a row and of its four neighbours in an array over `covered`. At a wall a neighbour is the row.
struct Row {
  std::size_t n = 0;      ///< voxels
  std::size_t index = 0;  ///< of the row among those of `covered`
  std::size_t at = 0, ym = 0, yp = 0, zm = 0, zp = 0;
  bool wall_low = false, wall_high = false;  ///< does it end at a wall in x?
  bool wall_yp = false, wall_zp = false;     ///< is there a wall above it in y, in z?

  /// Its voxels [from, to).
  [[nodiscard]] Row part(std::int64_t from, std::int64_t to) const {
    const auto by = static_cast<std::size_t>(from);
    return {static_cast<std::size_t>(to - from),
            index,
            at + by,
            ym + by,
            yp + by,
            zm + by,
            zp + by,
            wall_low,
            wall_high,
            wall_yp,
            wall_zp};
  }
};

struct SweepShape {
  Box owned;                                    ///< the voxels of this rank
  Box covered;                                  ///< what the arrays cover
  int depth = 1;                                ///< of the rim on joined sides
  std::array<std::array<bool, 2>, 3> joined{};  ///< [axis][side]: are there voxels of others beyond?

  [[nodiscard]] bool wall(std::size_t axis, std::size_t side) const { return !joined[axis][side]; }
  /// The owned box grown by `by` voxels on its joined sides (shrunk where negative), by at most the rim's depth.
  [[nodiscard]] Box grown(std::int64_t by) const {
    Box b = owned;
    for (std::size_t a = 0; a < 3; ++a) {
      if (joined[a][0]) b.lower[a] -= by;
      if (joined[a][1]) b.upper[a] += by;
    }
    return b;
  }
  /// The voxels [x0, x1) of row (j, k). Pre: they lie in grown(depth - 1), or their neighbours are not used.
  [[nodiscard]] Row row(std::int64_t x0, std::int64_t x1, std::int64_t j, std::int64_t k) const {
    const auto stride_y = static_cast<std::size_t>(covered.extent(0));
    const auto stride_z = static_cast<std::size_t>(covered.extent(0) * covered.extent(1));
    Row r;
    r.n = static_cast<std::size_t>(x1 - x0);
    r.index = static_cast<std::size_t>((k - covered.lower[2]) * covered.extent(1) + (j - covered.lower[1]));
    r.at = r.index * stride_y + static_cast<std::size_t>(x0 - covered.lower[0]);
    r.wall_low = wall(0, 0) && x0 == owned.lower[0];
    r.wall_high = wall(0, 1) && x1 == owned.upper[0];
    r.wall_yp = wall(1, 1) && j == owned.upper[1] - 1;
    r.wall_zp = wall(2, 1) && k == owned.upper[2] - 1;
    r.ym = wall(1, 0) && j == owned.lower[1] ? r.at : r.at - stride_y;
    r.yp = r.wall_yp ? r.at : r.at + stride_y;
    r.zm = wall(2, 0) && k == owned.lower[2] ? r.at : r.at - stride_z;
    r.zp = r.wall_zp ? r.at : r.at + stride_z;
    return r;
  }
  /// Turns row (j - 1, k) into row (j, k).
  void to_next(Row& r, std::int64_t j) const {
    const auto stride_y = static_cast<std::size_t>(covered.extent(0));
    ++r.index;
    r.at += stride_y;
    r.zm += stride_y;
    r.zp += stride_y;
    r.wall_yp = wall(1, 1) && j == owned.upper[1] - 1;
    r.ym = wall(1, 0) && j == owned.lower[1] ? r.at : r.at - stride_y;
    r.yp = r.wall_yp ? r.at : r.at + stride_y;
  }
};

/// Calls `visit(x0, x1, j, k)` for every row of `box`, in memory order.
template <class Visit>
void for_each_row(const Box& box, Visit&& visit) {
  if (box.empty()) return;
  for (std::int64_t k = box.lower[2]; k < box.upper[2]; ++k)
    for (std::int64_t j = box.lower[1]; j < box.upper[1]; ++j) visit(box.lower[0], box.upper[0], j, k);
}

/// Puts the end voxels of a row into the rim at walls in x, so that nothing flows there.
template <class Real>
void mirror_row_ends(const Row& r, Real* u) {
  if (r.wall_low) u[r.at - 1] = u[r.at];
  if (r.wall_high) u[r.at + r.n] = u[r.at + r.n - 1];
}

}  // namespace vesicast
