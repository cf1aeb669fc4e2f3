#pragma once
/// \file
/// Maps in: values per voxel from a file, as docs/interstitium.md describes them.
#include <vector>

#include "decomposition/domain.hpp"
#include "src/parameters/faces.hpp"

namespace vesicast::io {

/// This rank's part of a map with 1 or 3 components, values[component x owned voxels + owned voxel], all finite: from a
/// VTK image (`*.vti`) or a CSV (`*.csv`). It is the MapReader of make_interstitium(). Every rank reads the whole file,
/// so what is wrong with it is found on each. Throws InputError. Local.
[[nodiscard]] std::vector<double> read_map(const MapFile& map, const Domain& domain, int components);

}  // namespace vesicast::io
