#pragma once
/// \file
/// Where a vesicle can be once a recipient cell has bound it: the pools of the cell's linear network, in the order of
/// its transition matrix, and the state array each belongs to.
#include <array>

#include "src/state/arrays.hpp"

namespace vesicast::recipient {

enum Pool : int { bound, early_endosome, late_endosome, lysosome, fused, back_fused, degraded, pool_count };

/// The first four hold vesicles that may still move; the others are fates.
inline constexpr int living_pools = 4;

inline constexpr std::array<CellArray, pool_count> array_of{
    CellArray::bound, CellArray::early_endosome, CellArray::late_endosome, CellArray::lysosome,
    CellArray::fused, CellArray::back_fused,     CellArray::degraded};

}  // namespace vesicast::recipient
