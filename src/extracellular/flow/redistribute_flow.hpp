#pragma once
/// \file
/// A flow that is known under one cut of the grid, under another: not solved again, so that it keeps its bits.
#include "src/extracellular/flow/steady_flow.hpp"

namespace vesicast {

/// Every face and voxel has the bits it had. Both domains cut the same grid, with the same periodic axes, over the same
/// communicator. Throws as Redistribution does. Collective.
[[nodiscard]] FlowField redistribute(const FlowField& flow, const Domain& from, const Domain& to);
/// With the pressure that drives it, where that is known; what is known of its solution stays. Likewise. Collective.
[[nodiscard]] SteadyFlow redistribute(const SteadyFlow& flow, const Domain& from, const Domain& to);

}  // namespace vesicast
