#pragma once
/// \file
/// The loop over steps.
#include <functional>
#include <span>
#include <variant>

#include "src/base/stopwatch.hpp"
#include "src/run/keeper.hpp"
#include "src/run/observer.hpp"
#include "src/run/schedule.hpp"

namespace vesicast {

/// Steps between two measurements of the ledger when no observer asks for one.
inline constexpr std::int64_t ledger_every_steps = 100;

/// One length for all steps, or what chooses them.
using StepLength = std::variant<Ticks, std::reference_wrapper<StepControl>>;

/// All that looks on; none of it changes a step.
struct Lookers {
  std::span<Observer* const> observers;
  Keeper* keeper = nullptr;  ///< none: nothing is kept, and the run goes on to its end
};

enum class RunEnd { done, stopped };

/// Takes the run on until `end`, to which its last step is cut. Observers see the state at the start, at the first step
/// boundary at or after each multiple of their interval, and at the end; they never change a step. Where `schedule`
/// says that they have seen it before, the run is taken up again: they resume() and see nothing twice. The keeper keeps
/// the state when it asks to, when it stops the run, and last what a run with a later end goes on from: the end, or the
/// state before a step that was cut; `schedule` is that of the state then, without what observers see at the end alone.
/// The ledger is measured at least every ledger_every_steps steps, and after every step in the audit build, where signs
/// and receptor limits are checked too. Throws NumericsError if it does not close. Collective.
[[nodiscard]] RunEnd simulate(Simulation& s, Ticks end, const StepLength& length, const Lookers& lookers,
                              Schedule& schedule, Timings& timings);

/// The same without a keeper. Collective.
void simulate(Simulation& s, Ticks end, const StepLength& length, std::span<Observer* const> observers,
              Schedule& schedule, Timings& timings);

/// The same from the start.
void simulate(Simulation& s, Ticks end, const StepLength& length, std::span<Observer* const> observers,
              Timings& timings);

/// Throws NumericsError, with voxel or cell, if anything is negative, not finite, or more vesicles are bound than a
/// cell has receptors. Collective.
void audit(const Simulation& s);

}  // namespace vesicast
