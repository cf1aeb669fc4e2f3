#pragma once
/// \file
/// One step of the whole model.
#include "src/base/stopwatch.hpp"
#include "src/model/model.hpp"

namespace vesicast {

/// u(t+dt) = R(dt/2) M(dt/2) T(dt) M(dt/2) R(dt/2) u(t), Strang 1968, second order in dt.
///   R: what happens inside cells, local to the rank.
///   M: binding to the matrix and what decays there, exact and local to the voxel; R and M commute.
///   T: transport and exchange. Release S and clearance K are frozen over the step and taken at its midpoint; T returns
///      the new field and, per listed voxel, the time integral of C, of which each cell binds k_i times as much.
/// Nothing remembers dt. Throws NumericsError. Collective.
void advance(State& u, const Model& model, Ticks dt, Timings& timings);

}  // namespace vesicast
