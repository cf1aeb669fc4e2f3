#pragma once
/// \file
/// Membrane cargo c between the Golgi G, the plasma membrane P and the membrane of early endosomes EE, biology.md
/// section 2:
///   dG/dt = k_syn - k_exp G + k_retro EE;  dP/dt = (1 - s) k_exp G - (k_endo + d) P + k_rec EE
///   dEE/dt = s k_exp G + k_endo P - (k_rec + k_retro) EE, and on to MVBs with k_mat (src/donor/mvb.hpp)
#include <array>

#include "src/base/transition.hpp"
#include "src/parameters/donor.hpp"

namespace vesicast::donor {

enum CyclePool : int { in_golgi, at_plasma_membrane, in_endosomes, cycle_decayed, cycle_pools };

/// The cycle's linear network; `decay` [1/s] at the plasma membrane.
[[nodiscard]] inline std::array<Transition, 6> membrane_cycle(const Biogenesis& b, double decay) {
  return {{{in_golgi, at_plasma_membrane, (1.0 - b.golgi_to_endosomes) * b.golgi_export},
           {in_golgi, in_endosomes, b.golgi_to_endosomes * b.golgi_export},
           {at_plasma_membrane, in_endosomes, b.endocytosis},
           {in_endosomes, at_plasma_membrane, b.recycling},
           {in_endosomes, in_golgi, b.retrograde},
           {at_plasma_membrane, cycle_decayed, decay}}};
}

/// Copies in the pools of the cycle, and what decayed in the step.
using Cycle = std::array<double, cycle_pools>;

/// Advances by `step`, the cycle's network over the step, with what arrives in each pool in that time: half of it
/// before, half after, which is second order. Returns with [cycle_decayed] what decayed in the step; the sum is kept,
/// to round-off.
[[nodiscard]] inline Cycle step_cycle(const Cycle& before, const Cycle& arriving, const TransitionMatrix& step) {
  Cycle after{};
  for (int from = 0; from < cycle_decayed; ++from) {
    const auto f = static_cast<std::size_t>(from);
    const double here = before[f] + 0.5 * arriving[f];
    double gone = 0.0;
    for (int to = 0; to < cycle_pools; ++to) {
      if (to == from) continue;
      const double part = here * step(to, from);
      after[static_cast<std::size_t>(to)] += part;
      gone += part;
    }
    const double stays = step(from, from);
    after[f] += (stays > 0.5 ? (here > gone ? here - gone : 0.0) : here * stays) + 0.5 * arriving[f];
  }
  return after;
}

}  // namespace vesicast::donor
