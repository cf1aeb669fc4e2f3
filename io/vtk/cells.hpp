#pragma once
/// \file
/// Cells out, as VTK vertices in one piece per writer.
#include <mpi.h>

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "decomposition/base/box.hpp"
#include "io/vtk/form.hpp"
#include "io/vtk/named_values.hpp"
#include "io/vtk/snapshot.hpp"

namespace vesicast::io {

/// The cells of one rank, borrowed; the three spans are equally long.
struct CellPoints {
  std::span<const std::int64_t> ids;    ///< global
  std::span<const Vector3> positions;   ///< centres [um]
  std::span<const std::int32_t> types;  ///< index into the names of the cell types
};

/// Writes output number `index` at `time_s` [s]: cells/cells_NNNNNN.pvtp, its pieces, and its entry in cells.pvd.
/// Point data: "id", "type" and `arrays` (one value per cell, the same names on every rank). Field data: TimeValue, the
/// notes, and "cell types", the name of each type. Writers without cells write no piece; if there is no cell at all,
/// the first writes an empty one, so that the arrays are known. Positions are in double precision. `series` as for
/// write_snapshot(). On failure every rank throws OutputError and earlier outputs are as they were. Collective.
void write_cells(MPI_Comm comm, const std::filesystem::path& run_folder, int index, double time_s,
                 const CellPoints& cells, std::span<const NamedValues> arrays, std::span<const std::string> cell_types,
                 std::span<const Note> notes, const VtkForm& form, KnownSeries& series);

}  // namespace vesicast::io
