#pragma once
/// \file
/// What advection (docs/advection.md) carries per second, in the limit of short sub-steps: first-order upwind and,
/// added to it, the third-order upwind flux with the limiter that keeps contents >= 0; with its derivative, for
/// solvers.
#include <functional>

#include "src/extracellular/advection/advection.hpp"

namespace vesicast {

/// A number and its change along one direction (forward differentiation).
struct Dual {
  double value = 0.0, change = 0.0;
};

class SteadyAdvection {
 public:
  /// Courant number of the sub-steps whose limiter is taken. At 0 it would act on empty voxels alone, and be a jump.
  static constexpr double limiter_courant = 0.1;

  /// `outside`[axis][side] >= 0: concentration of what flows in through a face of the domain [1/um^3]. `advection` must
  /// outlive this. Collective.
  SteadyAdvection(const Advection& advection, const std::array<std::array<double, 2>, 3>& outside);

  /// out = what leaves minus what enters [vesicle/s], per owned voxel of concentrations c [1/um^3]. Collective.
  void outflow(std::span<const double> c, std::span<double> out);
  /// out = derivative of the last outflow() along dc. Collective.
  void derivative(std::span<const double> dc, std::span<double> out);

  /// Fluid that leaves an owned voxel through its lower (side 0) or upper (side 1) face [um^3/s]; < 0: it enters.
  [[nodiscard]] double outward(const Index3& voxel, std::size_t axis, std::size_t side) const;
  /// What first-order upwind brings into an owned voxel through faces of the domain [vesicle/s].
  [[nodiscard]] double inflow(const Index3& voxel) const;
  /// Of an owned voxel that the limiter held back in the last outflow(): visit(axis, side, rate) with the derivative by
  /// its own C [um^3/s] of what leaves it beyond upwind through a face.
  using Visit = std::function<void(std::size_t axis, std::size_t side, double rate)>;
  void visit_limited(const Index3& voxel, const Visit& visit) const;

 private:
  void load(std::span<const double> owned, std::vector<double>& rimmed);
  void evaluate(std::span<double> out, bool changes);
  [[nodiscard]] Dual at(std::size_t i) const { return {concentration_[i], change_[i]}; }
  [[nodiscard]] Dual added_flux(std::size_t axis, std::size_t i) const;
  [[nodiscard]] Dual upwind_inflow(std::size_t i) const;
  [[nodiscard]] double movable(std::size_t i) const;
  [[nodiscard]] Dual leaving(std::size_t i) const;
  [[nodiscard]] Dual share(std::size_t i) const;
  [[nodiscard]] std::size_t offset(const Index3& v) const { return static_cast<std::size_t>(covered_.offset(v)); }

  const Advection& advection_;
  const AdvectionArrays& arrays_;
  Box owned_, covered_;
  std::array<std::array<double, 2>, 3> outside_;
  std::vector<double> concentration_, change_;  ///< over the covered box
  std::array<std::vector<Dual>, 3> added_;      ///< flux beyond upwind's [vesicle/s]; empty where an axis has no faces
  std::vector<Dual> share_;                     ///< of the added fluxes out of a voxel, what is applied
};

}  // namespace vesicast
