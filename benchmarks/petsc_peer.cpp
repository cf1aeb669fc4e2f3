#include "benchmarks/petsc_peer.hpp"

#include "decomposition/base/error.hpp"

namespace vesicast::bench {
namespace {

/// y = centre x + hop (sum of the six neighbours), the row's own values standing in beyond walls.
#if defined(__x86_64__)
[[gnu::target_clones("avx512f", "avx2", "default")]]
#endif
void row(std::int64_t n, double centre, double hop, const double* x, const double* ym, const double* yp,
         const double* zm, const double* zp, double* __restrict y) {
  for (std::int64_t i = 1; i < n - 1; ++i)
    y[i] = centre * x[i] + hop * (x[i - 1] + x[i + 1] + ym[i] + yp[i] + zm[i] + zp[i]);
  for (const std::int64_t i : {std::int64_t{0}, n - 1}) {
    const double west = x[i > 0 ? i - 1 : i], east = x[i + 1 < n ? i + 1 : i];
    y[i] = centre * x[i] + hop * (west + east + ym[i] + yp[i] + zm[i] + zp[i]);
  }
}

}  // namespace

PetscPeer::PetscPeer(const EvProblem& problem, double rtol)
    : n_(problem.domain().grid().voxels[0]),
      hop_(ev_diffusivity / (ev_spacing * ev_spacing)),
      decay_(problem.op().decay()),
      voxel_(problem.voxels()),
      release_(problem.release()) {
  for (const double k : problem.clearance()) rate_.push_back(k / problem.fluid_volume());
  const auto size = static_cast<PetscInt>(n_ * n_ * n_);
  petsc::check(VecCreateSeq(PETSC_COMM_SELF, size, solution_.out()));
  petsc::check(VecDuplicate(solution_.get(), right_.out()));
  petsc::check(MatCreateShell(PETSC_COMM_SELF, size, size, size, size, this, matrix_.out()));
  petsc::check(MatShellSetOperation(matrix_.get(), MATOP_MULT, reinterpret_cast<void (*)()>(&PetscPeer::multiply)));
  petsc::check(KSPCreate(PETSC_COMM_SELF, solver_.out()));
  petsc::check(KSPSetOperators(solver_.get(), matrix_.get(), matrix_.get()));
  petsc::check(KSPSetType(solver_.get(), KSPCG));
  petsc::check(KSPSetInitialGuessNonzero(solver_.get(), PETSC_TRUE));
  petsc::check(KSPSetTolerances(solver_.get(), rtol, PETSC_DEFAULT, PETSC_DEFAULT, PETSC_DEFAULT));
  PC none = nullptr;
  petsc::check(KSPGetPC(solver_.get(), &none));
  petsc::check(PCSetType(none, PCNONE));
}

void PetscPeer::apply(double factor, Vec x, Vec y) const {
  const ReadScope in(x);
  const WriteScope out(y);
  const double* u = in.values().data();
  const double hop = factor * hop_, centre = 1.0 - 6.0 * hop - factor * decay_;
  const std::int64_t plane = n_ * n_;
  for (std::int64_t k = 0; k < n_; ++k)
    for (std::int64_t j = 0; j < n_; ++j) {
      const double* here = u + k * plane + j * n_;
      row(n_, centre, hop, here, j > 0 ? here - n_ : here, j + 1 < n_ ? here + n_ : here, k > 0 ? here - plane : here,
          k + 1 < n_ ? here + plane : here, out.values().data() + k * plane + j * n_);
    }
  for (std::size_t e = 0; e < voxel_.size(); ++e) {
    const auto v = static_cast<std::size_t>(voxel_[e]);
    out.values()[v] -= factor * rate_[e] * u[v];
  }
}

PetscErrorCode PetscPeer::multiply(Mat m, Vec x, Vec y) {
  void* self = nullptr;
  petsc::check(MatShellGetContext(m, &self));
  const auto& peer = *static_cast<const PetscPeer*>(self);
  peer.apply(-peer.half_step_, x, y);
  return 0;
}

void PetscPeer::take_step(double dt) {
  half_step_ = 0.5 * dt;
  apply(half_step_, solution_.get(), right_.get());
  {
    const WriteScope scope(right_.get());
    for (std::size_t e = 0; e < voxel_.size(); ++e)
      scope.values()[static_cast<std::size_t>(voxel_[e])] += dt * release_[e];
  }
  petsc::check(KSPSolve(solver_.get(), right_.get(), solution_.get()));
  KSPConvergedReason reason = KSP_CONVERGED_ITERATING;
  petsc::check(KSPGetConvergedReason(solver_.get(), &reason));
  if (reason < 0) throw NumericsError("the conjugate gradients did not converge");
  PetscInt iterations = 0;
  petsc::check(KSPGetIterationNumber(solver_.get(), &iterations));
  iterations_ += iterations;
  ++steps_;
}

void PetscPeer::fill(double value) {
  petsc::check(VecSet(solution_.get(), value));
}

std::vector<double> PetscPeer::content() const {
  const ReadScope scope(solution_.get());
  return {scope.values().begin(), scope.values().end()};
}

}  // namespace vesicast::bench
