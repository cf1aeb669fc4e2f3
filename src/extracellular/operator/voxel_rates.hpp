#pragma once
/// \file
/// How fast the contents of a few voxels change by diffusion, decay, vessels and the faces of the domain: one
/// evaluation of the operator where it is asked for, for estimates that need no step.
#include <span>
#include <vector>

#include "decomposition/halo.hpp"
#include "src/extracellular/operator/operator.hpp"

namespace vesicast {

class VoxelRates {
 public:
  /// Collective.
  explicit VoxelRates(const Domain& domain);

  /// Into `change` [vesicle/s] what the voxels `voxel` (offsets in the owned box, increasing) gain from their
  /// neighbours and, through faces and vessels, from `outside`, less what they lose so and decays; into `loss` [1/s]
  /// the share they lose per second. `content`: N over the owned box. Collective among neighbours.
  void evaluate(const Operator& op, std::span<const std::int64_t> voxel, std::span<const double> content,
                const Outside& outside, std::span<double> change, std::span<double> loss);

 private:
  Halo halo_;
  std::vector<double> u_;  ///< over the covered box
};

}  // namespace vesicast
