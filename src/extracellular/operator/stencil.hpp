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
#include <optional>
#include <type_traits>
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
  template <class Real>
  void load(const RowKernels& /*kernels*/, std::size_t /*at*/, std::size_t /*n*/, Real* /*u*/) const {}
  /// out = p (I + tau A) u + w c, minus what out held where `again`. Arrays over the covered box; `c` begins at the
  /// row.
  template <class Real>
  void sweep(const RowKernels& kernels, const Row& r, double tau, double p, const Real* u, double w, const Real* c,
             bool again, Real* out) const {
    kernels.sums<Real>().uniform(r.n,
                                 {static_cast<Real>(p * (1.0 - tau * rate(0))), static_cast<Real>(p * tau * hop_[0]),
                                  static_cast<Real>(p * tau * hop_[1]), static_cast<Real>(p * tau * hop_[2])},
                                 neighbours(r, u), static_cast<Real>(w), c, again, out + r.at);
  }
  /// ((I + tau A) u) at voxel i of the row: what sweep() computes there for p = 1, w = 0.
  template <class Real>
  [[nodiscard]] double point(const Row& r, std::size_t i, double tau, const Real* u) const {
    const Neighbours<Real> b = neighbours(r, u);
    const std::size_t at = r.at + i;
    const auto centre = static_cast<Real>(1.0 - tau * rate(0));
    const auto hx = static_cast<Real>(tau * hop_[0]), hy = static_cast<Real>(tau * hop_[1]),
               hz = static_cast<Real>(tau * hop_[2]);
    return ((centre * u[at] + hx * (u[at - 1] + u[at + 1])) + (hy * (b.ym[i] + b.yp[i]) + hz * (b.zm[i] + b.zp[i])));
  }
  /// content += dt A u, and lost = dt loss u; `content` and `lost` begin at the row.
  template <class Real>
  void finish(const RowKernels& kernels, const Row& r, double dt, const Real* u, double* content, double* lost) const {
    kernels.sums<Real>().uniform_finish(r.n, {0.0, dt * hop_[0], dt * hop_[1], dt * hop_[2]}, dt * loss_,
                                        neighbours(r, u), content, loss_ > 0.0 ? lost : nullptr);
  }

 private:
  template <class Real>
  static Neighbours<Real> neighbours(const Row& r, const Real* u) {
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
        maps_{std::move(conductance), std::move(inverse_volume),
              std::vector<double>(static_cast<std::size_t>(covered.extent(0)) + 1, 0.0)},
        loss_(loss) {}
  /// Makes the maps in single precision, which load(), sweep() and point() in float read. Half the memory of the maps.
  void keep_in_single() {
    if (single_) return;
    const auto round = [](const std::vector<double>& v) { return std::vector<float>(v.begin(), v.end()); };
    single_.emplace(Maps<float>{{round(maps_.conductance[0]), round(maps_.conductance[1]), round(maps_.conductance[2])},
                                round(maps_.inverse_volume),
                                round(maps_.closed)});
  }
  /// Rate at which voxel `at`, which is not in the outermost layer of a rim, loses what it holds [1/s].
  [[nodiscard]] double rate(std::size_t at) const {
    double g = 0.0;
    for (std::size_t a = 0; a < 3; ++a) {
      g += maps_.conductance[a][at];
      if (at + stride_[a] < maps_.conductance[a].size()) g += maps_.conductance[a][at + stride_[a]];
    }
    return g * maps_.inverse_volume[at] + loss_;
  }
  [[nodiscard]] double inverse_volume(std::size_t at) const { return maps_.inverse_volume[at]; }
  [[nodiscard]] double content_to_u(std::size_t at) const { return maps_.inverse_volume[at]; }
  [[nodiscard]] double loss() const { return loss_; }
  [[nodiscard]] double hop(std::size_t axis, std::size_t upper, std::size_t from) const {
    return maps_.conductance[axis][upper] * maps_.inverse_volume[from];
  }
  [[nodiscard]] double face(std::size_t axis, std::size_t upper) const { return maps_.conductance[axis][upper]; }

  template <class Real>
  void load(const RowKernels& kernels, std::size_t at, std::size_t n, Real* u) const {
    kernels.sums<Real>().multiply(n, maps<Real>().inverse_volume.data() + at, u);
  }
  template <class Real>
  void sweep(const RowKernels& kernels, const Row& r, double tau, double p, const Real* u, double w, const Real* c,
             bool again, Real* out) const {
    kernels.sums<Real>().mapped(r.n, faces<Real>(r), static_cast<Real>(tau), static_cast<Real>(loss_), neighbours(r, u),
                                static_cast<Real>(p), static_cast<Real>(w), c, again, out + r.at);
  }
  template <class Real>
  [[nodiscard]] double point(const Row& r, std::size_t i, double tau, const Real* u) const {
    const Neighbours<Real> b = neighbours(r, u);
    const MappedRow<Real> g = faces<Real>(r);
    const Real leaving = g.inverse_volume[i] * (((g.x[i] + g.x[i + 1]) + (g.ym[i] + g.yp[i])) + (g.zm[i] + g.zp[i])) +
                         static_cast<Real>(loss_);
    const Real entering =
        g.inverse_volume[i] * (((g.x[i] * b.x[static_cast<std::ptrdiff_t>(i) - 1] + g.x[i + 1] * b.x[i + 1]) +
                                (g.ym[i] * b.ym[i] + g.yp[i] * b.yp[i])) +
                               (g.zm[i] * b.zm[i] + g.zp[i] * b.zp[i]));
    const auto step = static_cast<Real>(tau);
    return (Real(1) - step * leaving) * b.x[i] + step * entering;
  }
  template <class Real>
  void finish(const RowKernels& kernels, const Row& r, double dt, const Real* u, double* content, double* lost) const {
    kernels.sums<Real>().mapped_finish(r.n, faces<double>(r), dt, loss_, neighbours(r, u), content,
                                       loss_ > 0.0 ? lost : nullptr);
  }

 private:
  /// Conductances and inverse volumes.
  template <class Real>
  struct Maps {
    std::array<std::vector<Real>, 3> conductance;
    std::vector<Real> inverse_volume;
    std::vector<Real> closed;  ///< a row of faces that nothing crosses
  };
  template <class Real>
  [[nodiscard]] const Maps<Real>& maps() const {
    if constexpr (std::is_same_v<Real, double>)
      return maps_;
    else
      return single_.value();
  }
  template <class Real>
  static Neighbours<Real> neighbours(const Row& r, const Real* u) {
    return {u + r.at, u + r.ym, u + r.yp, u + r.zm, u + r.zp};
  }
  template <class Real>
  [[nodiscard]] MappedRow<Real> faces(const Row& r) const {
    const Maps<Real>& m = maps<Real>();
    const Real* above_y = r.wall_yp ? m.closed.data() : m.conductance[1].data() + r.yp;
    const Real* above_z = r.wall_zp ? m.closed.data() : m.conductance[2].data() + r.zp;
    return {m.conductance[0].data() + r.at,
            m.conductance[1].data() + r.at,
            above_y,
            m.conductance[2].data() + r.at,
            above_z,
            m.inverse_volume.data() + r.at};
  }
  std::array<std::size_t, 3> stride_;
  Maps<double> maps_;
  std::optional<Maps<float>> single_;
  double loss_;
};

}  // namespace vesicast
