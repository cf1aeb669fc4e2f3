#pragma once
/// \file
/// The spatial operator of one vesicle class on this rank: diffusion, decay and what crosses the faces of the domain.
#include <span>
#include <variant>
#include <vector>

#include "decomposition/domain.hpp"
#include "decomposition/halo.hpp"
#include "src/extracellular/stencil.hpp"
#include "src/parameters.hpp"

namespace vesicast {

/// A voxel at an open or fixed face: loses `loss` x N per second and receives `inflow` vesicles per second.
struct BoundaryTerm {
  std::int64_t voxel = 0;  ///< offset in the owned box
  double loss = 0.0;       ///< [1/s]
  double inflow = 0.0;     ///< [vesicle/s]
};

class Operator {
 public:
  /// Constant alpha and D. Local.
  Operator(const Domain& domain, const VesicleClass& vesicle, double alpha, double diffusivity);
  /// alpha [-] and D [um^2/s] per owned voxel; both must be > 0. Face coefficients are harmonic means of alpha D.
  /// Collective.
  Operator(const Domain& domain, const VesicleClass& vesicle, std::span<const double> alpha,
           std::span<const double> diffusivity);

  [[nodiscard]] const SweepShape& shape() const { return shape_; }
  [[nodiscard]] const std::variant<UniformStencil, MappedStencil>& stencil() const { return stencil_; }
  /// Sorted by voxel; a voxel at several faces stands once.
  [[nodiscard]] const std::vector<BoundaryTerm>& boundary() const { return boundary_; }
  [[nodiscard]] double decay() const { return decay_; }
  /// 1/(alpha V) of an owned voxel [1/um^3].
  [[nodiscard]] double inverse_volume(std::int64_t voxel) const;
  /// Largest rate [1/s] at which a voxel of this rank loses what it holds, given the clearance rates [1/s] of `extra`
  /// listed voxels (sorted by voxel). Local; callers take the maximum over the ranks.
  [[nodiscard]] double largest_rate(std::span<const std::int64_t> voxels, std::span<const double> extra) const;

 private:
  [[nodiscard]] std::size_t covered_offset(std::int64_t voxel) const;
  [[nodiscard]] double hops_through_walls(const UniformStencil& stencil, const Index3& voxel) const;
  void add_boundary(const Domain& domain, const VesicleClass& vesicle, std::span<const double> alpha_diffusivity);

  SweepShape shape_;
  double decay_ = 0.0;
  std::variant<UniformStencil, MappedStencil> stencil_;
  std::vector<BoundaryTerm> boundary_;
};

}  // namespace vesicast
