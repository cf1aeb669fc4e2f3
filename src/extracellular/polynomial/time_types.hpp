#pragma once
/// \file
/// The program's own PETSc time integrators, and what they and PETSc's own need to take a step.
#include <exception>
#include <span>

#include "decomposition/petsc.hpp"
#include "src/extracellular/polynomial/polynomial_stepper.hpp"

namespace vesicast {

/// The TS type that takes the cheapest of the time schemes; every scheme of polynomial.hpp is a TS type of its name.
inline constexpr const char* exponential_type = "exponential";

/// Is `type` one of the program's own?
[[nodiscard]] bool is_polynomial_type(const std::string& type);
/// "exponential" and the names of all time schemes, for messages.
[[nodiscard]] std::string polynomial_type_names();

/// The step in progress, behind the C callbacks.
struct TransportProblem {
  TransportProblem(const Domain& d, double t) : domain(d), stepper(d), tolerance(t) {}

  const Domain& domain;
  PolynomialStepper stepper;
  double tolerance;             ///< relative, of the time polynomials
  std::span<FieldStep> fields;  ///< of the step in progress
  const ExchangeVoxels* voxels = nullptr;
  std::exception_ptr failure;  ///< what a callback threw
};

/// Runs `body`; an exception is kept in the problem and becomes a PETSc error code. Exceptions never cross C.
template <class Body>
PetscErrorCode guarded(TransportProblem& problem, Body&& body) {
  try {
    body();
    return 0;
  } catch (...) {
    problem.failure = std::current_exception();
    return PETSC_ERR_LIB;
  }
}

/// Registers the types with PETSc; may be called again.
void register_time_types();

}  // namespace vesicast
