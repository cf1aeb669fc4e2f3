#pragma once
/// \file
/// The discrete Darcy equation on this rank: what crosses each face, and what vessels exchange with each voxel.
#include <vector>

#include "decomposition/halo.hpp"
#include "src/extracellular/flow/darcy.hpp"

namespace vesicast {

/// Cell-centred finite volumes. Fluid crosses a face between voxels at conductance x difference of pressure,
/// conductance = K area/h with the harmonic mean of K (exact for layers in series), and a face held at a pressure at K
/// area/(h/2).
class DarcyStencil {
 public:
  /// Throws InputError, naming the voxel, if a coefficient is negative or not a number. Collective.
  DarcyStencil(const Domain& domain, const DarcyProblem& problem);

  /// One face of an owned voxel.
  struct Face {
    double conductance = 0.0;  ///< [um^3/(Pa s)]; 0: closed
    bool wall = false;         ///< a face of the domain, held at `held` where the conductance is not 0
    double held = 0.0;         ///< [Pa]
    Index3 beyond{};           ///< the voxel on its other side, not wrapped at periodic faces; none at a wall
  };
  [[nodiscard]] Face face(const Index3& voxel, std::size_t axis, std::size_t side) const;

  /// Arrays over owned voxels and a rim of one, for pressures.
  [[nodiscard]] const Box& covered() const { return halo_.covered(); }
  [[nodiscard]] std::size_t offset(const Index3& voxel) const {
    return static_cast<std::size_t>(covered().offset(voxel));
  }
  [[nodiscard]] const Domain& domain() const { return *domain_; }
  /// Copies owned values into an array over covered() and fills its rim. Collective.
  [[nodiscard]] std::vector<double> rimmed(std::span<const double> owned);

  /// K of a covered voxel [um^2/(Pa s)]; 0 in obstacles and where no fluid can move.
  [[nodiscard]] double conductivity(const Index3& voxel) const { return conductivity_[offset(voxel)]; }
  /// Does the pressure of owned voxel `i` count?
  [[nodiscard]] bool moves(std::size_t i) const { return conductivity(owned(i)) > 0.0; }
  /// Voxels of this rank with K > 0 that no path connects to a vessel or a held pressure.
  [[nodiscard]] std::int64_t stagnant() const { return stagnant_; }
  [[nodiscard]] Index3 owned(std::size_t i) const { return domain_->owned().voxel(static_cast<std::int64_t>(i)); }

  /// Outward through a face [um^3/s]; `pressure` over covered() [Pa].
  [[nodiscard]] double outflow(const Index3& voxel, std::size_t axis, std::size_t side,
                               std::span<const double> pressure) const;
  /// Fluid that a kind of vessel brings to owned voxel `i`, whose pressure is `pressure` [Pa], [um^3/s]; negative where
  /// it drains.
  [[nodiscard]] double inflow(const VesselExchange& vessels, std::size_t i, double pressure) const;

 private:
  void check(const DarcyProblem& problem) const;
  /// Sets K to 0 where no path leads to a vessel or a held face.
  void close_stagnant(const DarcyProblem& problem);

  const Domain* domain_;
  FlowBoundaries boundary_;
  Halo halo_;
  std::vector<double> conductivity_;
  std::int64_t stagnant_ = 0;
};

}  // namespace vesicast
