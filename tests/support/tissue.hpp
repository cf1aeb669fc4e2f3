#pragma once
/// \file
/// A small tissue with all of the transport's physics on, for tests of whole steps.
#include "src/parameters/parameters.hpp"
#include "tests/support/scenes.hpp"

namespace vesicast::test {

/// 12 x 10 (x 9) voxels of 15 um with maps of alpha and D, an obstacle, blood, lymph, fluid driven by pressures and
/// vessels, a periodic axis, faces of which one changes with time and one resists, decay, two classes of vesicles,
/// three cell types, cargo.
[[nodiscard]] Parameters tissue_with_everything(int dimensions);
/// Its maps, by their file's name.
[[nodiscard]] std::vector<double> tissue_maps(const MapFile& map, const Domain& domain, int components);
/// 120 cells of its types, none in its obstacle.
[[nodiscard]] std::vector<PlacedCell> tissue_cells(const Parameters& p);

}  // namespace vesicast::test
