#pragma once
/// \file
/// Tables of measured cells: CSV with a header, and PhysiCell's `x,y,z,type` with or without one.
#include <functional>
#include <string>
#include <vector>

#include "decomposition/base/grid.hpp"
#include "src/state/placed_cell.hpp"

namespace vesicast {
struct CellGroup;
struct Parameters;
}  // namespace vesicast

namespace vesicast::io {

/// Is this voxel an obstacle? Empty: none is.
using InObstacle = std::function<bool(const Index3& voxel)>;

/// The cells of a table, and what it calls each itself; that is empty where it has no column of ids.
struct CellTable {
  std::vector<PlacedCell> cells;
  std::vector<std::string> ids;
};

/// The cells of a table, in the order of its rows; ids are left to place_cells(). A position is
/// `pixel_size * (x, y, z) + offset` [um]; in 2-D z is thickness/2, whatever the table says.
///
/// Reads RFC 4180 with either line end, at commas or tabs, a UTF-8 byte-order mark, blank lines and empty rows. Where
/// the group has one type for all cells, the table's labels are not read. A row's label (blanks around it trimmed,
/// capitals kept) is looked up in `map`, then in `ignore`, then among the cell types; NA and the empty label are labels
/// like any other. Rows of an ignored label are not checked further. PhysiCell's table (format physicell) has no header
/// unless its first field is `x`: then it is read as csv. Without one the columns are x, y, z and the type, whose
/// number is a label written as a whole number ("1.0" is "1"). \param group the group that names the table: file,
/// format, columns, pixel_size, offset, map, ignore \param contents the bytes of the file; nothing is read from disk,
/// so every rank can parse what rank 0 has read \param warnings what deserves a look is appended: entries of `map` or
/// `ignore` that match nothing, rows with the same
///        position, z that varies in 2-D, cells left out because they lie outside the domain. May be null.
/// \throws InputError with all that is wrong, a line each, as `file:line: what`: columns that are missing, fields that
/// are
///         missing or not finite numbers (20 of these at most are listed), labels that no cell type goes with, each
///         with its count, cells outside the domain, no cell at all
[[nodiscard]] CellTable read_cell_table(const CellGroup& group, const std::string& contents,
                                        const Parameters& parameters, const Grid& grid,
                                        std::vector<std::string>* warnings, const InObstacle& in_obstacle = {});

}  // namespace vesicast::io
