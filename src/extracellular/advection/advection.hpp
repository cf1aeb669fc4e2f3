#pragma once
/// \file
/// Vesicles carried by the interstitial flow: dN/dt = - sum over faces of U C_face, N = alpha C V. Second order in
/// space and time, conservative, nothing negative; cut into sub-steps by the Courant number (docs/advection.md).
#include <array>
#include <span>
#include <vector>

#include "decomposition/base/exact_sum.hpp"
#include "decomposition/domain.hpp"
#include "decomposition/halo.hpp"
#include "src/extracellular/flow/flow_field.hpp"
#include "src/extracellular/sweep/advect_rows.hpp"

namespace vesicast {

/// Advection by one flow through one map of alpha V; any number of fields may be advanced by it, one after another.
class Advection {
 public:
  /// Largest share of its content that a voxel may pass on in a sub-step. Uniform flow is stable up to 1.
  static constexpr double largest_courant = 0.8;
  /// Voxels of rim that a sub-step reads; there is one exchange per sub-step.
  static constexpr int depth = 3;

  /// `inverse_volume` = 1/(alpha V) [1/um^3] over the owned voxels, or of size 1: the same everywhere; 0 in obstacles.
  /// Copies what it needs of `flow`, whose rims must be filled, upper faces of the domain included. Throws InputError
  /// if a rank owns fewer than `depth` voxels along an axis that is cut or periodic, if an inverse volume is negative
  /// or not finite, or if fluid crosses a face of an obstacle or an axis that is one voxel between walls (y, z).
  /// Collective.
  Advection(const Domain& domain, const FlowField& flow, std::span<const double> inverse_volume);

  /// Largest rate [1/s] at which fluid leaves a voxel, over all ranks: outflow / (alpha V). Local.
  [[nodiscard]] double largest_rate() const { return largest_rate_; }
  /// Equal sub-steps that a step of dt [s] is cut into. Throws NumericsError if there are more than 2^31. Local.
  [[nodiscard]] int substeps(double dt) const;

  /// Advances `n` (owned voxels, x fastest, >= 0) [vesicle] by dt [s]. `outside`[axis][side] >= 0 is the concentration
  /// [1/um^3] of what flows in through a face of the domain. Adds what entered and left on this rank. Collective.
  void carry(std::span<double> n, double dt, const std::array<std::array<double, 2>, 3>& outside, ExactSum& entered,
             ExactSum& left);

  /// What the stationary solver shares: fluxes and volumes with their rims, and how arrays beside them are filled.
  [[nodiscard]] const Halo& halo() const { return halo_; }
  [[nodiscard]] const AdvectionArrays& arrays() const { return arrays_; }
  /// The owned voxels and those of the rim, `rim` deep, that are in the domain or its periodic images. Local.
  [[nodiscard]] Box computed(std::int64_t rim) const;
  /// Puts `outside` into the layers of `concentration` (over halo().covered()) beyond the domain's faces. Local.
  void fill_outside(const std::array<std::array<double, 2>, 3>& outside, std::span<double> concentration) const;

 private:
  void check(const FlowField& flow, std::span<const double> inverse_volume) const;
  [[nodiscard]] bool at_face(std::size_t axis, std::size_t side) const;
  [[nodiscard]] std::size_t offset(const Index3& v) const { return static_cast<std::size_t>(covered_.offset(v)); }
  void find_largest_rate();
  void substep(double dt);
  void book(double dt, ExactSum& entered, ExactSum& left) const;

  const Domain* domain_;
  Halo halo_;
  Box owned_, covered_;
  std::array<bool, 3> active_{};  ///< does the axis have faces?
  std::array<std::vector<double>, 3> flux_, antidiffusive_;
  std::vector<double> inverse_volume_, content_, concentration_, upwind_, bends_, share_, zeros_;
  AdvectionArrays arrays_;
  double largest_rate_ = 0.0;
};

}  // namespace vesicast
