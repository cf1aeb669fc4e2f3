#pragma once
/// \file
/// How output reaches the loop: the loop knows observers, never files.
#include <cstdint>
#include <string>

#include "src/run/simulation.hpp"
#include "src/step_control/step_control.hpp"

namespace vesicast {

class Observer {
 public:
  Observer() = default;
  Observer(const Observer&) = delete;
  Observer& operator=(const Observer&) = delete;
  virtual ~Observer() = default;
  /// What it makes, as a word: by this a run that is taken up again knows what it has made. Empty: nothing that lasts.
  [[nodiscard]] virtual std::string name() const { return {}; }
  /// Interval at which it wants to see the state, beside the first and the last; 0: those two only.
  [[nodiscard]] virtual Ticks interval() const = 0;
  /// Sees the state at a step boundary, the `number`th time, from 0; must not change it. Collective.
  virtual void observe(const Simulation& s, std::int64_t number) = 0;
  /// In the place of the first observe() of a run that is taken up again: `number` times it has seen the state before.
  /// Collective.
  virtual void resume(const Simulation& /*s*/, std::int64_t /*number*/) {}
  /// Called before every step whose length was chosen. Local and cheap.
  virtual void chosen(const Simulation& /*s*/, const StepChoice& /*choice*/) {}
  /// Called after every step, for progress. Local and cheap.
  virtual void stepped(const Simulation& /*s*/) {}
};

}  // namespace vesicast
