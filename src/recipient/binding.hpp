#pragma once
/// \file
/// Saturable receptor binding, biology.md sections 4 and 9:
///   dB/dt = k_on Rf C - k_off B,  Rf = R_tot - sum of bound;  k_a = k_on Rf
/// with the sub-voxel correction: both constants are divided by (1 + k_a/k_S), k_S the diffusion that the grid leaves
/// out.
#include <algorithm>

#include "src/base/exponential_share.hpp"

namespace vesicast::recipient {

/// Factor that slows binding and unbinding alike: 1/(1 + k_a/k_S). `resistance` = 1/k_S [s/um^3].
[[nodiscard]] inline double diffusion_slowing(double k_on, double free_receptors, double resistance) {
  return 1.0 / (1.0 + k_on * free_receptors * resistance);
}

/// Binding constant of a cell with `free_receptors`, slowed by diffusion: k_a/(1 + k_a/k_S) [um^3/s].
[[nodiscard]] inline double effective_binding(double k_on, double free_receptors, double resistance) {
  return k_on * free_receptors * diffusion_slowing(k_on, free_receptors, resistance);
}

/// Receptors free after `dt` [s] when they fill at rate `filling` [1/s] each and `emptying` [1/s] come free:
/// dRf/dt = -filling Rf + emptying. Exact; between 0 and `total`.
[[nodiscard]] inline double free_receptors_after(double free, double total, double filling, double emptying,
                                                 double dt) {
  const double x = filling * dt;
  const ExponentialShare<> share = exponential_share(x);
  const double after = free * share.left + emptying * dt * mean_left(x, share.gone);
  return std::min(std::max(after, 0.0), total);
}

}  // namespace vesicast::recipient
