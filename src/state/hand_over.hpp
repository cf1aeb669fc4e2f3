#pragma once
/// \file
/// Cells that change their rank.
#include "src/state/state.hpp"

namespace vesicast {

/// Gives every cell to the rank that owns its voxel in `domain`, wherever it stood before: cells that moved across a
/// border, or the same cells under another cut. All are in order then. Whatever else has a value per cell is to be made
/// anew. Throws AgreedError (internal) if a cell cannot be put in, or there are two of one id in a voxel. Collective.
void hand_over(Cells& cells, const Domain& domain);

}  // namespace vesicast
