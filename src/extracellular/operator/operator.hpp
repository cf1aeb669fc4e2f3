#pragma once
/// \file
/// The spatial operator of one vesicle class on this rank: diffusion, decay, and what crosses the faces of the domain
/// and the walls of vessels.
#include <array>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "decomposition/domain.hpp"
#include "decomposition/halo.hpp"
#include "src/extracellular/operator/stencil.hpp"
#include "src/parameters/faces.hpp"
#include "src/parameters/vesicle.hpp"

namespace vesicast {

/// Where vesicles go that leave a voxel neither to another voxel nor into a cell.
enum class Channel : std::uint8_t { face, blood, lymph };

/// A first-order exchange of one voxel with what lies beyond a face of the domain or the wall of vessels: it loses
/// `loss` x N per second, and receives.
struct LocalTerm {
  std::int64_t at = 0;  ///< offset in the covered box: the neighbours' sweeps see it too
  Channel channel = Channel::face;
  std::uint8_t axis = 0, side = 0;  ///< of a face
  double loss = 0.0;                ///< [1/s]
  /// What it receives: from a face conductance [um^3/s], times the concentration outside; from vessels [vesicle/s].
  double supply = 0.0;
};

/// What a field receives from outside in a step; nothing by default.
struct Outside {
  std::array<std::array<double, 2>, 3> face{};  ///< concentration beyond each face of the domain [axis][side] [1/um^3]
  double vessels = 0.0;                         ///< how much of the plasma's content comes in; 1: all of it
  /// [vesicle/s]
  [[nodiscard]] double inflow(const LocalTerm& t) const {
    return t.channel == Channel::face ? t.supply * face[t.axis][t.side] : vessels * t.supply;
  }
};

/// The rim that an operator's arrays have on this domain: eight voxels, or what the smallest rank can spare;
/// `-ts_vesicast_halo_depth` asks for another depth. The same on all ranks; no result depends on it. Local.
[[nodiscard]] int sweep_depth(const Domain& domain);

class Operator {
 public:
  /// Constant alpha and D. Local.
  Operator(const Domain& domain, const VesicleClass& vesicle, double alpha, double diffusivity);
  /// alpha [-] and D [um^2/s] per owned voxel; both > 0, or alpha 0 in obstacles, which nothing enters. Face
  /// coefficients are harmonic means of alpha D. Collective.
  Operator(const Domain& domain, const VesicleClass& vesicle, std::span<const double> alpha,
           std::span<const double> diffusivity);

  [[nodiscard]] const SweepShape& shape() const { return shape_; }
  [[nodiscard]] const std::variant<UniformStencil, MappedStencil>& stencil() const { return stencil_; }
  /// Keeps the stencil's maps in single precision too, for sweeps in float. Local.
  void keep_in_single() {
    if (auto* mapped = std::get_if<MappedStencil>(&stencil_)) mapped->keep_in_single();
  }
  /// Adds vessels: per owned voxel `clearance` [um^3/s], times C what they take, and `inflow` [vesicle/s] what they
  /// bring. Before the first step. Collective.
  void add_vessels(const Domain& domain, Channel channel, std::span<const double> clearance,
                   std::span<const double> inflow);
  /// Sorted by voxel, then by channel, then by face.
  [[nodiscard]] const std::vector<LocalTerm>& terms() const { return terms_; }
  [[nodiscard]] double decay() const { return decay_; }
  [[nodiscard]] const Boundaries& boundary() const { return boundary_; }
  /// What a field receives that vesicles from outside belong to, times `amount` (what is carried by each); at the faces
  /// means between two times [s].
  [[nodiscard]] Outside outside(double from, double to, double amount = 1.0) const;
  /// 1/(alpha V) of an owned voxel [1/um^3]; 0 in obstacles.
  [[nodiscard]] double inverse_volume(std::int64_t voxel) const;
  /// Rate [1/s] at which the voxel at an offset of the covered box loses what it holds by diffusion and decay, as its
  /// owner knows it.
  [[nodiscard]] double rate_within_walls(std::int64_t at) const;
  /// Largest rate [1/s] at which a voxel of this rank loses what it holds: by hops, decay and vessels, which all of a
  /// tissue may have; and with the faces and the clearance rates [1/s] of `extra` listed voxels (sorted by voxel) as
  /// well. Local; callers take the maximum over the ranks.
  [[nodiscard]] double largest_hop_rate() const;
  [[nodiscard]] double largest_rate(std::span<const std::int64_t> voxels, std::span<const double> extra) const;

 private:
  void add_faces(const Domain& domain, const VesicleClass& vesicle, const std::vector<double>& alpha_diffusivity);
  void sort_terms();
  void keep_outermost_rates(const Domain& domain);

  SweepShape shape_;
  std::array<std::array<std::int64_t, 2>, 3> wall_{};  ///< first and last layer of the domain; none where periodic
  /// Of a mapped stencil: rates in the outermost layer of the covered box, whose conductances outwards only the
  /// neighbour has; by offset.
  std::vector<std::pair<std::int64_t, double>> outermost_rate_;
  double decay_ = 0.0;
  Boundaries boundary_;
  std::variant<UniformStencil, MappedStencil> stencil_;
  std::vector<LocalTerm> terms_;
};

}  // namespace vesicast
