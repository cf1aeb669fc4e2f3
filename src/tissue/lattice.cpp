#include "src/tissue/lattice.hpp"

#include <algorithm>
#include <limits>
#include <numbers>

#include "src/base/random.hpp"

namespace vesicast {
namespace {

/// Turns a vector by a fixed rotation (a quaternion), the best of some 150 tried: sites in boxes and layers then
/// scatter about a third as much as independent points would; rows parallel to the faces scatter three times as much as
/// those.
Vector3 turn(const Vector3& v) {
  constexpr double w0 = 0.53, x0 = 0.91, y0 = 0.56, z0 = 0.04;
  const double norm = std::sqrt(w0 * w0 + x0 * x0 + y0 * y0 + z0 * z0);
  const double w = w0 / norm, x = x0 / norm, y = y0 / norm, z = z0 / norm;
  return {(1 - 2 * (y * y + z * z)) * v[0] + 2 * (x * y - z * w) * v[1] + 2 * (x * z + y * w) * v[2],
          2 * (x * y + z * w) * v[0] + (1 - 2 * (x * x + z * z)) * v[1] + 2 * (y * z - x * w) * v[2],
          2 * (x * z - y * w) * v[0] + 2 * (y * z + x * w) * v[1] + (1 - 2 * (x * x + y * y)) * v[2]};
}

double dot(const Vector3& a, const Vector3& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

Vector3 cross(const Vector3& a, const Vector3& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

/// `extent` grown by as much as jitter can move a site, and a little for rounding.
Extent reach(const Lattice& lattice, const Extent& extent) {
  Extent grown = extent;
  const double margin = (jitter_share + 1e-9) * lattice.neighbour_distance;
  for (std::size_t axis = 0; axis < lattice.dimensions; ++axis) {
    grown.lower[axis] -= margin;
    grown.upper[axis] += margin;
  }
  return grown;
}

/// First and last whole number n for which a site with that index along `reciprocal` can lie in `extent`.
std::array<std::int64_t, 2> index_range(const Vector3& reciprocal, const Lattice& lattice, const Extent& extent) {
  double low = 0.0, high = 0.0;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double a = reciprocal[axis] * (extent.lower[axis] - lattice.origin[axis]);
    const double b = reciprocal[axis] * (extent.upper[axis] - lattice.origin[axis]);
    low += std::min(a, b);
    high += std::max(a, b);
  }
  return {static_cast<std::int64_t>(std::floor(low)), static_cast<std::int64_t>(std::ceil(high))};
}

}  // namespace

double neighbour_distance(double density, const Grid& grid) {
  if (grid.dimensions == 2) return std::sqrt(2.0 / (std::numbers::sqrt3 * density * grid.length(2)));
  return std::cbrt(std::numbers::sqrt2 / density);
}

double minimum_separation(double density, const Grid& grid) {
  return (1.0 - 2.0 * jitter_share) * neighbour_distance(density, grid);
}

double density_of_separation(double separation, const Grid& grid) {
  const double d = separation / (1.0 - 2.0 * jitter_share);
  if (grid.dimensions == 2) return 2.0 / (std::numbers::sqrt3 * d * d * grid.length(2));
  return std::numbers::sqrt2 / (d * d * d);
}

Lattice make_lattice(double density, const Extent& extent, const Grid& grid, std::uint64_t seed, std::uint64_t group) {
  Lattice lattice;
  lattice.dimensions = grid.dimensions;
  lattice.seed = seed;
  lattice.group = group;
  const double d = neighbour_distance(density, grid);
  lattice.neighbour_distance = d;

  // One stream for the lattice as a whole; sub-step 0 is the sites' jitter.
  Draws draws({.seed = seed, .purpose = Purpose::placement_jitter, .id = 0, .step = group, .substep = 1});
  // Turned and then mirrored or exchanged in the domain's own axes, so that the faces see the same angles in every
  // group while two groups seldom run parallel.
  std::array<std::size_t, 3> order{0, 1, 2};
  for (std::size_t axis = grid.dimensions - 1; axis > 0; --axis) {
    const auto other = static_cast<std::size_t>(draws.uniform() * static_cast<double>(axis + 1));
    std::swap(order[axis], order[other]);
  }
  std::array<double, 3> sign{};
  for (double& s : sign) s = draws.uniform() < 0.5 ? -1.0 : 1.0;
  const auto into_domain = [&](const Vector3& v) {
    Vector3 out{};
    for (std::size_t axis = 0; axis < 3; ++axis) out[axis] = sign[axis] * v[order[axis]];
    return out;
  };

  if (grid.dimensions == 2) {
    constexpr double angle = 0.23;  // 13 degrees: close to the middle of 0 and 30, where rows meet the faces
    const double third = std::numbers::pi / 3.0;
    lattice.step[0] = into_domain({d * std::cos(angle), d * std::sin(angle), 0.0});
    lattice.step[1] = {0.0, 0.0, 1.0};
    lattice.step[2] = into_domain({d * std::cos(angle + third), d * std::sin(angle + third), 0.0});
  } else {
    const double h = d / std::numbers::sqrt2;
    lattice.step = {into_domain(turn({0.0, h, h})), into_domain(turn({h, 0.0, h})), into_domain(turn({h, h, 0.0}))};
  }
  for (std::size_t axis = 0; axis < 3; ++axis) lattice.origin[axis] = 0.5 * (extent.lower[axis] + extent.upper[axis]);
  for (std::size_t n = 0; n < 3; ++n) {
    const double share = draws.uniform();
    if (grid.dimensions == 2 && n == 1) continue;
    for (std::size_t axis = 0; axis < 3; ++axis) lattice.origin[axis] += share * lattice.step[n][axis];
  }
  if (grid.dimensions == 2) lattice.origin[2] = 0.5 * grid.length(2);
  return lattice;
}

Vector3 jitter(const Lattice& lattice, std::uint64_t id) {
  Draws draws({.seed = lattice.seed, .purpose = Purpose::placement_jitter, .id = id, .step = lattice.group});
  const double radius = jitter_share * lattice.neighbour_distance;
  Vector3 v{};
  double norm2 = 2.0;
  while (norm2 > 1.0) {  // uniform in the ball by rejection from its cube
    norm2 = 0.0;
    for (std::size_t axis = 0; axis < lattice.dimensions; ++axis) {
      v[axis] = 2.0 * draws.uniform() - 1.0;
      norm2 += v[axis] * v[axis];
    }
  }
  for (double& x : v) x *= radius;
  return v;
}

SiteRanges site_ranges(const Lattice& lattice, const Extent& extent) {
  SiteRanges ranges;
  if (extent.empty()) return ranges;
  const Extent grown = reach(lattice, extent);
  const auto& [a, b, c] = lattice.step;
  const auto reciprocal = [](const Vector3& self, const Vector3& u, const Vector3& v) {
    Vector3 r = cross(u, v);
    const double scale = 1.0 / dot(self, r);
    for (double& x : r) x *= scale;
    return r;
  };
  ranges.i = index_range(reciprocal(a, b, c), lattice, grown);
  if (lattice.dimensions == 2)
    ranges.j = {0, 0};
  else
    ranges.j = index_range(reciprocal(b, c, a), lattice, grown);
  return ranges;
}

std::array<std::int64_t, 2> row_range(const Lattice& lattice, const Extent& extent, std::int64_t i, std::int64_t j) {
  const Extent grown = reach(lattice, extent);
  double low = -std::numeric_limits<double>::max(), high = std::numeric_limits<double>::max();
  for (std::size_t axis = 0; axis < lattice.dimensions; ++axis) {
    const double start = lattice.origin[axis] + static_cast<double>(i) * lattice.step[0][axis] +
                         static_cast<double>(j) * lattice.step[1][axis];
    const double along = lattice.step[2][axis];  // never 0: the lattice is turned against every axis
    const double k0 = (grown.lower[axis] - start) / along;
    const double k1 = (grown.upper[axis] - start) / along;
    low = std::max(low, std::min(k0, k1));
    high = std::min(high, std::max(k0, k1));
  }
  if (!(low <= high)) return {0, -1};
  // Rounding of the division may move an end across a whole number; the margin in reach() covers it.
  return {static_cast<std::int64_t>(std::ceil(low)), static_cast<std::int64_t>(std::floor(high))};
}

}  // namespace vesicast
