#pragma once
/// \file
/// What maps, regions and cells make of a tissue, before a run is made of it.
#include <vector>

#include "src/interstitium/interstitium.hpp"
#include "src/state/placed_cell.hpp"

namespace vesicast::io {

/// `cells`: all of them. They and the maps are read on this process alone. Throws AgreedError as make_interstitium()
/// does. Local.
[[nodiscard]] InterstitiumSummary tissue_summary(const Parameters& parameters, const std::vector<PlacedCell>& cells);

}  // namespace vesicast::io
