#pragma once
/// \file
/// What a careful user of PETSc would write for the same problem: Crank-Nicolson, the operator without a matrix,
/// PETSc's conjugate gradients without a preconditioner, started at the last step's values. One rank; the operator
/// reads PETSc's arrays in place, without the copy that a local vector costs.
#include <petscksp.h>

#include "benchmarks/ev_problem.hpp"
#include "decomposition/petsc.hpp"

namespace vesicast::bench {

class PetscPeer {
 public:
  /// Takes size, rates and cells from `problem`, which must be on one rank; starts from zero. `rtol` is CG's relative
  /// tolerance.
  PetscPeer(const EvProblem& problem, double rtol);
  PetscPeer(const PetscPeer&) = delete;
  PetscPeer& operator=(const PetscPeer&) = delete;
  ~PetscPeer() = default;
  /// Throws NumericsError if the solver does not converge.
  void take_step(double dt);
  void fill(double value);
  [[nodiscard]] std::vector<double> content() const;
  [[nodiscard]] double iterations_per_step() const { return steps_ > 0 ? double(iterations_) / double(steps_) : 0.0; }

 private:
  static PetscErrorCode multiply(Mat m, Vec x, Vec y);
  /// y = x + factor A x
  void apply(double factor, Vec x, Vec y) const;

  std::int64_t n_;
  double hop_, decay_;
  std::vector<std::int64_t> voxel_;
  std::vector<double> release_, rate_;
  double half_step_ = 0.0;
  std::int64_t steps_ = 0, iterations_ = 0;
  VecHandle solution_, right_;
  petsc::Handle<Mat, MatDestroy> matrix_;
  petsc::Handle<KSP, KSPDestroy> solver_;
};

}  // namespace vesicast::bench
