#pragma once
/// \file
/// What a machine is worth beside one core alone: cores that share memory and wait for each other, messages, the disk.
#include <mpi.h>

#include <string>

#include "src/plan/step_cost.hpp"

namespace vesicast {

/// Measured, or as a common machine has it.
struct Machine {
  std::string host;        ///< empty: not measured
  int busy_ranks = 1;      ///< that worked together as it was measured
  double busy = 1.0;       ///< time of a step then, over what follows from one rank alone
  double latency = 2e-6;   ///< of a message [s]
  double bandwidth = 5e9;  ///< of messages [B/s]
  double disk = 2e8;       ///< of files, written and synchronised [B/s]

  [[nodiscard]] bool measured() const { return !host.empty(); }
  /// How much longer a step takes with `ranks` on the machine at a time: a straight line through what was measured.
  [[nodiscard]] double slowing(int ranks) const {
    if (busy_ranks <= 1 || ranks <= 1) return 1.0;
    return 1.0 + (busy - 1.0) * static_cast<double>(ranks - 1) / static_cast<double>(busy_ranks - 1);
  }
};

/// In turn, the least of five times each: samples of steps on rank 0 alone (measure_step_cost()), whole steps on all
/// ranks of `comm` together (measure_steps()), in at most a million voxels per rank. Messages go between the first and
/// the last rank. On one rank all stays as a common machine has it; the disk does in any case. `cells` are on all
/// ranks. Collective.
[[nodiscard]] Machine measure_machine(MPI_Comm comm, const Parameters& parameters, const RunNumbers& numbers,
                                      std::span<const PlacedCell> cells);

}  // namespace vesicast
