#pragma once
/// \file
/// How long, in which steps, and what is written.
#include <cstdint>
#include <optional>
#include <string>

#include "src/base/time.hpp"
#include "src/parameters/standard.hpp"

namespace vesicast {

/// Steps that the program chooses, smallest x 2^k (src/step_control/step_control.hpp).
struct AutomaticStep {
  double tolerance = standard(&AutomaticStep::tolerance);  ///< relative error of what cells and tissue exchange
  Ticks smallest = standard(&AutomaticStep::smallest);
  Ticks largest = standard(&AutomaticStep::largest);
};

/// Means everywhere, or whole multivesicular bodies and vesicles in donors with a pathway, whose events are drawn.
enum class RunMode { deterministic, stochastic_release };

/// How the grid is divided among the ranks; results do not depend on it.
enum class CutKind { weighted, uniform };

struct RunParameters {
  RunMode mode{};
  CutKind cut{};
  Ticks end = 0;
  Ticks step = 0;  ///< with automatic steps, the smallest
  std::optional<AutomaticStep> automatic;
  std::uint64_t seed = standard(&RunParameters::seed);
  bool track_sources = standard(&RunParameters::track_sources);
  bool steady =
      standard(&RunParameters::steady);  ///< start from the stationary field instead of initial concentrations
};

struct TransportParameters {
  std::string integrator =
      standard(&TransportParameters::integrator);  ///< or a time scheme (polynomial.hpp); `-ts_type` overrides it
  double tolerance = standard(&TransportParameters::tolerance);  ///< relative error of the time polynomial in a step
};

/// What is kept of a run, so that it can be taken up again; 0: not by that.
struct CheckpointParameters {
  Ticks every = standard(&CheckpointParameters::every);
  Ticks every_wall = standard(&CheckpointParameters::every_wall);  ///< of the clock on the wall
  int keep = standard(&CheckpointParameters::keep);                ///< how many, the newest
};

}  // namespace vesicast
