#pragma once
/// \file
/// Voxel fields out, as a VTK image in one piece per rank.
#include <mpi.h>

#include <filesystem>
#include <span>
#include <string_view>

#include "decomposition/base/grid.hpp"
#include "io/vtk/named_values.hpp"

namespace vesicast::io {

/// Writes output number `index` at `time_s` [s]: KIND/KIND_NNNNNN.pvti, its pieces, and its entry in KIND.pvd.
/// `arrays`: cell data over the voxels of `owned` (x fastest), the same names on every rank. A rank that owns no voxel
/// writes no piece. On failure every rank throws OutputError and earlier outputs are as they were. Collective.
void write_voxels(MPI_Comm comm, const std::filesystem::path& run_folder, std::string_view kind, int index,
                  double time_s, const Grid& grid, const Box& owned, std::span<const NamedValues> arrays,
                  std::span<const Note> notes);
/// The same for the fields of the run. Collective.
void write_fields(MPI_Comm comm, const std::filesystem::path& run_folder, int index, double time_s, const Grid& grid,
                  const Box& owned, std::span<const NamedValues> arrays, std::span<const Note> notes);

}  // namespace vesicast::io
