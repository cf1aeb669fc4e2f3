#pragma once
/// \file
/// All that a run is made of.
#include <memory>

#include "src/seats/seats.hpp"
#include "src/step/advance.hpp"

namespace vesicast {

/// The state is what is stored and goes on; the rest is made from the parameters, the cut of the grid and the state
/// (src/run/assemble.hpp). It stays where it is while a step is taken: what takes steps refers to its parts.
struct Simulation {
  std::unique_ptr<Domain> domain;
  Model model;
  Site site;
  Seats seats;
  State state;

  [[nodiscard]] MPI_Comm comm() const { return domain->comm(); }
};

/// One step of all of it (src/step/advance.hpp). Collective.
inline void advance(Simulation& s, Ticks dt, Timings& timings) {
  advance(s.state, s.model, s.site, s.seats, dt, timings);
}

}  // namespace vesicast
