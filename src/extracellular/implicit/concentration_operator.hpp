#pragma once
/// \file
/// The transport equation written for concentrations, as implicit methods want it: with M = diag(alpha V),
///   M dC/dt = S - L C,    L C = -div(alpha D grad C) V + (k_dec alpha V + K + faces) C,
/// L symmetric and positive semi-definite. s M + L is applied without a matrix, by the sweeps' own row kernels.
#include <petscts.h>

#include <memory>
#include <optional>

#include "decomposition/field.hpp"
#include "decomposition/petsc.hpp"
#include "src/extracellular/multigrid/coarse_grids.hpp"
#include "src/extracellular/polynomial/polynomial_stepper.hpp"

namespace vesicast {

class ConcentrationOperator {
 public:
  /// Collective.
  ConcentrationOperator(const Domain& domain, const Operator& op);
  ConcentrationOperator(const ConcentrationOperator&) = delete;
  ConcentrationOperator& operator=(const ConcentrationOperator&) = delete;
  ~ConcentrationOperator() = default;

  /// The losses and sources of a step; `terms` of the operator given to the constructor. Local.
  void set_terms(const SparseTerms& terms);
  /// A loss more, `rate` [1/s] of every owned voxel. After set_terms(). Local.
  void add_loss(std::span<const double> rate);
  /// The s of s M + L. Collective.
  void set_shift(double shift);

  /// s M + L, matrix-free; its rows at obstacles are C = 0.
  [[nodiscard]] Mat matrix() const { return shell_.get(); }
  /// The same with its entries, made at the first call and kept current from then on, for preconditioners that want
  /// them. Collective.
  [[nodiscard]] Mat assembled();
  /// The hierarchy of coarser grids, made at the first call; its operators are set by set_shift(). Collective.
  [[nodiscard]] CoarseGrids& coarse();
  /// Makes a preconditioner of type mg this operator's own hierarchy. Collective.
  void configure_multigrid(PC pc);

  [[nodiscard]] Vec mass() const { return mass_.get(); }
  [[nodiscard]] Vec source() const { return source_.get(); }
  /// out = L C. Collective.
  void apply(Vec c, Vec out);
  /// C = N/(alpha V), 0 in obstacles, and back. Local.
  void concentrations(Vec n, Vec c) const;
  void contents(Vec c, Vec n) const;
  [[nodiscard]] std::int64_t sweeps() const { return sweeps_; }

 private:
  static PetscErrorCode multiply(Mat a, Vec x, Vec y);
  static PetscErrorCode diagonal(Mat a, Vec d);
  void fill_assembled();

  const Domain& domain_;
  const Operator& op_;
  Halo halo_;
  WorkArray u_;
  std::vector<double> lost_;
  VecHandle mass_, loss_, source_;  ///< alpha V; k_dec alpha V + K + faces; S
  VecHandle diffusion_;             ///< diagonal of L without losses; 1 in obstacles
  double shift_ = 0.0;
  MatHandle shell_, assembled_;
  std::unique_ptr<CoarseGrids> coarse_;
  std::int64_t sweeps_ = 0;
};

}  // namespace vesicast
