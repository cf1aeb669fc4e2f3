#pragma once
/// \file
/// Cells in one voxel, each with a few processes on, whose single steps follow by hand.
#include "tests/support/alone.hpp"

namespace vesicast::test {

/// One voxel of edge 60 um, so large that diffusion to a cell is not resolved.
[[nodiscard]] Parameters one_voxel();
/// 1 + (fold - 1) x Hill function of a number of copies.
[[nodiscard]] double fold(double copies, const Response& r);
/// A cell type with a cargo that is neither made nor lost but by `decay`, and one response to it.
[[nodiscard]] Parameters responding(ResponseKind kind, double decay);
/// a becomes b when its level has been beyond 0.95 for 250 s, and b becomes c likewise; levels stay where they are put.
[[nodiscard]] Parameters switching(bool above, double first_receptors = 100.0, double then_receptors = 100.0);
/// A donor whose MVBs are all docked and do nothing but fuse, far from where its rates would settle.
[[nodiscard]] Parameters fusing();

}  // namespace vesicast::test
