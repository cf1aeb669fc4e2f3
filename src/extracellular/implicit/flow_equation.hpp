#pragma once
/// \file
/// The stationary equation L C + div(v C) = S of one operator (concentration_operator.hpp) and one flow
/// (steady_advection.hpp), with its derivative and an M-matrix near it for preconditioners.
#include <optional>

#include "src/extracellular/implicit/concentration_operator.hpp"
#include "src/extracellular/implicit/steady_advection.hpp"

namespace vesicast {

class FlowEquation {
 public:
  /// `further_loss` [1/s] of every owned voxel; empty: none. All arguments must outlive this. Collective.
  FlowEquation(const Domain& domain, const Operator& op, const SparseTerms& terms, SteadyAdvection& advection,
               std::span<const double> further_loss);
  FlowEquation(const FlowEquation&) = delete;
  FlowEquation& operator=(const FlowEquation&) = delete;
  ~FlowEquation() = default;

  /// Release and all that enters with C = 0 inside [vesicle/s].
  [[nodiscard]] Vec source() const { return source_.get(); }
  /// f = S - L C - div(v C) [vesicle/s]; returns its 2-norm. Collective.
  double residual(Vec c, Vec f);
  /// What rounding of C alone may leave of residual(). After linearise(). Collective.
  double round_off(Vec c);

  /// Fills upwind(): L and first-order upwind, with what the limiter of the last residual() lets go beyond that if
  /// `limited`. Collective.
  void linearise(bool limited);
  /// The derivative of L C + div(v C) at the C of the last residual(), without a matrix.
  [[nodiscard]] Mat derivative() const { return derivative_.get(); }
  /// An M-matrix: no entry off the diagonal is positive, and columns add up to the losses. After linearise().
  [[nodiscard]] Mat upwind() const { return upwind_->mat(); }
  /// The same with its entries, for preconditioners that want them.
  [[nodiscard]] Mat assembled() { return l_.assembled(); }
  /// Makes a preconditioner of type mg the hierarchy below upwind(). After linearise(). Collective.
  void configure_multigrid(PC pc) { l_.coarse().configure_with_flow(pc, *upwind_); }
  /// Contents from concentrations. Local.
  void contents(Vec c, Vec n) const { l_.contents(c, n); }

 private:
  static PetscErrorCode multiply(Mat a, Vec x, Vec y);

  const Domain& domain_;
  ConcentrationOperator l_;
  SteadyAdvection& advection_;
  VecHandle work_, diagonal_, source_;
  MatHandle derivative_;
  std::optional<OrderFreeMatrix> upwind_;
};

}  // namespace vesicast
