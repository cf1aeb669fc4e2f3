#pragma once
/// \file
/// What a step of a configuration costs on this machine, measured on samples of it.
#include <mpi.h>

#include <span>
#include <vector>

#include "src/run/run_numbers.hpp"

namespace vesicast {

/// Wall time of a step on one rank, by what it is spent on.
struct StepCost {
  double voxel = 0.0;        ///< transport of all fields, where no cells are [s/voxel]
  double row = 0.0;          ///< what a row of voxels (along x) takes beside them [voxel]
  double occupied = 0.0;     ///< beside it, of a voxel that holds cells [s/voxel]
  std::vector<double> cell;  ///< [cell type] [s/cell]
  double sweeps = 1.0;       ///< of the stencil, the mean over the fields
  double sent_arrays = 1.0;  ///< per exchange of the rim, all fields together; 8 B per voxel each
  bool measured = false;     ///< or are these what a plain secretion and uptake costs somewhere?
};

/// How large a sample is measured.
struct SampleSize {
  Index3 voxels{};                 ///< of the grid at most
  std::int64_t most_voxels = 0;    ///< in all: a larger box is made smaller
  std::int64_t cells = 0;          ///< of the mixture of cells, at most
  std::int64_t cells_of_type = 0;  ///< of every cell type by itself, at most
};

/// As large as what one of `ranks` ranks has of a run, within bounds.
[[nodiscard]] SampleSize sample_of_share(const Grid& grid, int ranks, std::size_t cells);

/// Messages carry doubles.
inline constexpr double bytes_per_value = 8.0;

/// Builds small tissues of the configuration on this rank alone and takes steps in them: two without cells,
/// with long and with short rows, one of each cell type, one of the mixture as `cells` stand; the fastest of three
/// steps counts. Maps and regions are there as constants, a flow that is mapped or solved as a uniform one of 0.3 um/s.
/// `numbers` are those of the whole run: the samples' steps are cut into as many sweeps. Where a sample cannot be
/// built, the costs are typical ones and not measured. Local.
[[nodiscard]] StepCost measure_step_cost(const Parameters& parameters, const RunNumbers& numbers,
                                         std::span<const PlacedCell> cells, const SampleSize& size);

/// A tissue on a grid.
struct SampleTissue {
  Grid grid;
  std::vector<PlacedCell> cells;
};
/// The tissue of the run, or where it has more voxels than `most_voxels` a smaller box with as many cells per voxel,
/// pieces of the run's. Local.
[[nodiscard]] SampleTissue sample_tissue(const Parameters& parameters, std::span<const PlacedCell> cells,
                                         std::int64_t most_voxels);

/// Wall time [s] of a step of `tissue`, which all ranks have, under `layout` on all ranks of `comm`: the median of
/// seven. Throws AgreedError as make_simulation() does. Collective.
[[nodiscard]] double measure_steps(MPI_Comm comm, const Parameters& parameters, const RunNumbers& numbers,
                                   const SampleTissue& tissue, const Layout& layout);

}  // namespace vesicast
