#pragma once
/// \file
/// The donor pathway of one cell over a step, put together from its processes. Pure: no MPI, no PETSc.
#include <algorithm>

#include "src/donor/cargo.hpp"
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

/// Advances every population `m` (its fates are 0 before and after) over `dt` [s] by its `rates`: half a step of
/// formation, all moves with the fate coupling of the middle of the step, half a step of formation in the opposite
/// order (Strang 1968). Second order; formed = change of what the MVBs hold + all that left them, to round-off. Each
/// `cargo` is loaded and moved along, as the `loading` says, [cargo][population] in a row. Returns what each population
/// made.
std::vector<Made> advance_pathway(std::span<Mvbs> m, std::span<const Biogenesis> rates, double dt,
                                  std::span<DonorCargo> cargo = {}, std::span<const CargoLoading> loading = {});
/// One population.
Made advance_pathway(Mvbs& m, const Biogenesis& b, double dt, std::span<DonorCargo> cargo = {},
                     std::span<const CargoLoading> loading = {});

/// The step for steady_pathway() in a run with steps of `dt` [s]: the run's own, but not so short that it takes long.
[[nodiscard]] inline double settling_step(double dt) {
  return std::max(dt, 10.0);
}

/// Where the pathway settles in steps of `dt` [s]: stepped from empty until nothing changes by more than 1e-13 of
/// itself; long steps first. Throws InputError if it does not.
[[nodiscard]] Mvbs steady_pathway(const Biogenesis& b, double dt);

/// Mean release at the cell's surface where the pathway, or one population of it, settles [vesicle/s]: 0 where it does
/// not.
struct SteadyRelease {
  double exosome = 0.0, microvesicle = 0.0, ectosome = 0.0;
  bool settles = true;
};
[[nodiscard]] SteadyRelease steady_release(const Biogenesis& b);

}  // namespace vesicast::donor
