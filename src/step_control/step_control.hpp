#pragma once
/// \file
/// Automatic steps, `run.step = "auto"`: dt = smallest x 2^k, the longest whose estimated coupling error stays within
/// the tolerance. A pure function of the state at the step's start and of the edges of perturbations, by exact sums
/// only: the same on any number of ranks, after a restart, and whenever the state is looked at or stored.
///
/// The estimate (src/step_control/coupling_error.hpp) is the leading term of the step's error in what cells and tissue
/// exchange, relative to what they exchange in it; at a face of the domain whose outside changes by Delta in the step,
/// Delta/(largest value) min(kappa dt, 2)/12 is added, kappa the rate at which a voxel empties. While no cell has met a
/// vesicle of a class that is on its way there is no rate to go by, and the step is the smallest. Advection and binding
/// to the matrix are not seen by it.
#include <limits>

#include "src/parameters/run.hpp"
#include "src/step_control/coupling_bounds.hpp"
#include "src/step_control/exchange_sample.hpp"

namespace vesicast {

/// A time that no step comes to.
inline constexpr Ticks no_stop = std::numeric_limits<Ticks>::max();

/// A step and why it is that long.
struct StepChoice {
  Ticks step = 0;      ///< what to take: `wanted`, or less to stay on its multiples and to end at a window's edge
  Ticks wanted = 0;    ///< smallest x 2^k, by the tolerance alone
  double error = 0.0;  ///< estimated for `wanted`; above the tolerance where even the smallest step is too long
  StepLimit limit = StepLimit::largest;  ///< what makes twice that too long, and whose it is
  std::size_t vesicle = 0, type = 0;
};

/// The longest step within `automatic` at `time` for these bounds; none passes `stop` > time, the next edge of a
/// window. `hop_rate` [vesicle]: the rate at which a voxel of the domain empties [1/s]. Local.
[[nodiscard]] StepChoice pick_step(const CouplingBounds& bounds, const Parameters& parameters,
                                   const AutomaticStep& automatic, std::span<const double> hop_rate, Ticks time,
                                   Ticks stop = no_stop);

/// The part of smallest x 2^k that starts at `time`: halved until `time` is one of its multiples, the rest of a tick of
/// `smallest` where it is none of that, and never beyond `stop`.
[[nodiscard]] Ticks aligned_step(Ticks time, Ticks wanted, Ticks smallest, Ticks stop);

/// "the receptors of macrophage filling with exosome".
[[nodiscard]] std::string limit_text(const StepChoice& choice, const Parameters& parameters);

class StepControl {
 public:
  /// Collective.
  StepControl(const AutomaticStep& automatic, const Site& site);
  /// The coming step, which passes no time at which a perturbation begins or ends. Collective.
  [[nodiscard]] StepChoice choose(const State& u, const Model& model, const Site& site, const Seats& seats);

 private:
  AutomaticStep automatic_;
  MPI_Comm comm_;
  ExchangeSample sample_;
};

}  // namespace vesicast
