#pragma once
/// \file
/// Where the cells of this rank sit: every table with one value per cell or per occupied voxel that a step needs and
/// that is no state. It is made again by seat() when cells move, come, go or change rank, and nothing else holds the
/// place of a cell or of an occupied voxel; what a step keeps for the next one (Stepper, src/step/advance.hpp) goes
/// with it.
#include <cstdint>
#include <vector>

#include "src/seats/polarised.hpp"
#include "src/seats/varied_cells.hpp"
#include "src/site/site.hpp"

namespace vesicast {

struct Seats {
  /// Voxels that hold cells, or get what cells beside them release: offsets in the owned box, increasing.
  std::vector<std::int64_t> occupied;
  std::vector<std::uint32_t> voxel;  ///< [cell], place in `occupied` of the voxel that holds its centre; never falls
  ExchangeVoxels exchange;           ///< what the transport needs of them
  std::vector<double> unresolved;  ///< [cell type], sub-voxel 1/k_S where alpha D is 1 um^2/s; it goes with 1/(alpha D)
  std::vector<std::vector<double>> inverse_alpha_diffusivity;  ///< [vesicle][cell], 1/(alpha D) [s/um^2]
  VariedCells varied;
  PolarisedRelease polarised;
  /// [vesicle], Operator::largest_rate over the whole domain: faces, vessels and cells included, all receptors free, at
  /// any time and of any type that cells may become [1/s]
  std::vector<double> largest_rate;

  /// Sub-voxel 1/k_S of a cell [s/um^3] (src/recipient/subvoxel.hpp).
  [[nodiscard]] double resistance(std::size_t vesicle, const Cells& cells, std::size_t cell) const {
    return unresolved[static_cast<std::size_t>(cells.type[cell])] * inverse_alpha_diffusivity[vesicle][cell];
  }
  /// Offset in the owned box of the voxel that holds a cell's centre.
  [[nodiscard]] std::int64_t voxel_of(std::size_t cell) const { return occupied[voxel[cell]]; }
};

/// Seats the cells of this rank, which lie in its box and are in their order (by voxel, then by id). Where something is
/// fixed as a run begins it goes by the type that a cell began as, so that a run which is taken up again goes on to the
/// same bits. Collective.
[[nodiscard]] Seats seat(const Model& model, const Site& site, const Cells& cells);

}  // namespace vesicast
