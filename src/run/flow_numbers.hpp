#pragma once
/// \file
/// What a flow means for the transport, for the log.
#include <vector>

#include "src/site/site.hpp"

namespace vesicast {

struct FlowNumbers {
  double largest_velocity = 0.0;  ///< Darcy velocity normal to a face [um/s]
  std::vector<double> peclet;     ///< [vesicle], largest v h/(alpha D) of a voxel: advection against diffusion
  int substeps = 0;               ///< of advection in a step
};

/// Over the whole domain, for steps of dt [s]. Pre: the model has a flow. Collective.
[[nodiscard]] FlowNumbers flow_numbers(const Model& model, const Site& site, double dt);

}  // namespace vesicast
