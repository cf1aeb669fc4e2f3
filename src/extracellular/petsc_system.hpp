#pragma once
/// \file
/// dN/dt = A N + S as PETSc's own integrators want it: right-hand side, Jacobian, and the time integral of N beside it.
#include <petscts.h>

#include "decomposition/field.hpp"
#include "src/extracellular/time_types.hpp"

namespace vesicast {

class PetscSystem {
 public:
  /// Tells `ts` how to evaluate the problem. Nothing large is allocated before start(). Collective.
  PetscSystem(TransportProblem& problem, TS ts);
  /// Before TSSolve: assembles A for the field's terms and begins the time integral at the values of `n`. Collective.
  void start(FieldStep& field, Vec n);
  /// After TSSolve: hands the time integral to the field. Collective.
  void finish();
  [[nodiscard]] std::int64_t sweeps() const { return sweeps_; }
  /// The larger of the Krylov solver's and the step controller's relative tolerance.
  [[nodiscard]] double tolerance() const;

 private:
  static PetscErrorCode rate(TS ts, PetscReal t, Vec n, Vec dndt, void* context);
  static PetscErrorCode jacobian(TS ts, PetscReal t, Vec n, Mat a, Mat p, void* context);
  static PetscErrorCode after_step(TS ts);
  void evaluate(Vec n, Vec dndt);
  void assemble();

  using MatHandle = petsc::Handle<Mat, MatDestroy>;
  TransportProblem& problem_;
  TS ts_;
  Halo halo_;
  WorkArray u_;
  FieldStep* field_ = nullptr;  ///< between start() and finish()
  std::int64_t sweeps_ = 0;
  MatHandle matrix_;
  VecHandle previous_, previous_rate_, rate_, integral_;
  double previous_time_ = 0.0;
};

}  // namespace vesicast
