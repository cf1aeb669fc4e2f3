#pragma once
/// \file
/// Cells that leave the tissue.
#include <cstddef>
#include <vector>

#include "src/state/state.hpp"

namespace vesicast {

/// Takes cells out of the tissue, given their places among this rank's cells, each once, in any order. What they did
/// stays in State::departed. What they still held, on their surface and inside, leaves with them: a fate, "left with
/// cells", of vesicles and copies alike, so that every balance closes. A cell that dies and spills something gives that
/// to the tissue first. Whatever else has a value per cell is to be made anew. Throws InternalError, and changes
/// nothing, if a place is none or named twice. Local.
void depart(State& u, std::vector<std::size_t> leaving, const Domain& domain);

}  // namespace vesicast
