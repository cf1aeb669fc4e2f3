#include "decomposition/base/layout.hpp"

#include <fmt/format.h>

#include <limits>
#include <numeric>
#include <optional>

#include "decomposition/base/error.hpp"

namespace vesicast {
namespace {

/// Voxels on the cut planes of a px x py x pz process grid.
double cut_area(const Grid& grid, const std::array<int, 3>& p) {
  double area = 0.0;
  for (std::size_t a = 0; a < 3; ++a)
    area += (p[a] - 1) * static_cast<double>(grid.size()) / static_cast<double>(grid.voxels[a]);
  return area;
}

/// Best process grid for `ranks`; ties go to the cut with more ranks along the slower axis (contiguous rows).
std::optional<std::array<int, 3>> best_grid(const Grid& grid, int ranks) {
  std::optional<std::array<int, 3>> best;
  double best_area = std::numeric_limits<double>::max();
  for (int px = 1; px <= ranks && px <= grid.voxels[0]; ++px) {
    if (ranks % px != 0) continue;
    for (int py = 1; py <= ranks / px && py <= grid.voxels[1]; ++py) {
      if ((ranks / px) % py != 0) continue;
      const int pz = ranks / px / py;
      if (pz > grid.voxels[2]) continue;
      const std::array<int, 3> p{px, py, pz};
      const double area = cut_area(grid, p);
      if (area < best_area) {
        best_area = area;
        best = p;
      }
    }
  }
  return best;
}

}  // namespace

Index3 Layout::voxels() const {
  Index3 n{};
  for (std::size_t a = 0; a < 3; ++a) n[a] = std::accumulate(ownership[a].begin(), ownership[a].end(), std::int64_t{0});
  return n;
}

std::array<int, 3> Layout::coordinates(int rank) const {
  return {rank % ranks[0], (rank / ranks[0]) % ranks[1], rank / (ranks[0] * ranks[1])};
}

int Layout::rank_at(const std::array<int, 3>& c) const {
  return c[0] + ranks[0] * (c[1] + ranks[1] * c[2]);
}

Box Layout::owned_by(int rank) const {
  const auto c = coordinates(rank);
  Box b;
  for (std::size_t a = 0; a < 3; ++a) {
    const auto& widths = ownership[a];
    b.lower[a] = std::accumulate(widths.begin(), widths.begin() + c[a], std::int64_t{0});
    b.upper[a] = b.lower[a] + widths[static_cast<std::size_t>(c[a])];
  }
  return b;
}

int Layout::owner(const Index3& v) const {
  std::array<int, 3> c{};
  for (std::size_t a = 0; a < 3; ++a) {
    std::int64_t end = 0;
    for (const std::int64_t width : ownership[a]) {
      end += width;
      if (v[a] < end) break;
      ++c[a];
    }
  }
  return rank_at(c);
}

Layout uniform_layout(const Grid& grid, int ranks) {
  const auto p = best_grid(grid, ranks);
  if (!p) {
    int works = ranks - 1;
    while (works > 1 && !best_grid(grid, works)) --works;
    throw InputError(
        fmt::format("{} ranks cannot share a grid of {} x {} x {} voxels with at least one voxel per rank and axis; "
                    "the largest count that works is {}",
                    ranks, grid.voxels[0], grid.voxels[1], grid.voxels[2], works));
  }
  Layout layout;
  layout.ranks = *p;
  for (std::size_t a = 0; a < 3; ++a)
    for (int s = 0; s < (*p)[a]; ++s)
      layout.ownership[a].push_back(grid.voxels[a] * (s + 1) / (*p)[a] - grid.voxels[a] * s / (*p)[a]);
  return layout;
}

Layout explicit_layout(const Grid& grid, const std::array<std::vector<std::int64_t>, 3>& ownership) {
  Layout layout;
  layout.ownership = ownership;
  for (std::size_t a = 0; a < 3; ++a) {
    std::int64_t sum = 0;
    for (const std::int64_t width : ownership[a]) {
      if (width < 1) throw InputError(fmt::format("a slab of the {} axis has no voxel", "xyz"[a]));
      sum += width;
    }
    if (sum != grid.voxels[a])
      throw InputError(
          fmt::format("the slabs of the {} axis hold {} voxels, the grid has {}", "xyz"[a], sum, grid.voxels[a]));
    layout.ranks[a] = static_cast<int>(ownership[a].size());
  }
  return layout;
}

}  // namespace vesicast
