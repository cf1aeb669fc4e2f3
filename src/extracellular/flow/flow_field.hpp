#pragma once
/// \file
/// Where the interstitial fluid goes: what crosses every voxel face, and what vessels bring and drain.
#include <array>
#include <functional>
#include <vector>

#include "decomposition/domain.hpp"

namespace vesicast {

/// Fluid that one kind of vessel exchanges with the tissue, per owned voxel [um^3/s]; both >= 0, and one of the two is
/// 0. Empty where there is no such vessel in the whole domain.
struct VesselFlow {
  std::vector<double> in;   ///< from the vessels into the tissue
  std::vector<double> out;  ///< from the tissue into the vessels

  /// What enters minus what leaves [um^3/s].
  [[nodiscard]] double net(std::size_t voxel) const { return in.empty() ? 0.0 : in[voxel] - out[voxel]; }
};

/// Steady flow on this rank. Fluxes are volumes of fluid per second through a whole face (Darcy velocity x area).
struct FlowField {
  /// Rim of the arrays in `flux`: deep enough for the advection's stencil.
  static constexpr int depth = 3;
  Box covered;  ///< what the arrays in `flux` cover: Halo(domain, depth).covered(), clipped rims as there
  /// [axis][voxel]: through the voxel's lower face [um^3/s], positive towards larger indices. The flux through the
  /// upper face of the domain is that of the lower face of the first voxel of the rim beyond it. 0 where nothing flows.
  std::array<std::vector<double>, 3> flux;
  /// Blood: what it drains is filtered by its wall. Lymphatics: what they drain takes along what it carries.
  VesselFlow blood, lymph;

  /// Through the lower (side 0) or upper (side 1) face of a voxel [um^3/s], positive towards larger indices. The upper
  /// face of an axis without a rim (one voxel between walls) is closed. Pre: `voxel` is owned.
  [[nodiscard]] double through(const Index3& voxel, std::size_t axis, std::size_t side) const;
};

/// Flux through the lower (side 0) or, at an upper wall of the domain, upper (side 1) face of an owned voxel [um^3/s].
using FaceFlux = std::function<double(const Index3& voxel, std::size_t axis, std::size_t side)>;

/// A flow without vessels, its rims filled: every face's flux is that of the rank which owns the voxel above it, and of
/// the rank which owns the voxel below at an upper wall. No fluid can cross an axis of one voxel between walls, unless
/// it is x. Throws InputError if it should. Collective.
[[nodiscard]] FlowField make_flow_field(const Domain& domain, const FaceFlux& flux);

/// Darcy velocity at the centres of the owned voxels along an axis [um/s]: mean of its two faces. For output. Local.
[[nodiscard]] std::vector<double> centre_velocity(const FlowField& flow, const Domain& domain, std::size_t axis);

}  // namespace vesicast
