#pragma once
/// \file
/// Between cells and voxels: a cell exchanges with the one voxel that holds its centre. Deposit and sample are adjoint:
/// <deposit(a), c> over voxels = <a, sample(c)> over cells. Local to the rank.
#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "src/state/state.hpp"

namespace vesicast {

/// Per occupied voxel, the sum of its cells' values, in the order of their ids.
inline void deposit(const Cells& cells, std::span<const double> per_cell, std::span<double> per_occupied) {
  for (std::size_t o = 0; o < cells.occupied.size(); ++o) {
    double sum = 0.0;
    for (std::size_t c = cells.first_cell[o]; c < cells.first_cell[o + 1]; ++c) sum += per_cell[c];
    per_occupied[o] = sum;
  }
}

/// The voxels of some cells in a row, from `first` on: their places in Cells::occupied.
inline void find_voxels(const Cells& cells, std::size_t first, std::span<std::uint32_t> voxel) {
  const auto after = std::ranges::upper_bound(cells.first_cell, first);
  auto o = static_cast<std::size_t>(after - cells.first_cell.begin()) - 1;
  for (std::size_t i = 0; i < voxel.size(); ++i) {
    while (cells.first_cell[o + 1] <= first + i) ++o;
    voxel[i] = static_cast<std::uint32_t>(o);
  }
}

/// Adds to each occupied voxel the values of the cells in it, one by one: where stretches of cells begin changes no
/// bit.
inline void deposit(std::span<const std::uint32_t> voxel, std::span<const double> per_cell,
                    std::span<double> per_occupied) {
  for (std::size_t i = 0; i < voxel.size(); ++i) per_occupied[voxel[i]] += per_cell[i];
}

/// Per cell, the value of its voxel.
inline void sample(std::span<const std::uint32_t> voxel, std::span<const double> per_occupied,
                   std::span<double> per_cell) {
  for (std::size_t i = 0; i < voxel.size(); ++i) per_cell[i] = per_occupied[voxel[i]];
}

}  // namespace vesicast
