#pragma once
/// \file
/// One step of the whole model.
#include <optional>

#include "src/base/stopwatch.hpp"
#include "src/step/step_tables.hpp"

namespace vesicast {

/// u(t+dt) = R(dt/2) M(dt/2) T(dt) M(dt/2) R(dt/2) u(t), Strang 1968, second order in dt.
///   R: what happens inside cells, local to the rank.
///   M: binding to the matrix and what decays there, exact and local to the voxel; R and M commute.
///   T: transport and exchange. Release S and clearance K are frozen over the step and taken at its midpoint; T returns
///      the new field and, per listed voxel, the time integral of C, of which each cell binds k_i times as much.
/// Nothing depends on the step before. Throws NumericsError. Collective.
void advance(State& u, const Model& model, Site& site, const Seats& seats, Ticks dt, Timings& timings);

/// Step after step, with tables that are kept as long as they hold: the same bits. There is a new one after seat().
class Stepper {
 public:
  /// All three must outlive it.
  Stepper(const Model& model, Site& site, const Seats& seats) : model_(model), site_(site), seats_(seats) {}
  /// As the function does. Collective.
  void advance(State& u, Ticks dt, Timings& timings);

 private:
  const Model& model_;
  Site& site_;
  const Seats& seats_;
  std::optional<StepTables> tables_;
  const EffectiveBehaviour* tables_window_ = nullptr;
  Ticks tables_dt_ = 0;
};

}  // namespace vesicast
