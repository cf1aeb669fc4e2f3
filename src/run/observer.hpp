#pragma once
/// \file
/// How output reaches the loop: the loop knows observers, never files.
#include "src/model/model.hpp"
#include "src/step_control/step_control.hpp"

namespace vesicast {

class Observer {
 public:
  Observer() = default;
  Observer(const Observer&) = delete;
  Observer& operator=(const Observer&) = delete;
  virtual ~Observer() = default;
  /// Interval at which it wants to see the state, beside the first and the last; 0: those two only.
  [[nodiscard]] virtual Ticks interval() const = 0;
  /// Sees the state at a step boundary; must not change it. Collective.
  virtual void observe(const State& u, const Model& model) = 0;
  /// Called before every step whose length was chosen. Local and cheap.
  virtual void chosen(const State& /*u*/, const Model& /*model*/, const StepChoice& /*choice*/) {}
  /// Called after every step, for progress. Local and cheap.
  virtual void stepped(const State& /*u*/, const Model& /*model*/) {}
};

}  // namespace vesicast
