#pragma once
/// \file
/// `[run] steady = true`: a run that starts from the stationary field.
#include <string>
#include <vector>

#include "src/seats/seats.hpp"

namespace vesicast {

/// What was done for one field, for the log.
struct StationaryField {
  std::string name;
  int iterations = 0;     ///< of the linear solver
  double residual = 0.0;  ///< |S - L C - div(v C)|/|S|
  double content = 0.0;   ///< free and on the matrix, in the whole domain
};

/// Replaces every field's content at t = 0 by what release at its mean rate, uptake by cells whose receptors are all
/// free, decay, binding to the matrix, vessels, the flow and the boundaries at their values of t = 0 would keep
/// unchanged, each field on its own; cells stay empty. Initial concentrations are dropped. Throws NumericsError if a
/// field has no stationary state. Collective.
std::vector<StationaryField> start_stationary(State& u, const Model& model, Site& site, const Seats& seats);

}  // namespace vesicast
