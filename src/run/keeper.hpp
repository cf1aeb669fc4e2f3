#pragma once
/// \file
/// How a run is kept, and stopped before its end: the loop knows no files and no signals.
#include "src/run/schedule.hpp"
#include "src/run/simulation.hpp"

namespace vesicast {

class Keeper {
 public:
  enum class Wish { go_on, keep, stop };
  Keeper() = default;
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;
  virtual ~Keeper() = default;
  /// Asked after every step: shall the state be kept, or the run stop here, which keeps it too? The same on every rank.
  /// Collective and cheap.
  [[nodiscard]] virtual Wish asked(const Simulation& s) = 0;
  /// Keeps the state, at a step boundary, with what observers have seen of it. Collective.
  virtual void keep(const Simulation& s, const Schedule& schedule) = 0;
};

}  // namespace vesicast
