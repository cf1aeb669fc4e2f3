#pragma once
/// \file
/// Voxel fields out, as a VTK image in one piece per writer.
#include <mpi.h>

#include <filesystem>
#include <span>
#include <string_view>

#include "decomposition/base/grid.hpp"
#include "io/vtk/form.hpp"
#include "io/vtk/named_values.hpp"
#include "io/vtk/snapshot.hpp"

namespace vesicast::io {

/// Voxels of a run's grid and what they show.
struct VoxelImage {
  const Grid& grid;
  Box owned;      ///< this rank's
  Sample sample;  ///< what of the grid is written
};

/// Writes output number `index` at `time_s` [s]: KIND/KIND_NNNNNN.pvti, its pieces, and its entry in KIND.pvd.
/// `arrays`: cell data over the owned voxels (x fastest), the same names on every rank. Of a sample with a stride each
/// voxel stands in the middle of a cell of `stride` times its size. `series` as for write_snapshot(). On failure every
/// rank throws OutputError and earlier outputs are as they were. Collective.
void write_voxels(MPI_Comm comm, const std::filesystem::path& run_folder, std::string_view kind, int index,
                  double time_s, const VoxelImage& image, std::span<const NamedValues> arrays,
                  std::span<const Note> notes, const VtkForm& form, KnownSeries& series);

}  // namespace vesicast::io
