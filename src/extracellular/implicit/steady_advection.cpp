#include "src/extracellular/implicit/steady_advection.hpp"

#include <algorithm>
#include <cmath>

namespace vesicast {
namespace {

Dual operator+(const Dual& a, const Dual& b) {
  return {a.value + b.value, a.change + b.change};
}
Dual operator-(const Dual& a, const Dual& b) {
  return {a.value - b.value, a.change - b.change};
}
Dual operator*(double s, const Dual& a) {
  return {s * a.value, s * a.change};
}
Dual operator*(const Dual& a, const Dual& b) {
  return {a.value * b.value, a.value * b.change + a.change * b.value};
}
Dual operator/(const Dual& a, const Dual& b) {
  const double q = a.value / b.value;
  return {q, (a.change - q * b.change) / b.value};
}
Dual positive(const Dual& a) {
  return a.value > 0.0 ? a : Dual{};
}
double positive(double a) {
  return a > 0.0 ? a : 0.0;
}

}  // namespace

SteadyAdvection::SteadyAdvection(const Advection& advection, const std::array<std::array<double, 2>, 3>& outside)
    : advection_(advection),
      arrays_(advection.arrays()),
      owned_(advection.halo().owned()),
      covered_(advection.halo().covered()),
      outside_(outside) {
  const auto size = static_cast<std::size_t>(covered_.volume());
  concentration_.assign(size, 0.0);
  change_.assign(size, 0.0);
  share_.assign(size, {1.0, 0.0});
  for (std::size_t a = 0; a < 3; ++a)
    if (arrays_.stride[a] != 0) added_[a].resize(size);
  advection_.fill_outside(outside_, concentration_);
}

void SteadyAdvection::load(std::span<const double> owned, std::vector<double>& rimmed) {
  const auto nx = static_cast<std::size_t>(owned_.extent(0));
  for (std::size_t from = 0; from < owned.size(); from += nx)
    std::copy_n(owned.data() + from, nx, rimmed.data() + offset(owned_.voxel(static_cast<std::int64_t>(from))));
  const std::array<double*, 1> exchanged{rimmed.data()};
  advection_.halo().exchange(exchanged);
}

void SteadyAdvection::outflow(std::span<const double> c, std::span<double> out) {
  load(c, concentration_);
  std::fill(change_.begin(), change_.end(), 0.0);
  evaluate(out, false);
}

void SteadyAdvection::derivative(std::span<const double> dc, std::span<double> out) {
  load(dc, change_);
  evaluate(out, true);
}

/// antidiffusive_row() of advect_rows.cpp per second, with Courant numbers of 0.
Dual SteadyAdvection::added_flux(std::size_t axis, std::size_t i) const {
  const auto s = static_cast<std::size_t>(arrays_.stride[axis]);
  const double* u = arrays_.flux[axis];
  const double* v = arrays_.inverse_volume;
  const double w = u[i];
  if (w == 0.0) return {};
  const bool up = w > 0.0;
  const std::size_t left = up ? i - s : i, entered = up ? i : i - s, behind = up ? i - 2 * s : i + s;
  if (!(v[left] > 0.0)) return {};
  const double inflow = up ? u[i - s] : -u[i + s];
  const bool outlet = !(v[entered] > 0.0);
  const Dual c = at(left);
  const Dual before = v[behind] > 0.0 ? at(behind) : inflow > 0.0 ? 2.0 * at(behind) - c : c;
  const Dual face = outlet ? positive(c + 0.5 * (c - before))
                           : c + 0.5 * (at(entered) - c) - (1.0 / 6.0) * ((at(entered) - c) - (c - before));
  return w * (face - c);
}

Dual SteadyAdvection::upwind_inflow(std::size_t i) const {
  Dual in;
  for (std::size_t a = 0; a < 3; ++a) {
    const auto s = static_cast<std::size_t>(arrays_.stride[a]);
    const double below = arrays_.flux[a][i], above = arrays_.flux[a][i + s];
    if (below > 0.0) in = in + below * at(i - s);
    if (above < 0.0) in = in + -above * at(i + s);
  }
  return in;
}

/// What may leave a voxel beyond upwind per C of its own [um^3/s]: alpha V/t less upwind's outflow, in a sub-step t
/// that exchanges `limiter_courant` of the fluid.
double SteadyAdvection::movable(std::size_t i) const {
  double in = 0.0, out = 0.0;
  for (std::size_t a = 0; a < 3; ++a) {
    const double below = arrays_.flux[a][i], above = arrays_.flux[a][i + static_cast<std::size_t>(arrays_.stride[a])];
    in += positive(below) + positive(-above);
    out += positive(-below) + positive(above);
  }
  return std::max(in, out) / limiter_courant - out;
}

/// What leaves voxel i beyond upwind, without a limit.
Dual SteadyAdvection::leaving(std::size_t i) const {
  Dual out;
  for (std::size_t a = 0; a < 3; ++a) {
    if (added_[a].empty()) continue;
    out = out + positive(-1.0 * added_[a][i]);
    out = out + positive(added_[a][i + static_cast<std::size_t>(arrays_.stride[a])]);
  }
  return out;
}

/// Of P that would leave beyond upwind no more may than Q = N^up/t: the share is min(1, x), x = Q/P, below x = 2 made
/// smooth for Newton's method as x - x^2/4, which exceeds neither.
Dual SteadyAdvection::share(std::size_t i) const {
  const Dual out = leaving(i);
  if (!(out.value > 0.0)) return {1.0, 0.0};
  const Dual most = movable(i) * at(i) + upwind_inflow(i);
  if (most.value >= 2.0 * out.value) return {1.0, 0.0};
  if (!(most.value > 0.0)) return {};
  const Dual x = most / out;
  return x - 0.25 * (x * x);
}

void SteadyAdvection::evaluate(std::span<double> out, bool changes) {
  const Box inner = advection_.computed(1);
  for (std::size_t a = 0; a < 3; ++a) {
    if (added_[a].empty()) continue;
    Box faces = inner;
    ++faces.upper[a];
    for (std::int64_t i = 0; i < faces.volume(); ++i) {
      const std::size_t here = offset(faces.voxel(i));
      added_[a][here] = added_flux(a, here);
    }
  }
  for (std::int64_t i = 0; i < inner.volume(); ++i) {
    const std::size_t here = offset(inner.voxel(i));
    share_[here] = share(here);
  }
  const auto limited = [&](std::size_t a, std::size_t face) {
    const Dual& flux = added_[a][face];
    return flux * share_[flux.value > 0.0 ? face - static_cast<std::size_t>(arrays_.stride[a]) : face];
  };
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::size_t here = offset(owned_.voxel(static_cast<std::int64_t>(i)));
    Dual sum = -1.0 * upwind_inflow(here);
    for (std::size_t a = 0; a < 3; ++a) {
      if (added_[a].empty()) continue;
      const std::size_t above = here + static_cast<std::size_t>(arrays_.stride[a]);
      sum = sum + (positive(-arrays_.flux[a][here]) + positive(arrays_.flux[a][above])) * at(here);
      sum = sum + (limited(a, above) - limited(a, here));
    }
    out[i] = changes ? sum.change : sum.value;
  }
}

double SteadyAdvection::outward(const Index3& voxel, std::size_t axis, std::size_t side) const {
  const std::size_t here = offset(voxel);
  const auto above = here + static_cast<std::size_t>(arrays_.stride[axis]);
  return side == 0 ? -arrays_.flux[axis][here] : arrays_.flux[axis][above];
}

double SteadyAdvection::inflow(const Index3& voxel) const {
  double in = 0.0;
  const auto here = static_cast<std::ptrdiff_t>(offset(voxel));
  for (std::size_t a = 0; a < 3; ++a)
    for (std::size_t side = 0; side < 2; ++side) {
      const double flow = outward(voxel, a, side);
      const std::ptrdiff_t next = here + (side == 0 ? -1 : 1) * arrays_.stride[a];
      if (flow < 0.0 && arrays_.inverse_volume[next] == 0.0) in -= flow * outside_[a][side];
    }
  return in;
}

void SteadyAdvection::visit_limited(const Index3& voxel, const Visit& visit) const {
  const std::size_t here = offset(voxel);
  if (share_[here].value >= 1.0) return;
  // d(Q - Q^2/(4 P))/dQ = 1 - x/2 = sqrt(1 - share)
  const double all = leaving(here).value, rate = movable(here) * std::sqrt(1.0 - share_[here].value);
  for (std::size_t a = 0; a < 3; ++a) {
    const auto& flux = added_[a];
    if (flux.empty()) continue;
    const double below = positive(-flux[here].value);
    const double above = positive(flux[here + static_cast<std::size_t>(arrays_.stride[a])].value);
    if (below > 0.0) visit(a, 0, rate * below / all);
    if (above > 0.0) visit(a, 1, rate * above / all);
  }
}

}  // namespace vesicast
