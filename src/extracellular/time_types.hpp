#pragma once
/// \file
/// The time polynomials as PETSc TS types, and the problem that every TS type works on.
#include <petscts.h>

#include <exception>
#include <string>
#include <vector>

#include "decomposition/halo.hpp"
#include "src/extracellular/operator.hpp"
#include "src/extracellular/polynomial.hpp"
#include "src/extracellular/terms.hpp"
#include "src/extracellular/transport.hpp"

namespace vesicast {

/// The application context of the TS: one T(N, S, K, dt), with the buffers that outlive it.
struct TransportProblem {
  TransportProblem(const Domain& domain, double tolerance);

  const Domain& domain;
  Halo halo;
  double tolerance;
  // This step's problem.
  const Operator* op = nullptr;
  SparseTerms terms;
  double bound = 0.0;
  // Over the step: integral of N at the terms' voxels [vesicle s], and the decayed vesicles.
  std::vector<double> integral;
  BinnedSum decayed;
  // Buffers over halo.covered().
  std::vector<double> start, work, average;
  std::int64_t sweeps = 0;
  std::exception_ptr failure;  ///< thrown in a callback, to be rethrown outside PETSc

  /// Fills the rim of `y`, walls included. Collective.
  void fill_rim(std::vector<double>& y);
  /// Advances the owned values by `dt` with a polynomial per sub-step of at most largest_uniformised_step. Collective.
  void polynomial_step(std::span<double> n, double dt, TimePolynomial (*make)(double q, double dt, double tolerance));
};

inline constexpr const char* uniformisation_type = "uniformisation";
inline constexpr const char* ssprk2_type = "ssprk2";

/// Makes both types known to PETSc; may be called again.
void register_time_types();

/// Runs `f` inside a PETSc callback: an exception is kept in the problem and becomes an error code.
template <class F>
PetscErrorCode guarded(TransportProblem& problem, F&& f) noexcept {
  try {
    f();
    return 0;
  } catch (...) {
    problem.failure = std::current_exception();
    return PETSC_ERR_LIB;
  }
}

}  // namespace vesicast
