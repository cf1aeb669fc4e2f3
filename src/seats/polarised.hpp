#pragma once
/// \file
/// Polarised release: a share of what leaves a cell's surface goes to the voxel beside the cell's own, on one side,
/// which another rank may own; biology.md section 2. Where that voxel is outside the domain or an obstacle all goes to
/// the cell's own.
#include <mpi.h>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "decomposition/domain.hpp"
#include "src/model/model.hpp"
#include "src/state/state.hpp"

namespace vesicast {

class PolarisedRelease {
 public:
  PolarisedRelease() = default;
  /// Finds the voxels beside the cells that began as polarised types, or as types that may become one, and appends
  /// those of this rank to `beside`. `obstacle`: per owned voxel, or empty. Collective.
  PolarisedRelease(const Model& model, const Domain& domain, const Cells& cells, std::span<const std::uint8_t> obstacle,
                   std::vector<std::int64_t>& beside);

  /// Has any cell type of the run polarised release? The same on all ranks.
  [[nodiscard]] bool any() const { return any_; }
  /// The share of what a cell releases that goes beside it, as it is of type `type`. Local.
  [[nodiscard]] double share(std::size_t cell, std::size_t type) const {
    return any_ && sides_[type] && beside_[cell][*sides_[type]] ? shares_[type] : 0.0;
  }
  /// Adds to `release`, [field][occupied voxel], what the cells give beside them, `aside` [field][cell], in the order
  /// of the cells' ids whatever the ranks. Collective where any().
  void add(const Cells& cells, std::span<const std::int64_t> occupied, const std::vector<std::vector<double>>& aside,
           std::vector<std::vector<double>>& release) const;

 private:
  bool any_ = false;
  MPI_Comm comm_ = MPI_COMM_NULL;
  std::vector<std::optional<std::size_t>> sides_;  ///< [cell type], 2 axis + (0 lower, 1 upper)
  std::vector<double> shares_;                     ///< [cell type]
  /// Where a voxel is: the rank that owns it, and its offset there.
  struct Place {
    int rank = 0;
    std::int64_t voxel = 0;
  };
  std::vector<std::array<std::optional<Place>, 6>> beside_;  ///< [cell][side], on the sides that its types release to
};

}  // namespace vesicast
