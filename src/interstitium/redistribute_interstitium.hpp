#pragma once
/// \file
/// An interstitium that is known under one cut of the grid, under another: no map is read again.
#include "src/interstitium/interstitium.hpp"

namespace vesicast {

/// Every voxel has the bits it had; the summary is of the whole domain, and stays. Both domains cut the same grid over
/// the same communicator; throws as Redistribution does. Collective.
[[nodiscard]] Interstitium redistribute(const Interstitium& interstitium, const Domain& from, const Domain& to);

}  // namespace vesicast
