#pragma once
/// \file
/// Where the interstitial fluid goes: what crosses every voxel face, and what vessels bring and drain.
#include <array>
#include <vector>

#include "decomposition/domain.hpp"

namespace vesicast {

/// Steady flow on this rank. Fluxes are volumes of fluid per second through a whole face (Darcy velocity x area).
struct FlowField {
  /// Rim of the arrays in `flux`: deep enough for the advection's stencil.
  static constexpr int depth = 3;
  Box covered;  ///< what the arrays in `flux` cover: Halo(domain, depth).covered(), clipped rims as there
  /// [axis][voxel]: through the voxel's lower face [um^3/s], positive towards larger indices. The flux through the
  /// upper face of the domain is that of the lower face of the first voxel of the rim beyond it. 0 where nothing flows.
  std::array<std::vector<double>, 3> flux;
  /// Per owned voxel: fluid that vessels bring [um^3/s], and fluid that they drain [um^3/s]; both >= 0.
  std::vector<double> brought, drained;
};

}  // namespace vesicast
