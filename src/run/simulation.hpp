#pragma once
/// \file
/// The loop over steps.
#include <span>

#include "src/base/stopwatch.hpp"
#include "src/run/observer.hpp"

namespace vesicast {

/// Steps between two measurements of the ledger when no observer asks for one.
inline constexpr std::int64_t ledger_every_steps = 100;

/// Advances `u` until `end`, in steps of `step`. Observers see the state at the start, at the first step boundary at or
/// after each multiple of their interval, and at the end; they never change a step. The ledger is measured at least
/// every ledger_every_steps steps, and after every step in the audit build, where signs and receptor limits are checked
/// too. Throws NumericsError if it does not close. Collective.
void simulate(State& u, const Model& model, const Domain& domain, Ticks end, Ticks step,
              std::span<Observer* const> observers, Timings& timings);

/// The same in steps that `control` chooses: none passes `end` or the time of an observer.
void simulate(State& u, const Model& model, const Domain& domain, Ticks end, StepControl& control,
              std::span<Observer* const> observers, Timings& timings);

/// Throws NumericsError, with voxel or cell, if anything is negative, not finite, or more vesicles are bound than a
/// cell has receptors. Collective.
void audit(const State& u, const Model& model, const Domain& domain);

}  // namespace vesicast
