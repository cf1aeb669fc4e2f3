/// \file
/// The loops behind RowKernels. Included once per level, after the level's compiler target was set, with
/// VESICAST_LEVEL naming the namespace; nothing here may be an inline function that another level could be linked to.
/// No contraction to fused multiply-adds (-ffp-contract=off), so vector body, remainder and every level round alike.
/// The including file has included <cstddef> and row_kernels.hpp.

namespace vesicast::VESICAST_LEVEL {
namespace {

template <class Real>
void scale(std::size_t n, Real w, const Real* u, Real* __restrict out) {
  for (std::size_t i = 0; i < n; ++i) out[i] = w * u[i];
}

template <class Real>
void take(std::size_t n, const double* content, Real* __restrict out) {
  for (std::size_t i = 0; i < n; ++i) out[i] = static_cast<Real>(content[i]);
}

template <class Real>
void multiply(std::size_t n, const Real* v, Real* __restrict u) {
  for (std::size_t i = 0; i < n; ++i) u[i] *= v[i];
}

// Included once per level of vectors, which has its own.  NOLINTNEXTLINE(misc-definitions-in-headers)
void clip(std::size_t n, double above, double* __restrict u) {
  for (std::size_t i = 0; i < n; ++i) u[i] = ((u[i] < 0.0) & (u[i] > above)) ? 0.0 : u[i];
}

template <class Real>
void uniform(std::size_t n, const UniformRow<Real>& s, const Neighbours<Real>& u, Real w, const Real* c, bool again,
             Real* __restrict out) {
  const Real centre = s.centre, hx = s.x, hy = s.y, hz = s.z;
  const Real *x = u.x, *ym = u.ym, *yp = u.yp, *zm = u.zm, *zp = u.zp;
  const Real *west = x - 1, *east = x + 1;
  if (again)
    for (std::size_t i = 0; i < n; ++i)
      out[i] = ((centre * x[i] + hx * (west[i] + east[i])) + (hy * (ym[i] + yp[i]) + hz * (zm[i] + zp[i]))) +
               (w * c[i] - out[i]);
  else
    for (std::size_t i = 0; i < n; ++i)
      out[i] = ((centre * x[i] + hx * (west[i] + east[i])) + (hy * (ym[i] + yp[i]) + hz * (zm[i] + zp[i]))) + w * c[i];
}

/// Differences are taken in double: what crosses a face is the same number on both of its sides.
#define VESICAST_UNIFORM_FLUX                                                                         \
  const double at = x[i];                                                                             \
  const double flux = (hx * ((west[i] - at) + (east[i] - at)) + hy * ((ym[i] - at) + (yp[i] - at))) + \
                      hz * ((zm[i] - at) + (zp[i] - at))

template <class Real>
void uniform_finish(std::size_t n, const UniformRow<double>& hop, double loss, const Neighbours<Real>& u,
                    double* __restrict content, double* __restrict lost) {
  const double hx = hop.x, hy = hop.y, hz = hop.z;
  const Real *x = u.x, *ym = u.ym, *yp = u.yp, *zm = u.zm, *zp = u.zp;
  const Real *west = x - 1, *east = x + 1;
  if (lost == nullptr) {
    for (std::size_t i = 0; i < n; ++i) {
      VESICAST_UNIFORM_FLUX;
      content[i] += flux;
    }
    return;
  }
  for (std::size_t i = 0; i < n; ++i) {
    VESICAST_UNIFORM_FLUX;
    const double l = loss * at;
    content[i] = (content[i] + flux) - l;
    lost[i] = l;
  }
}

#undef VESICAST_UNIFORM_FLUX

/// (1 - tau (v sum g + loss)) u + tau v sum g u_neighbour
#define VESICAST_MAPPED_SUM                                                                                     \
  const Real leaving = v[i] * (((gx[i] + gx[i + 1]) + (gym[i] + gyp[i])) + (gzm[i] + gzp[i])) + loss;           \
  const Real entering = v[i] * (((gx[i] * west[i] + gx[i + 1] * east[i]) + (gym[i] * ym[i] + gyp[i] * yp[i])) + \
                                (gzm[i] * zm[i] + gzp[i] * zp[i]));                                             \
  const Real sum = p * ((Real(1) - tau * leaving) * x[i] + tau * entering)

template <class Real>
void mapped(std::size_t n, const MappedRow<Real>& s, Real tau, Real loss, const Neighbours<Real>& u, Real p, Real w,
            const Real* c, bool again, Real* __restrict out) {
  const Real *gx = s.x, *gym = s.ym, *gyp = s.yp, *gzm = s.zm, *gzp = s.zp, *v = s.inverse_volume;
  const Real *x = u.x, *ym = u.ym, *yp = u.yp, *zm = u.zm, *zp = u.zp;
  const Real *west = x - 1, *east = x + 1;
  if (again)
    for (std::size_t i = 0; i < n; ++i) {
      VESICAST_MAPPED_SUM;
      out[i] = sum + (w * c[i] - out[i]);
    }
  else
    for (std::size_t i = 0; i < n; ++i) {
      VESICAST_MAPPED_SUM;
      out[i] = sum + w * c[i];
    }
}

#undef VESICAST_MAPPED_SUM

/// Sum over the faces of conductance x difference.
#define VESICAST_DIVERGENCE                                                                                       \
  const double at = x[i];                                                                                         \
  const double divergence =                                                                                       \
      ((gx[i] * (west[i] - at) + gx[i + 1] * (east[i] - at)) + (gym[i] * (ym[i] - at) + gyp[i] * (yp[i] - at))) + \
      (gzm[i] * (zm[i] - at) + gzp[i] * (zp[i] - at))

template <class Real>
void mapped_finish(std::size_t n, const MappedRow<double>& s, double dt, double loss, const Neighbours<Real>& u,
                   double* __restrict content, double* __restrict lost) {
  const double *gx = s.x, *gym = s.ym, *gyp = s.yp, *gzm = s.zm, *gzp = s.zp, *v = s.inverse_volume;
  const Real *x = u.x, *ym = u.ym, *yp = u.yp, *zm = u.zm, *zp = u.zp;
  const Real *west = x - 1, *east = x + 1;
  if (lost == nullptr) {
    for (std::size_t i = 0; i < n; ++i) {
      VESICAST_DIVERGENCE;
      content[i] += dt * divergence;
    }
    return;
  }
  const double rate = dt * loss;
  for (std::size_t i = 0; i < n; ++i) {
    VESICAST_DIVERGENCE;
    const double l = v[i] > 0.0 ? rate * at / v[i] : 0.0;
    content[i] = (content[i] + dt * divergence) - l;
    lost[i] = l;
  }
}

#undef VESICAST_DIVERGENCE

template <class Real>
constexpr SumKernels<Real> sum_kernels{scale<Real>,  take<Real>,           multiply<Real>,     uniform<Real>,
                                       mapped<Real>, uniform_finish<Real>, mapped_finish<Real>};

}  // namespace

extern const RowKernels kernels;
// NOLINTNEXTLINE(misc-definitions-in-headers)
const RowKernels kernels{sum_kernels<double>, sum_kernels<float>, clip};

}  // namespace vesicast::VESICAST_LEVEL
