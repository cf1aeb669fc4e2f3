#pragma once
/// \file
/// A grid of few cells, solved directly by every rank: the cells in the order of the whole grid, so that all ranks, and
/// any number of them, do the same arithmetic.
#include <petscksp.h>

#include <vector>

#include "src/extracellular/multigrid/order_free_matrix.hpp"

namespace vesicast {

class DirectSolver {
 public:
  /// For the operator `a` on the cells of `level`; both must outlive this.
  DirectSolver(const OrderFreeMatrix& a, const MultigridLevel& level) : a_(a), level_(level) {}
  DirectSolver(const DirectSolver&) = delete;
  DirectSolver& operator=(const DirectSolver&) = delete;
  ~DirectSolver() = default;

  /// Makes `pc` this solver; it factorises anew when its operator has changed. Must outlive its use.
  void configure(PC pc);

 private:
  static PetscErrorCode set_up_shell(PC pc);
  static PetscErrorCode apply_shell(PC pc, Vec x, Vec y);
  void factorise();
  void apply(Vec x, Vec y);
  /// All ranks' parts of something, one after the other. Collective.
  template <class T>
  std::vector<T> gather(std::span<const T> mine) const;

  const OrderFreeMatrix& a_;
  const MultigridLevel& level_;
  MatHandle whole_;
  petsc::Handle<KSP, KSPDestroy> ksp_;
  VecHandle b_, x_;
};

}  // namespace vesicast
