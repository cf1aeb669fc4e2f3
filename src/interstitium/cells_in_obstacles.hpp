#pragma once
/// \file
/// A cell has no place in an obstacle: it could neither release nor bind anything.
#include <cstdint>
#include <span>

#include "decomposition/domain.hpp"
#include "src/state/state.hpp"

namespace vesicast {

/// Throws AgreedError (bad input) if cells of any rank have their centre in an obstacle: how many, and the id and
/// position of the one with the lowest id. \param obstacle 1 in an obstacle, per owned voxel; empty on all ranks where
/// there is none. Collective.
void require_no_cell_in_obstacles(const Domain& domain, const Cells& cells, std::span<const std::uint8_t> obstacle);

}  // namespace vesicast
