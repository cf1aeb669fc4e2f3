#pragma once
/// \file
/// Does as much fluid leave every voxel as enters it?
#include "src/extracellular/flow/flow_field.hpp"

namespace vesicast {

/// The voxel whose balance is worst; of equal ones that with the lowest global index.
struct Divergence {
  /// |net flux out of the voxel - net inflow from vessels| / largest of its face and vessel fluxes; 0 where nothing
  /// flows, infinite where a flux is not a number.
  double relative = 0.0;
  double excess = 0.0;  ///< net flux out of it - net inflow from vessels [um^3/s]
  Index3 voxel{};       ///< global
};

/// The same on every rank, and on any number of ranks. Collective.
[[nodiscard]] Divergence largest_divergence(const FlowField& flow, const Domain& domain);

/// Throws InputError, naming voxel, position and size, if the largest relative divergence exceeds `tolerance`.
/// Collective.
void require_divergence_free(const FlowField& flow, const Domain& domain, double tolerance);

}  // namespace vesicast
