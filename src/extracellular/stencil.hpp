#pragma once
/// \file
/// Diffusion between voxels and loss within them: A N = div(alpha D grad C) - k_dec N with N = alpha C V. Cell-centred
/// finite volumes; what crosses a face is conductance x difference of C, conductance = alpha D area/h with the harmonic
/// mean of alpha D (exact for layers in series). Written in N, A is the generator of a Markov process: its off-diagonal
/// entries are >= 0 and its columns sum to minus the losses.
///
/// Sweeps work on u = content_to_u x N: with constants u = N, with maps u = C, so that a face flux needs no division.
/// Pure: spans and pointers only.
#include <array>
#include <vector>

#include "src/extracellular/sweep/row_kernels.hpp"
#include "src/extracellular/sweep/shape.hpp"

namespace vesicast {

/// Same alpha and D everywhere: three hop rates and one loss rate.
class UniformStencil {
 public:
  /// `hop`[axis] = D/h^2 [1/s], 0 for an axis of one voxel between walls; `loss` [1/s]; `volume` = alpha V [um^3].
  UniformStencil(const std::array<double, 3>& hop, double loss, double volume)
      : hop_(hop), loss_(loss), inverse_volume_(1.0 / volume) {}
  [[nodiscard]] double rate(std::size_t /*at*/) const { return 2.0 * (hop_[0] + hop_[1] + hop_[2]) + loss_; }
  [[nodiscard]] double inverse_volume(std::size_t /*at*/) const { return inverse_volume_; }
  [[nodiscard]] double content_to_u(std::size_t /*at*/) const { return 1.0; }
  [[nodiscard]] double loss() const { return loss_; }
  /// Rate [1/s] at which what voxel `from` holds crosses the face whose upper voxel is `upper`.
  [[nodiscard]] double hop(std::size_t axis, std::size_t /*upper*/, std::size_t /*from*/) const { return hop_[axis]; }

  /// What crosses the face whose upper voxel is `upper` per second and unit difference of u.
  [[nodiscard]] double face(std::size_t axis, std::size_t /*upper*/) const { return hop_[axis]; }

  /// Turns contents into u, in place.
  void load(std::size_t /*at*/, std::size_t /*n*/, double* /*u*/) const {}
  /// out = p (I + tau A) u + w c, minus what out held where `again`. Arrays over the covered box; `c` begins at the
  /// row.
  void sweep(const RowKernels& kernels, const Row& r, double tau, double p, const double* u, double w, const double* c,
             bool again, double* out) const {
    kernels.uniform(r.n, {p * (1.0 - tau * rate(0)), p * tau * hop_[0], p * tau * hop_[1], p * tau * hop_[2]},
                    neighbours(r, u), w, c, again, out + r.at);
  }
  /// ((I + tau A) u) at voxel i of the row: what sweep() computes there for p = 1, w = 0.
  [[nodiscard]] double point(const Row& r, std::size_t i, double tau, const double* u) const {
    const Neighbours b = neighbours(r, u);
    const std::size_t at = r.at + i;
    return (((1.0 - tau * rate(0)) * u[at] + tau * hop_[0] * (u[at - 1] + u[at + 1])) +
            (tau * hop_[1] * (b.ym[i] + b.yp[i]) + tau * hop_[2] * (b.zm[i] + b.zp[i])));
  }
  /// content += dt A u, and lost = dt loss u; `content` and `lost` begin at the row.
  void finish(const RowKernels& kernels, const Row& r, double dt, const double* u, double* content,
              double* lost) const {
    kernels.uniform_finish(r.n, {0.0, dt * hop_[0], dt * hop_[1], dt * hop_[2]}, dt * loss_, neighbours(r, u), content,
                           loss_ > 0.0 ? lost : nullptr);
  }

 private:
  static Neighbours neighbours(const Row& r, const double* u) {
    return {u + r.at, u + r.ym, u + r.yp, u + r.zm, u + r.zp};
  }
  std::array<double, 3> hop_;
  double loss_;
  double inverse_volume_;
};

/// alpha and D as maps: one conductance per lower face and one volume per voxel, all over the covered box.
class MappedStencil {
 public:
  /// conductance[axis][voxel] of the voxel's lower face [um^3/s], 0 at walls and obstacles; `inverse_volume` =
  /// 1/(alpha V) [1/um^3], 0 in obstacles; `loss` [1/s].
  MappedStencil(const Box& covered, std::array<std::vector<double>, 3> conductance, std::vector<double> inverse_volume,
                double loss)
      : stride_{1, static_cast<std::size_t>(covered.extent(0)),
                static_cast<std::size_t>(covered.extent(0) * covered.extent(1))},
        conductance_(std::move(conductance)),
        inverse_volume_(std::move(inverse_volume)),
        closed_(static_cast<std::size_t>(covered.extent(0)) + 1, 0.0),
        loss_(loss) {}
  /// Rate at which voxel `at`, which is not in the outermost layer of a rim, loses what it holds [1/s].
  [[nodiscard]] double rate(std::size_t at) const {
    double g = 0.0;
    for (std::size_t a = 0; a < 3; ++a) {
      g += conductance_[a][at];
      if (at + stride_[a] < conductance_[a].size()) g += conductance_[a][at + stride_[a]];
    }
    return g * inverse_volume_[at] + loss_;
  }
  [[nodiscard]] double inverse_volume(std::size_t at) const { return inverse_volume_[at]; }
  [[nodiscard]] double content_to_u(std::size_t at) const { return inverse_volume_[at]; }
  [[nodiscard]] double loss() const { return loss_; }
  [[nodiscard]] double hop(std::size_t axis, std::size_t upper, std::size_t from) const {
    return conductance_[axis][upper] * inverse_volume_[from];
  }
  [[nodiscard]] double face(std::size_t axis, std::size_t upper) const { return conductance_[axis][upper]; }

  void load(std::size_t at, std::size_t n, double* u) const {
    for (std::size_t i = 0; i < n; ++i) u[i] *= inverse_volume_[at + i];
  }
  void sweep(const RowKernels& kernels, const Row& r, double tau, double p, const double* u, double w, const double* c,
             bool again, double* out) const {
    kernels.mapped(r.n, faces(r), tau, loss_, neighbours(r, u), p, w, c, again, out + r.at);
  }
  [[nodiscard]] double point(const Row& r, std::size_t i, double tau, const double* u) const {
    const Neighbours b = neighbours(r, u);
    const MappedRow g = faces(r);
    const double x = u[r.at + i];
    const double divergence = ((g.x[i] * (u[r.at + i - 1] - x) + g.x[i + 1] * (u[r.at + i + 1] - x)) +
                               (g.ym[i] * (b.ym[i] - x) + g.yp[i] * (b.yp[i] - x))) +
                              (g.zm[i] * (b.zm[i] - x) + g.zp[i] * (b.zp[i] - x));
    return x + tau * (g.inverse_volume[i] * divergence - loss_ * x);
  }
  void finish(const RowKernels& kernels, const Row& r, double dt, const double* u, double* content,
              double* lost) const {
    kernels.mapped_finish(r.n, faces(r), dt, loss_, neighbours(r, u), content, loss_ > 0.0 ? lost : nullptr);
  }

 private:
  static Neighbours neighbours(const Row& r, const double* u) {
    return {u + r.at, u + r.ym, u + r.yp, u + r.zm, u + r.zp};
  }
  [[nodiscard]] MappedRow faces(const Row& r) const {
    const double* above_y = r.wall_yp ? closed_.data() : conductance_[1].data() + r.yp;
    const double* above_z = r.wall_zp ? closed_.data() : conductance_[2].data() + r.zp;
    return {
        conductance_[0].data() + r.at, conductance_[1].data() + r.at, above_y, conductance_[2].data() + r.at, above_z,
        inverse_volume_.data() + r.at};
  }
  std::array<std::size_t, 3> stride_;
  std::array<std::vector<double>, 3> conductance_;
  std::vector<double> inverse_volume_;
  std::vector<double> closed_;  ///< a row of faces that nothing crosses
  double loss_;
};

}  // namespace vesicast
