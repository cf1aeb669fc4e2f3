#pragma once
/// \file
/// The donor pathway of one cell over a step, put together from its processes. Pure: no MPI, no PETSc.
#include <algorithm>

#include "src/donor/mvb.hpp"

namespace vesicast::donor {

/// What a step made and where it went [vesicle], routes together, and fusions of MVBs.
struct Made {
  double formed = 0.0;      ///< intraluminal vesicles
  double back_fused = 0.0;  ///< with the limiting membrane
  double digested = 0.0;    ///< in the cell's own lysosomes
  double burst = 0.0;       ///< released by fusion with the plasma membrane
  double expelled = 0.0;    ///< released with amphisomes
  double fusions = 0.0;     ///< MVBs that fused
};

/// Advances `m` (its fates are 0 before and after) over `dt` [s]: half a step of formation, all moves with the fate
/// coupling of the middle of the step, half a step of formation (Strang 1968). Second order; formed = change of what
/// the MVBs hold + all that left them, to round-off.
Made advance_pathway(Mvbs& m, const Biogenesis& b, double dt);

/// k_tr in the middle of a step of moves of `dt` [s] that starts with `m`: what the MVBs then hold decides.
[[nodiscard]] double transport_at_midpoint(const Mvbs& m, const Biogenesis& b, double dt);

/// The step for steady_pathway() in a run with steps of `dt` [s]: the run's own, but not so short that it takes long.
[[nodiscard]] inline double settling_step(double dt) {
  return std::max(dt, 10.0);
}

/// Where the pathway settles in steps of `dt` [s]: stepped from empty until nothing changes by more than 1e-13 of
/// itself; long steps first. Throws InputError if it does not.
[[nodiscard]] Mvbs steady_pathway(const Biogenesis& b, double dt);

/// Mean release at the cell's surface where the pathway settles [vesicle/s]: 0 where it does not.
struct SteadyRelease {
  double exosome = 0.0, microvesicle = 0.0, ectosome = 0.0;
  bool settles = true;
};
[[nodiscard]] SteadyRelease steady_release(const Biogenesis& b);

}  // namespace vesicast::donor
