#pragma once
/// \file
/// Between cells and voxels: a cell exchanges with the one voxel that holds its centre, Seats::voxel. Deposit and
/// sample are adjoint: <deposit(a), c> over voxels = <a, sample(c)> over cells. Local to the rank.
#include <cstdint>
#include <span>

namespace vesicast {

/// Adds to each occupied voxel the values of the cells in it, one by one in their order: where stretches of cells begin
/// changes no bit.
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
