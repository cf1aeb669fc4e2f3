#pragma once
/// \file
/// Flow whose velocity is given: the same everywhere, or one vector per voxel. Velocities are Darcy's, volume of fluid
/// per area of tissue and second.
#include <cstdint>
#include <span>

#include "src/extracellular/flow/flow_field.hpp"

namespace vesicast {

/// The same velocity [um/s] everywhere: flux = velocity x area through every face, those of the domain included. Its
/// component along an axis that the domain has no faces of (z of a 2-D section) is left out. Throws as make_flow_field
/// does. Collective.
[[nodiscard]] FlowField uniform_flow(const Domain& domain, const Vector3& velocity);

/// A velocity at the centre of every owned voxel, [axis][voxel], x fastest [um/s]; axes without faces may be empty.
struct VelocityMap {
  std::array<std::span<const double>, 3> velocity;
  std::span<const std::uint8_t> obstacle{};          ///< per owned voxel: 1 where nothing enters; empty: nowhere
  std::array<std::array<bool, 2>, 3> closed_wall{};  ///< faces of the domain that no fluid crosses
};

/// Flux = area x mean of the velocities of the voxels on both sides (second order); at a wall of the domain the voxel's
/// own velocity, or 0 where the wall is closed; 0 at the faces of obstacles. The map's divergence becomes that of the
/// fluxes (divergence.hpp checks it). Throws as make_flow_field does. Collective.
[[nodiscard]] FlowField flow_from_velocity(const Domain& domain, const VelocityMap& map);

}  // namespace vesicast
