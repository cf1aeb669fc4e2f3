#include "src/extracellular/sweep/advect_rows.hpp"

#include <bit>
#include <cstdint>

#include "src/base/loops.hpp"

namespace vesicast {
namespace {

inline double positive(double x) {
  return x > 0.0 ? x : 0.0;
}

/// What the curvature of C across the flow adds to the mean over a face and a sub-step of Courant number `courant`
/// (Leonard, MacVean & Lock 1995), once the slopes across the flow are those on the upwind side.
inline double bend(double courant, double curvature) {
  return (courant * (1.0 / 6.0) - 0.25) * courant * curvature;
}

/// first ? a : b, by bits: both are loaded, so that the loop has no branches and is vectorised.
inline double select(bool first, double a, double b) {
  const std::uint64_t mask = first ? ~std::uint64_t{0} : std::uint64_t{0};
  return std::bit_cast<double>((std::bit_cast<std::uint64_t>(a) & mask) | (std::bit_cast<std::uint64_t>(b) & ~mask));
}

inline double magnitude(double x) {
  return x > 0.0 ? x : -x;
}

/// The share of bend() due to one axis; none where a neighbour is a wall or outside the domain.
inline double bend_of_axis(double w_below, double w_above, double v, double v_below, double v_above, double c,
                           double c_below, double c_above) {
  const double product = bend(0.5 * magnitude(w_below + w_above) * v, (c_above - c) - (c - c_below));
  const double inside = v_above > 0.0 ? product : 0.0;
  return v_below > 0.0 ? inside : 0.0;
}

/// Scaled by this, up to six products of a share and a flux add up to no more than what they share, rounding included.
constexpr double round_off_guard = 1.0 - 1e-14;

}  // namespace

void concentration_row(const AdvectionArrays& a, std::size_t at, std::size_t n) {
  const double* content = a.content + at;
  const double* inverse = a.inverse_volume + at;
  double* __restrict c = a.concentration + at;
  VESICAST_INDEPENDENT
  for (std::size_t i = 0; i < n; ++i) {
    const double product = content[i] * inverse[i];
    c[i] = content[i] < smallest_mobile_content ? 0.0 : product;
  }
}

void upwind_row(const AdvectionArrays& a, double dt, std::size_t at, std::size_t n) {
  const std::ptrdiff_t sx = a.stride[0], sy = a.stride[1], sz = a.stride[2];
  const double *ux = a.flux[0] + at, *uy = a.flux[1] + at, *uz = a.flux[2] + at;
  const double *uxp = ux + sx, *uyp = uy + sy, *uzp = uz + sz;
  const double* c = a.concentration + at;
  const double *xm = c - sx, *xp = c + sx, *ym = c - sy, *yp = c + sy, *zm = c - sz, *zp = c + sz;
  const double* content = a.content + at;
  const double* v = a.inverse_volume + at;
  const double *vxm = v - sx, *vxp = v + sx, *vym = v - sy, *vyp = v + sy, *vzm = v - sz, *vzp = v + sz;
  double* __restrict upwind = a.upwind + at;
  double* __restrict bends = a.bends + at;
  VESICAST_INDEPENDENT
  for (std::size_t i = 0; i < n; ++i) {
    const double x0 = dt * ux[i], x1 = dt * uxp[i];
    const double y0 = dt * uy[i], y1 = dt * uyp[i];
    const double z0 = dt * uz[i], z1 = dt * uzp[i];
    const double out = positive(-x0) * c[i] + positive(x1) * c[i] + positive(-y0) * c[i] + positive(y1) * c[i] +
                       positive(-z0) * c[i] + positive(z1) * c[i];
    const double in = positive(x0) * xm[i] + positive(-x1) * xp[i] + positive(y0) * ym[i] + positive(-y1) * yp[i] +
                      positive(z0) * zm[i] + positive(-z1) * zp[i];
    upwind[i] = (content[i] - out) + in;
    bends[i] = bend_of_axis(x0, x1, v[i], vxm[i], vxp[i], c[i], xm[i], xp[i]) +
               bend_of_axis(y0, y1, v[i], vym[i], vyp[i], c[i], ym[i], yp[i]) +
               bend_of_axis(z0, z1, v[i], vzm[i], vzp[i], c[i], zm[i], zp[i]);
  }
}

void antidiffusive_row(const AdvectionArrays& a, std::size_t axis, double dt, std::size_t at, std::size_t n) {
  const std::ptrdiff_t s = a.stride[axis];
  const double* u = a.flux[axis] + at;
  const double *u_below = u - s, *u_above = u + s;
  const double* c = a.concentration + at;
  const double *c2m = c - 2 * s, *c1m = c - s, *c1p = c + s;
  const double* v = a.inverse_volume + at;
  const double *v2m = v - 2 * s, *v1m = v - s, *v1p = v + s;
  const double* low = a.upwind + at;
  const double* low_m = low - s;
  const double* bends = a.bends + at;
  const double* bends_m = bends - s;
  double* __restrict out = a.antidiffusive[axis] + at;
  VESICAST_INDEPENDENT
  for (std::size_t i = 0; i < n; ++i) {
    const double w = dt * u[i], w_below = dt * u_below[i], w_above = dt * u_above[i];
    const bool up = w > 0.0;
    const double size = magnitude(w);
    // The voxel the fluid leaves (u), the one it enters (d), the one behind u and the one ahead of d.
    const double cu = select(up, c1m[i], c[i]), cd = select(up, c[i], c1m[i]);
    const double behind = select(up, c2m[i], c1p[i]), ahead = select(up, c1p[i], c2m[i]);
    const double vu = select(up, v1m[i], v[i]), vd = select(up, v[i], v1m[i]), v_behind = select(up, v2m[i], v1p[i]);
    const double low_u = select(up, low_m[i], low[i]), low_d = select(up, low[i], low_m[i]);
    const double bend_u = select(up, bends_m[i], bends[i]);
    const double inflow_u = positive(select(up, w_below, -w_above)), inflow_d = positive(select(up, -w_above, w_below));
    const double courant = size * vu;
    const bool outlet = !(vd > 0.0), inside = v_behind > 0.0;
    // Change of C in a sub-step by the faces of the other axes, and by divergence.
    const double aside_u = vu * (low_u - inflow_u * (behind - cu)) - cu;
    const double aside_inside = vd * (low_d - size * (cu - cd) - inflow_d * (ahead - cd)) - cd;
    const double aside_d = outlet ? aside_u : aside_inside;
    // Behind a face of the domain `behind` is the value on it, and continues linearly; a wall mirrors.
    const double beyond = inflow_u > 0.0 ? 2.0 * behind - cu : cu;
    const double cuu = inside ? behind : beyond;
    const double slope = outlet ? cu - cuu : cd - cu;
    const double curvature = outlet ? 0.0 : (cd - cu) - (cu - cuu);
    const double along = bend(0.5 * magnitude(w + select(up, w_below, w_above)) * vu, inside ? curvature : 0.0);
    const double face = cu + 0.5 * (1.0 - courant) * slope - (1.0 - courant * courant) * (1.0 / 6.0) * curvature +
                        0.5 * aside_u + (0.25 - courant * (1.0 / 3.0)) * (aside_d - aside_u) + (bend_u - along);
    const double value = outlet ? positive(face) : face;
    const double flux = w * (value - cu);
    out[i] = vu > 0.0 ? flux : 0.0;  // what flows in through a face of the domain is known
  }
}

void share_row(const AdvectionArrays& a, std::size_t at, std::size_t n) {
  const double *x0 = a.antidiffusive[0] + at, *y0 = a.antidiffusive[1] + at, *z0 = a.antidiffusive[2] + at;
  const double *x1 = x0 + a.stride[0], *y1 = y0 + a.stride[1], *z1 = z0 + a.stride[2];
  const double* low = a.upwind + at;
  double* __restrict share = a.share + at;
  VESICAST_INDEPENDENT
  for (std::size_t i = 0; i < n; ++i) {
    const double out =
        positive(-x0[i]) + positive(x1[i]) + positive(-y0[i]) + positive(y1[i]) + positive(-z0[i]) + positive(z1[i]);
    const double scaled = round_off_guard * low[i] / (out > 0.0 ? out : 1.0);
    const double part = low[i] < smallest_mobile_content ? 0.0 : scaled;
    share[i] = out > low[i] ? part : 1.0;
  }
}

void update_row(const AdvectionArrays& a, std::size_t at, std::size_t n) {
  const std::ptrdiff_t sx = a.stride[0], sy = a.stride[1], sz = a.stride[2];
  const double *x0 = a.antidiffusive[0] + at, *y0 = a.antidiffusive[1] + at, *z0 = a.antidiffusive[2] + at;
  const double *x1 = x0 + sx, *y1 = y0 + sy, *z1 = z0 + sz;
  const double* r = a.share + at;
  const double *xm = r - sx, *xp = r + sx, *ym = r - sy, *yp = r + sy, *zm = r - sz, *zp = r + sz;
  const double* low = a.upwind + at;
  double* __restrict content = a.content + at;
  VESICAST_INDEPENDENT
  for (std::size_t i = 0; i < n; ++i) {
    const double out = positive(-x0[i]) * r[i] + positive(x1[i]) * r[i] + positive(-y0[i]) * r[i] +
                       positive(y1[i]) * r[i] + positive(-z0[i]) * r[i] + positive(z1[i]) * r[i];
    const double in = positive(x0[i]) * xm[i] + positive(-x1[i]) * xp[i] + positive(y0[i]) * ym[i] +
                      positive(-y1[i]) * yp[i] + positive(z0[i]) * zm[i] + positive(-z1[i]) * zp[i];
    content[i] = (low[i] - out) + in;
  }
}

}  // namespace vesicast
