#pragma once
/// \file
/// What a field gains and loses outside its voxels and cells, accumulated over a run.
#include <array>

#include "decomposition/base/exact_sum.hpp"

namespace vesicast {

/// This rank's parts [vesicle]. Through the faces of the domain it is the net of each voxel, face and step that counts,
/// as entered or as left by its sign, and what the flow carries through; through the walls of vessels both directions
/// count.
struct TransportFlows {
  ExactSum entered, left, decayed;
  ExactSum from_blood, to_blood, from_lymph, to_lymph;
  /// What came in and left again through the same face of the same voxel within a step: in none of the above, but in
  /// the rounding of the contents it passed through.
  ExactSum turned_over;
};

/// All of them.
inline constexpr std::array flow_sums{
    &TransportFlows::entered,  &TransportFlows::left,       &TransportFlows::decayed,  &TransportFlows::from_blood,
    &TransportFlows::to_blood, &TransportFlows::from_lymph, &TransportFlows::to_lymph, &TransportFlows::turned_over};
static_assert(sizeof(TransportFlows) == flow_sums.size() * sizeof(ExactSum));

}  // namespace vesicast
