#pragma once
/// \file
/// Between cells and voxels: a cell exchanges with the one voxel that holds its centre. Deposit and sample are adjoint:
/// <deposit(a), c> over voxels = <a, sample(c)> over cells. Local to the rank.
#include <span>
#include <vector>

#include "src/state.hpp"

namespace vesicast {

/// Per occupied voxel, the sum of its cells' values, in the order of their ids.
inline void deposit(const Cells& cells, std::span<const double> per_cell, std::span<double> per_occupied) {
  for (std::size_t o = 0; o < cells.occupied.size(); ++o) {
    double sum = 0.0;
    for (std::size_t c = cells.first_cell[o]; c < cells.first_cell[o + 1]; ++c) sum += per_cell[c];
    per_occupied[o] = sum;
  }
}

/// Per cell, the value of its voxel.
inline void sample(const Cells& cells, std::span<const double> per_occupied, std::span<double> per_cell) {
  for (std::size_t o = 0; o < cells.occupied.size(); ++o)
    for (std::size_t c = cells.first_cell[o]; c < cells.first_cell[o + 1]; ++c) per_cell[c] = per_occupied[o];
}

}  // namespace vesicast
