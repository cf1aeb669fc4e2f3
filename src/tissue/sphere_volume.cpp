#include "src/tissue/sphere_volume.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vesicast {
namespace {

constexpr double points_across = 16.0;

/// An interval of one axis cut into equal parts.
struct Cuts {
  double from = 0.0, width = 0.0;  ///< [um]
  int parts = 0;
  [[nodiscard]] double middle(int n) const { return from + (n + 0.5) * width; }
};

/// What voxel `index` of an axis shares with the sphere's [centre - radius, centre + radius].
Cuts cuts(std::int64_t index, double spacing, double centre, double radius) {
  const double lower = std::max(static_cast<double>(index) * spacing, centre - radius);
  const double upper = std::min(static_cast<double>(index + 1) * spacing, centre + radius);
  if (!(lower < upper)) return {};
  const int parts = std::max(1, static_cast<int>(std::ceil((upper - lower) / (2.0 * radius) * points_across)));
  return {lower, (upper - lower) / parts, parts};
}

/// The voxels that the sphere's bounding box touches, not wrapped and not cut to the domain.
Box touched(const Vector3& centre, double radius, const Grid& grid) {
  Box box{{0, 0, 0}, {1, 1, 1}};
  for (std::size_t a = 0; a < grid.dimensions; ++a) {
    box.lower[a] = static_cast<std::int64_t>(std::floor((centre[a] - radius) / grid.spacing[a]));
    box.upper[a] = static_cast<std::int64_t>(std::floor((centre[a] + radius) / grid.spacing[a])) + 1;
  }
  return box;
}

/// Adds the chord of half length `half` around height `z`, times `area`, to the voxels of one column, from `k` up.
void add_chord(double z, double half, double area, double spacing, std::int64_t k, double* column, std::int64_t n,
               std::int64_t stride) {
  const double lower = z - half, upper = z + half;
  const std::int64_t first = std::max(k, static_cast<std::int64_t>(std::floor(lower / spacing)));
  for (std::int64_t m = first; m < k + n; ++m) {
    const double from = std::max(lower, static_cast<double>(m) * spacing);
    const double to = std::min(upper, static_cast<double>(m + 1) * spacing);
    if (from >= upper) break;
    if (to > from) column[(m - k) * stride] += (to - from) * area;
  }
}

/// Volumes [um^3] in the voxels of `box` before scaling.
std::vector<double> sampled_volumes(const Vector3& centre, double radius, const Grid& grid, const Box& box) {
  std::vector<double> volume(static_cast<std::size_t>(box.volume()), 0.0);
  for (std::int64_t j = box.lower[1]; j < box.upper[1]; ++j) {
    const Cuts y = cuts(j, grid.spacing[1], centre[1], radius);
    for (std::int64_t i = box.lower[0]; i < box.upper[0]; ++i) {
      const Cuts x = cuts(i, grid.spacing[0], centre[0], radius);
      double* column = volume.data() + box.offset({i, j, box.lower[2]});
      for (int q = 0; q < y.parts; ++q)
        for (int p = 0; p < x.parts; ++p) {
          const double dx = x.middle(p) - centre[0], dy = y.middle(q) - centre[1];
          const double square = radius * radius - dx * dx - dy * dy;
          if (square <= 0.0) continue;
          const double half = std::sqrt(square), area = x.width * y.width;
          if (grid.dimensions == 2)
            *column += std::min(2.0 * half, grid.spacing[2]) * area;
          else
            add_chord(centre[2], half, area, grid.spacing[2], box.lower[2], column, box.extent(2),
                      box.extent(0) * box.extent(1));
        }
    }
  }
  return volume;
}

}  // namespace

double cell_volume(double radius, const Grid& grid) {
  const double thickness = grid.length(2);
  if (grid.dimensions == 2 && thickness < 2.0 * radius)
    return std::numbers::pi * thickness * (radius * radius - thickness * thickness / 12.0);
  return 4.0 / 3.0 * std::numbers::pi * radius * radius * radius;
}

std::vector<VolumeShare> volume_shares(const Vector3& centre, double radius, const Grid& grid,
                                       const std::array<bool, 3>& periodic) {
  std::vector<VolumeShare> shares;
  if (!(radius > 0.0)) return shares;
  const Box box = touched(centre, radius, grid);
  const std::vector<double> volume = sampled_volumes(centre, radius, grid, box);
  double total = 0.0;
  for (const double v : volume) total += v;
  const double scale = cell_volume(radius, grid) / (total * grid.voxel_volume() * volume_unit);

  // The running sum is rounded, not its terms: the amounts add up to the rounded whole.
  double sum = 0.0;
  std::int64_t given = 0;
  for (std::int64_t n = 0; n < box.volume(); ++n) {
    sum += volume[static_cast<std::size_t>(n)];
    const std::int64_t amount = std::llround(sum * scale) - given;
    given += amount;
    Index3 v = box.voxel(n);
    for (std::size_t a = 0; a < grid.dimensions; ++a)
      if (periodic[a]) v[a] = ((v[a] % grid.voxels[a]) + grid.voxels[a]) % grid.voxels[a];
    if (amount > 0 && grid.box().contains(v)) shares.push_back({v, amount});
  }
  return shares;
}

}  // namespace vesicast
