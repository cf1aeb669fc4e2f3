#pragma once
/// \file
/// Numbers that follow from the parameters and the placed cells before anything is allocated: what `validate` prints
/// and what a run logs at its start.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "decomposition/base/layout.hpp"
#include "src/model/model.hpp"
#include "src/state/placed_cell.hpp"
#include "src/step_control/step_control.hpp"

namespace vesicast {

/// One vesicle class on the grid and among the cells.
struct TransportNumbers {
  std::string vesicle;
  double diffusion_number = 0.0;   ///< r = D dt/h^2 with the largest D and the smallest h
  std::int64_t sweeps = 0;         ///< stencil sweeps per step and field
  double fastest_uptake = 0.0;     ///< largest binding rate of any voxel, all receptors free [1/s]
  double clearance_density = 0.0;  ///< CL n, mean over the tissue [1/s]; CL = k_a k_in/(k_in + k_off)
  double range = 0.0;              ///< L = sqrt(D alpha/(CL n)) among those cells [um]; infinity without uptake
  double uptake_time = 0.0;        ///< alpha/(CL n) [s]; infinity without uptake
  /// Bound over free at equilibrium with the matrix, K = k_on S/k_off, with the S of the class; infinity if nothing
  /// comes off. None where the class does not bind or a map gives S.
  std::optional<double> matrix_ratio;
  bool sites_vary = false;          ///< does a map or a region give S?
  double slowed_diffusivity = 0.0;  ///< D/(1 + K), what spreads where binding is fast [um^2/s]
};

struct RunNumbers {
  Grid grid;
  Ticks step = 0;                   ///< the first one where steps are automatic
  std::int64_t steps = 0;           ///< 0 where steps are automatic
  std::optional<StepChoice> first;  ///< where steps are automatic
  FieldPlan fields;
  std::vector<std::int64_t> cells_by_type;
  std::vector<TransportNumbers> transport;
  double step_seconds = 0.0;    ///< roughly, of a step's transport on one core
  double bytes_per_rank = 0.0;  ///< arrays of the rank with the most voxels or cells
  std::vector<std::string> warnings;
};

/// Where alpha and D differ from voxel to voxel, ranges and warnings are for their means in `tissue`, and the number of
/// sweeps for the largest D. Throws InputError if `ranks` cannot share the grid. Local.
[[nodiscard]] RunNumbers derive_numbers(const Parameters& parameters, const InterstitiumSummary& tissue,
                                        std::span<const PlacedCell> cells, int ranks);

/// Throws InputError where a step would take days or more sweeps than a step's program is made for. It does not hold of
/// PETSc's own integrators. Local.
void require_bearable(const RunNumbers& numbers);

/// Bytes of the arrays on the fullest rank of `layout`; `numbers` without its own bytes_per_rank will do. Local.
[[nodiscard]] double bytes_per_rank(const Parameters& parameters, const RunNumbers& numbers,
                                    std::span<const PlacedCell> cells, const Layout& layout);

}  // namespace vesicast
