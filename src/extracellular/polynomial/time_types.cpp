#include "src/extracellular/polynomial/time_types.hpp"

#include <petsc/private/tsimpl.h>

#include "decomposition/petsc.hpp"

namespace vesicast {
namespace {

/// One TS step: all of the step T asks for, by the scheme of the type's name or the cheapest.
PetscErrorCode polynomial_ts_step(TS ts) {
  void* context = nullptr;
  PetscCall(TSGetApplicationContext(ts, &context));
  TSType type = nullptr;
  PetscCall(TSGetType(ts, &type));
  auto& problem = *static_cast<TransportProblem*>(context);
  PetscCall(guarded(problem, [&] {
    problem.stepper.step(problem.fields, *problem.voxels, find_time_scheme(type), problem.tolerance, ts->time_step);
  }));
  ts->ptime += ts->time_step;
  return 0;
}

PetscErrorCode create_polynomial_type(TS ts) {
  ts->ops->step = polynomial_ts_step;
  ts->usessnes = PETSC_FALSE;
  return 0;
}

}  // namespace

bool is_polynomial_type(const std::string& type) {
  return type == exponential_type || find_time_scheme(type) != nullptr;
}

std::string polynomial_type_names() {
  std::string names = std::string("\"") + exponential_type + "\"";
  for (const TimeScheme& s : time_schemes()) names += std::string(", \"") + s.name + "\"";
  return names;
}

void register_time_types() {
  petsc::check(TSRegister(exponential_type, create_polynomial_type));
  for (const TimeScheme& s : time_schemes()) petsc::check(TSRegister(s.name, create_polynomial_type));
}

}  // namespace vesicast
