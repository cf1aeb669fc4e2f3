#pragma once
/// \file
/// Diffusion between voxels and loss within them, row by row: A N = div(alpha D grad C) - k_dec N with N = alpha C V.
/// Cell-centred finite volumes; what crosses a face is conductance x difference of C, conductance = alpha D area/h with
/// the harmonic mean of alpha D (exact for layers in series). Written in N, A is the generator of a Markov process: its
/// off-diagonal entries are >= 0 and its columns sum to minus the losses. Pure: spans and pointers only.
#include <cstddef>
#include <span>
#include <vector>

#include "decomposition/box.hpp"

namespace vesicast {

/// Where the rows of a rimmed array lie, and which sides of the owned box are walls that nothing crosses.
struct SweepShape {
  Box owned;                                  ///< the voxels to be updated
  Box covered;                                ///< what the arrays cover
  std::array<std::array<bool, 2>, 3> wall{};  ///< [axis][side]
};

/// Pointers to one row and its four neighbours in an array over `covered`. At a wall a neighbour is the row itself.
struct Row {
  std::size_t at = 0;  ///< offset of the row's first voxel in the array
  std::size_t ym = 0, yp = 0, zm = 0, zp = 0;
  std::size_t n = 0;         ///< voxels in the row
  std::size_t owned_at = 0;  ///< offset of the row in an array over `owned`
  std::size_t index = 0;     ///< number of the row within `owned`
};

/// Calls `visit(row)` for every row of the owned box, in memory order.
template <class Visit>
void for_each_row(const SweepShape& s, Visit&& visit) {
  const Box& o = s.owned;
  const auto n = static_cast<std::size_t>(o.extent(0));
  std::size_t index = 0;
  for (std::int64_t k = o.lower[2]; k < o.upper[2]; ++k)
    for (std::int64_t j = o.lower[1]; j < o.upper[1]; ++j, ++index) {
      const auto offset = [&](std::int64_t jj, std::int64_t kk) {
        return static_cast<std::size_t>(s.covered.offset({o.lower[0], jj, kk}));
      };
      Row row;
      row.n = n;
      row.index = index;
      row.owned_at = index * n;
      row.at = offset(j, k);
      row.ym = s.wall[1][0] && j == o.lower[1] ? row.at : offset(j - 1, k);
      row.yp = s.wall[1][1] && j == o.upper[1] - 1 ? row.at : offset(j + 1, k);
      row.zm = s.wall[2][0] && k == o.lower[2] ? row.at : offset(j, k - 1);
      row.zp = s.wall[2][1] && k == o.upper[2] - 1 ? row.at : offset(j, k + 1);
      visit(row);
    }
}

/// Same alpha and D everywhere: three hop rates and one loss rate.
class UniformStencil {
 public:
  /// `hop`[axis] = D/h^2 [1/s], 0 for an axis of one voxel between walls; `loss` [1/s]; `volume` = alpha V [um^3].
  UniformStencil(const std::array<double, 3>& hop, double loss, double volume)
      : hop_(hop), loss_(loss), inverse_volume_(1.0 / volume) {}
  [[nodiscard]] double largest_rate() const { return 2.0 * (hop_[0] + hop_[1] + hop_[2]) + loss_; }
  [[nodiscard]] double inverse_volume(std::size_t) const { return inverse_volume_; }
  [[nodiscard]] double loss(std::size_t) const { return loss_; }
  /// Rate [1/s] at which what voxel `from` holds crosses the face whose upper voxel is `upper`.
  [[nodiscard]] double hop(std::size_t axis, std::size_t /*upper*/, std::size_t /*from*/) const { return hop_[axis]; }

  /// out[i] = ((I + tau A) y)[i] + w c[i]; every product is >= 0, so the result is.
  void markov_row(const Row& r, double tau, const double* y, double w, const double* c, double* out) const {
    const double hx = tau * hop_[0], hy = tau * hop_[1], hz = tau * hop_[2];
    const double keep = 1.0 - tau * largest_rate();
    const double* __restrict p = y + r.at;
    const double *ym = y + r.ym, *yp = y + r.yp, *zm = y + r.zm, *zp = y + r.zp, *pc = c + r.at;
    double* __restrict o = out + r.at;
    for (std::size_t i = 0; i < r.n; ++i) {
      const double* x = p + i;
      o[i] = keep * x[0] + hx * (x[-1] + x[1]) + hy * (ym[i] + yp[i]) + hz * (zm[i] + zp[i]) + w * pc[i];
    }
  }
  /// out[i] = (A y)[i] without the losses, as a sum of face fluxes that cancel pairwise.
  void flux_row(const Row& r, const double* y, double* out) const {
    const double hx = hop_[0], hy = hop_[1], hz = hop_[2];
    const double* p = y + r.at;
    const double *ym = y + r.ym, *yp = y + r.yp, *zm = y + r.zm, *zp = y + r.zp;
    for (std::size_t i = 0; i < r.n; ++i) {
      const double* x = p + i;
      out[i] = hx * ((x[-1] - x[0]) + (x[1] - x[0])) + hy * ((ym[i] - x[0]) + (yp[i] - x[0])) +
               hz * ((zm[i] - x[0]) + (zp[i] - x[0]));
    }
  }

 private:
  std::array<double, 3> hop_;
  double loss_;
  double inverse_volume_;
};

/// alpha and D as maps: one conductance per lower face and one volume per voxel, all over the covered box.
class MappedStencil {
 public:
  /// conductance[axis][voxel] of the voxel's lower face [um^3/s], 0 at walls; `inverse_volume` = 1/(alpha V) [1/um^3].
  /// `loss` [1/s]. Strides are those of an array over `covered`.
  MappedStencil(const Box& covered, std::array<std::vector<double>, 3> conductance, std::vector<double> inverse_volume,
                double loss)
      : stride_{1, static_cast<std::size_t>(covered.extent(0)),
                static_cast<std::size_t>(covered.extent(0) * covered.extent(1))},
        conductance_(std::move(conductance)),
        inverse_volume_(std::move(inverse_volume)),
        loss_(loss) {}
  /// Rate at which voxel `at` loses what it holds [1/s].
  [[nodiscard]] double rate(std::size_t at, const std::array<bool, 3>& active) const {
    double g = 0.0;
    for (std::size_t a = 0; a < 3; ++a)
      if (active[a]) g += conductance_[a][at] + conductance_[a][at + stride_[a]];
    return g * inverse_volume_[at] + loss_;
  }
  [[nodiscard]] double inverse_volume(std::size_t at) const { return inverse_volume_[at]; }
  [[nodiscard]] double loss(std::size_t) const { return loss_; }
  /// Rate [1/s] at which what voxel `from` holds crosses the face whose upper voxel is `upper`.
  [[nodiscard]] double hop(std::size_t axis, std::size_t upper, std::size_t from) const {
    return conductance_[axis][upper] * inverse_volume_[from];
  }

  void markov_row(const Row& r, double tau, const double* y, double w, const double* c, double* out) const {
    for_each(r, y, [&](std::size_t i, double in, double g, double inverse) {
      const double keep = 1.0 - tau * (g * inverse + loss_);
      out[r.at + i] = keep * y[r.at + i] + tau * in + w * c[r.at + i];
    });
  }
  void flux_row(const Row& r, const double* y, double* out) const {
    const double* v = inverse_volume_.data();
    const auto face = [&](std::size_t a, std::size_t lower, std::size_t self, std::size_t other) {
      return lower == self && other == self ? 0.0 : conductance_[a][lower] * (v[other] * y[other] - v[self] * y[self]);
    };
    for (std::size_t i = 0; i < r.n; ++i) {
      const std::size_t at = r.at + i;
      out[i] = (face(0, at, at, at - 1) + face(0, at + 1, at, at + 1)) +
               (face(1, at, at, r.ym + i) + face(1, r.yp + i, at, r.yp + i)) +
               (face(2, at, at, r.zm + i) + face(2, r.zp + i, at, r.zp + i));
    }
  }

 private:
  /// visit(i, inflow, sum of conductances, 1/volume); faces at walls (neighbour = self) count for nothing.
  template <class Visit>
  void for_each(const Row& r, const double* y, Visit&& visit) const {
    const double* v = inverse_volume_.data();
    for (std::size_t i = 0; i < r.n; ++i) {
      const std::size_t at = r.at + i;
      double in = 0.0, g = 0.0;
      const auto face = [&](std::size_t a, std::size_t lower, std::size_t other) {
        if (other == at) return;
        in += conductance_[a][lower] * (v[other] * y[other]);
        g += conductance_[a][lower];
      };
      face(0, at, at - 1);
      face(0, at + 1, at + 1);
      face(1, at, r.ym + i);
      face(1, r.yp + i, r.yp + i);
      face(2, at, r.zm + i);
      face(2, r.zp + i, r.zp + i);
      visit(i, in, g, v[at]);
    }
  }

  std::array<std::size_t, 3> stride_;
  std::array<std::vector<double>, 3> conductance_;
  std::vector<double> inverse_volume_;
  double loss_;
};

}  // namespace vesicast
