#pragma once
/// \file
/// A run with every process of cells and tissue on at once.
#include "src/parameters/parameters.hpp"
#include "tests/support/scenes.hpp"

namespace vesicast::test {

/// Exosomes, microvesicles in size bins that bind to the matrix, ectosomes that follow a membrane cargo, a soluble
/// factor; three cell types of which all release and take up: at steady and at random rates, by a pathway with two
/// populations of MVBs; polarised release, cargoes of both kinds that are sent on, responses of both kinds, a switch of
/// type, cells that vary, perturbations of recipients, donors and the matrix; periodic, open and fixed faces. A section
/// if voxels[2] is 0.
[[nodiscard]] Parameters everything(const Index3& voxels);
/// The same, but that all cells of the first type become of another within the first minutes.
[[nodiscard]] Parameters everything_with_a_switch(const Index3& voxels);
/// `count` cells of its types, one after the other, at random places.
[[nodiscard]] std::vector<PlacedCell> cells_of(const Parameters& p, int count = 150);

/// Mode stochastic-release: is all that donors hold, made and gave away in whole MVBs, vesicles and copies? What is
/// released at given rates need not be: `all_by_pathways` says that nothing is.
void expect_whole_numbers(const State& u, bool all_by_pathways = true);

}  // namespace vesicast::test
