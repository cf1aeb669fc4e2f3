#pragma once
/// \file
/// What a run's log says before the first step and after the last.
#include "io/commands/input.hpp"
#include "io/log/log.hpp"
#include "src/base/stopwatch.hpp"
#include "src/run/simulation.hpp"

namespace vesicast::io {

/// What the log begins with; on rank 0.
struct Opening {
  std::string text;  ///< lines
  std::vector<std::string> warnings;
};
/// What `validate` prints, and what is known of the flow now that it was solved. Collective.
[[nodiscard]] Opening opening_of(const Simulation& s, const Input& input);

/// Wall time by part and peak memory, over the ranks. `steps`: how many were taken in that time; `automatic`: were they
/// chosen? Collective.
void report_timing(const Simulation& s, Log& log, const Timings& timings, std::int64_t steps, bool automatic);

/// How evenly the ranks worked in steps, `busy` [s] being this rank's processor time, and how well that was predicted
/// (`predicted`, any unit, on rank 0; empty: not at all). Nothing of a run on one rank. Collective.
void report_balance(const Simulation& s, Log& log, double busy, const std::vector<double>& predicted);

/// Steps and sweeps, how well the ledger closes (`residual`), and what a PETSc solver of the user's choice left.
/// Collective.
void report_end(const Simulation& s, Log& log, double residual);

}  // namespace vesicast::io
