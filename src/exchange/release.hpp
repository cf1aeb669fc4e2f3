#pragma once
/// \file
/// From the cell's surface into the interstitium, vesicles or the copies in them.
#include "src/exchange/secrete.hpp"

namespace vesicast {

/// A burst from MVBs leaves the surface of cell `c` but for what tetherin holds; some of that goes back in, in a step
/// of `dt` [s]. What is `expelled` with amphisomes leaves as it is. Local.
void release_from_mvbs(State& u, const Model& model, const Biogenesis& rates, std::size_t f, double burst,
                       double expelled, std::size_t c, double dt, Released& out);

/// What buds at the surface leaves it. Local.
inline void release_at_surface(State& u, std::size_t f, double amount, std::size_t c, Released& out) {
  u.cells.at(CellArray::secreted, f)[c] += amount;
  out.secreted[f][c] += amount;
}

}  // namespace vesicast
