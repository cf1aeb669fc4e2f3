#pragma once
/// \file
/// What happens at the faces of the domain, and maps of a value per voxel.
#include <array>
#include <string>

#include "src/base/time_series.hpp"

namespace vesicast {

/// What happens at one face of the domain (docs/transport.md gives the flux of each).
enum class BoundaryKind { no_flux, periodic, open, fixed, clearance };

struct FaceBoundary {
  BoundaryKind kind{};
  TimeSeries value;           ///< concentration outside [1/um^3]; used by `fixed` and `clearance`
  double permeability = 0.0;  ///< of the face [um/s]; used by `clearance`: flux = permeability x (C - outside)
};

/// Boundary per [axis][side], side 0 the lower face, 1 the upper.
using Boundaries = std::array<std::array<FaceBoundary, 2>, 3>;

/// One value per voxel in a file: a VTK image whose voxels are the domain's, or a CSV of x, y, z, value.
struct MapFile {
  std::string file;     ///< absolute, or relative to the working folder
  std::string array;    ///< name of the cell-data array, or of the CSV's column
  double factor = 1.0;  ///< on what the file holds
};

}  // namespace vesicast
