/// \file
/// The loops behind RowKernels. Included once per level, after the level's compiler target was set, with
/// VESICAST_LEVEL naming the namespace; nothing here may be an inline function that another level could be linked to.
/// No contraction to fused multiply-adds (-ffp-contract=off), so vector body, remainder and every level round alike.
/// The including file has included <cstddef> and row_kernels.hpp.

namespace vesicast::VESICAST_LEVEL {
namespace {

void scale(std::size_t n, double w, const double* u, double* __restrict out) {
  for (std::size_t i = 0; i < n; ++i) out[i] = w * u[i];
}

void clip(std::size_t n, double* __restrict u) {
  for (std::size_t i = 0; i < n; ++i) u[i] = u[i] > 0.0 ? u[i] : 0.0;
}

void uniform(std::size_t n, const UniformRow& s, const Neighbours& u, double w, const double* c, bool again,
             double* __restrict out) {
  const double centre = s.centre, hx = s.x, hy = s.y, hz = s.z;
  const double *x = u.x, *ym = u.ym, *yp = u.yp, *zm = u.zm, *zp = u.zp;
  const double *west = x - 1, *east = x + 1;
  if (again)
    for (std::size_t i = 0; i < n; ++i)
      out[i] = ((centre * x[i] + hx * (west[i] + east[i])) + (hy * (ym[i] + yp[i]) + hz * (zm[i] + zp[i]))) +
               (w * c[i] - out[i]);
  else
    for (std::size_t i = 0; i < n; ++i)
      out[i] = ((centre * x[i] + hx * (west[i] + east[i])) + (hy * (ym[i] + yp[i]) + hz * (zm[i] + zp[i]))) + w * c[i];
}

void uniform_finish(std::size_t n, const UniformRow& hop, double loss, const Neighbours& u, double* __restrict content,
                    double* __restrict lost) {
  const double hx = hop.x, hy = hop.y, hz = hop.z;
  const double *x = u.x, *ym = u.ym, *yp = u.yp, *zm = u.zm, *zp = u.zp;
  const double *west = x - 1, *east = x + 1;
  if (lost == nullptr) {
    for (std::size_t i = 0; i < n; ++i) {
      const double flux = (hx * ((west[i] - x[i]) + (east[i] - x[i])) + hy * ((ym[i] - x[i]) + (yp[i] - x[i]))) +
                          hz * ((zm[i] - x[i]) + (zp[i] - x[i]));
      content[i] += flux;
    }
    return;
  }
  for (std::size_t i = 0; i < n; ++i) {
    const double flux = (hx * ((west[i] - x[i]) + (east[i] - x[i])) + hy * ((ym[i] - x[i]) + (yp[i] - x[i]))) +
                        hz * ((zm[i] - x[i]) + (zp[i] - x[i]));
    const double l = loss * x[i];
    content[i] = (content[i] + flux) - l;
    lost[i] = l;
  }
}

/// Sum over the faces of conductance x difference.
#define VESICAST_DIVERGENCE                                                                                            \
  (((gx[i] * (west[i] - x[i]) + gx[i + 1] * (east[i] - x[i])) + (gym[i] * (ym[i] - x[i]) + gyp[i] * (yp[i] - x[i]))) + \
   (gzm[i] * (zm[i] - x[i]) + gzp[i] * (zp[i] - x[i])))

void mapped(std::size_t n, const MappedRow& s, double tau, double loss, const Neighbours& u, double p, double w,
            const double* c, bool again, double* __restrict out) {
  const double *gx = s.x, *gym = s.ym, *gyp = s.yp, *gzm = s.zm, *gzp = s.zp, *v = s.inverse_volume;
  const double *x = u.x, *ym = u.ym, *yp = u.yp, *zm = u.zm, *zp = u.zp;
  const double *west = x - 1, *east = x + 1;
  if (again)
    for (std::size_t i = 0; i < n; ++i)
      out[i] = p * (x[i] + tau * (v[i] * VESICAST_DIVERGENCE - loss * x[i])) + (w * c[i] - out[i]);
  else
    for (std::size_t i = 0; i < n; ++i)
      out[i] = p * (x[i] + tau * (v[i] * VESICAST_DIVERGENCE - loss * x[i])) + w * c[i];
}

void mapped_finish(std::size_t n, const MappedRow& s, double dt, double loss, const Neighbours& u,
                   double* __restrict content, double* __restrict lost) {
  const double *gx = s.x, *gym = s.ym, *gyp = s.yp, *gzm = s.zm, *gzp = s.zp, *v = s.inverse_volume;
  const double *x = u.x, *ym = u.ym, *yp = u.yp, *zm = u.zm, *zp = u.zp;
  const double *west = x - 1, *east = x + 1;
  if (lost == nullptr) {
    for (std::size_t i = 0; i < n; ++i) content[i] += dt * VESICAST_DIVERGENCE;
    return;
  }
  const double rate = dt * loss;
  for (std::size_t i = 0; i < n; ++i) {
    const double l = v[i] > 0.0 ? rate * x[i] / v[i] : 0.0;
    content[i] = (content[i] + dt * VESICAST_DIVERGENCE) - l;
    lost[i] = l;
  }
}

#undef VESICAST_DIVERGENCE

}  // namespace

extern const RowKernels kernels;
const RowKernels kernels{scale, clip, uniform, mapped, uniform_finish, mapped_finish};

}  // namespace vesicast::VESICAST_LEVEL
