#pragma once
/// \file
/// One of PETSc's own time integrators (`-ts_type theta`, `bdf`, `rk`, ...) on one operator, for concentrations:
/// M dC/dt = S - L C (concentration_operator.hpp). Implicit ones solve (s M + L) C = b by conjugate gradients with
/// multigrid unless told otherwise, without a matrix on the finest grid.
#include <petscts.h>

#include <exception>
#include <string>

#include "decomposition/petsc.hpp"
#include "src/extracellular/implicit/concentration_operator.hpp"

namespace vesicast {

class PetscIntegrator {
 public:
  /// Takes its type and everything else from PETSc's options; `type` unless they name one. Throws InputError if PETSc
  /// refuses them. Collective.
  PetscIntegrator(const Domain& domain, const Operator& op, const std::string& type);
  PetscIntegrator(const PetscIntegrator&) = delete;
  PetscIntegrator& operator=(const PetscIntegrator&) = delete;
  ~PetscIntegrator() = default;

  /// Advances the contents `n` by `dt` [s] under the field's terms, which get the time integrals of what they saw, in
  /// sub-steps of `-ts_dt` at most. Throws NumericsError if a solver fails. Collective.
  void integrate(FieldStep& field, Vec n, double dt);

  [[nodiscard]] const std::string& type() const { return type_; }
  [[nodiscard]] std::int64_t sweeps() const { return operator_.sweeps(); }
  /// The larger of the Krylov solver's and the step controller's relative tolerance.
  [[nodiscard]] double tolerance() const;

 private:
  static PetscErrorCode rate(TS ts, PetscReal t, Vec c, Vec dcdt, void* context);
  static PetscErrorCode residual(TS ts, PetscReal t, Vec c, Vec dcdt, Vec f, void* context);
  static PetscErrorCode jacobian(TS ts, PetscReal t, Vec c, Vec dcdt, PetscReal shift, Mat a, Mat p, void* context);
  static PetscErrorCode after_step(TS ts);
  template <class Body>
  PetscErrorCode guarded(Body&& body);
  void choose_solver();
  /// dC/dt = M^-1 (S - L C), 0 in obstacles.
  void evaluate(Vec c, Vec dcdt);
  void integrate_step(double theta, bool is_theta);
  void require_success(PetscErrorCode code, double dt);

  const Domain& domain_;
  ConcentrationOperator operator_;
  petsc::Handle<TS, TSDestroy> ts_;
  std::string type_;
  bool implicit_ = false;
  double longest_substep_;
  VecHandle c_, previous_, previous_rate_, rate_, integral_;
  double previous_time_ = 0.0;
  std::exception_ptr failure_;  ///< what a callback threw
};

}  // namespace vesicast
