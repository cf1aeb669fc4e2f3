#pragma once
/// \file
/// Fluid-phase uptake: what is dissolved in the fluid that a cell swallows goes unbound into the early endosome,
/// dE/dt = CL_fluid C; biology.md section 4. It needs no receptor and never saturates. A voxel's cells take binding and
/// fluid phase from the same field, so that of what leaves it each gets its share CL_fluid/(k_a/(1 + k_a/k_S) +
/// CL_fluid) exactly.
#include "src/parameters/recipient.hpp"
#include "src/recipient/binding.hpp"

namespace vesicast::recipient {

/// What one cell takes from its voxel, bound and with the fluid [um^3/s]: k_a/(1 + k_a/k_S) + CL_fluid.
[[nodiscard]] inline double whole_clearance(const Uptake& u, double free_receptors, double resistance) {
  return effective_binding(u.k_on, free_receptors, resistance) + u.fluid;
}

}  // namespace vesicast::recipient
