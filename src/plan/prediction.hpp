#pragma once
/// \file
/// How a run would go on a number of ranks.
#include <span>
#include <vector>

#include "src/plan/machine.hpp"
#include "src/plan/weighted_cut.hpp"

namespace vesicast {

struct Prediction {
  int ranks = 1;
  Layout layout;
  double imbalance = 1.0;     ///< largest over mean work of a rank
  std::int64_t messages = 0;  ///< a step, of the rank that sends the most
  double halo_bytes = 0.0;    ///< a step, of the rank that sends the most
  double bytes = 0.0;         ///< arrays of the fullest rank
  double step = 0.0;          ///< [s]
  double run = 0.0;           ///< all steps and outputs [s], the start apart
  double efficiency = 1.0;    ///< time on one rank/(ranks x time), of steps
  bool extrapolated = true;   ///< more ranks than worked side by side as the machine was measured
};

/// What is the same on any number of ranks.
struct PlannedRun {
  const Parameters& parameters;
  const RunNumbers& numbers;
  std::span<const PlacedCell> cells;
  double steps = 0.0;         ///< of the whole run
  double output_bytes = 0.0;  ///< of all outputs and checkpoints
};

/// `per_node`: ranks on one machine. Measures what voxels and cells cost in boxes of the size that each count gives its
/// ranks. Throws InputError where a count of ranks cannot share the grid. Local.
[[nodiscard]] std::vector<Prediction> predict(const PlannedRun& run, std::span<const int> ranks, const Machine& machine,
                                              int per_node);

}  // namespace vesicast
