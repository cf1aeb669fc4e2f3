#include "decomposition/base/weighted_layout.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

namespace vesicast {
namespace {

constexpr std::int64_t most_blocks = 1 << 19;

/// Loads in blocks of voxels, with the sum over any box of blocks at hand.
class Blocks {
 public:
  Blocks(const Grid& grid, std::span<const Load> loads) : grid_(grid) {
    const auto blocks_of = [&](std::int64_t edge) {
      Index3 n{};
      for (std::size_t a = 0; a < 3; ++a) n[a] = (grid.voxels[a] + edge - 1) / edge;
      return n;
    };
    while (volume(blocks_of(edge_)) > most_blocks) ++edge_;
    n_ = blocks_of(edge_);
    const Index3 m{n_[0] + 1, n_[1] + 1, n_[2] + 1};
    sum_.assign(static_cast<std::size_t>(volume(m)), 0.0);
    for (const Load& load : loads)
      at({load.voxel[0] / edge_ + 1, load.voxel[1] / edge_ + 1, load.voxel[2] / edge_ + 1}) += load.cost;
    for (std::size_t a = 0; a < 3; ++a) {
      Index3 i{};
      for (i[2] = 0; i[2] < m[2]; ++i[2])
        for (i[1] = 0; i[1] < m[1]; ++i[1])
          for (i[0] = 0; i[0] < m[0]; ++i[0]) {
            if (i[a] == 0) continue;
            Index3 before = i;
            --before[a];
            at(i) += at(before);
          }
    }
  }

  /// Blocks along an axis.
  [[nodiscard]] std::int64_t count(std::size_t axis) const { return n_[axis]; }
  [[nodiscard]] std::int64_t edge() const { return edge_; }
  /// Where block `b` of an axis begins [voxel].
  [[nodiscard]] std::int64_t begin(std::size_t axis, std::int64_t b) const {
    return std::min(b * edge_, grid_.voxels[axis]);
  }
  /// Of the blocks [lower, upper).
  [[nodiscard]] double sum(const Index3& l, const Index3& u) const {
    return at({u[0], u[1], u[2]}) - at({l[0], u[1], u[2]}) - at({u[0], l[1], u[2]}) - at({u[0], u[1], l[2]}) +
           at({l[0], l[1], u[2]}) + at({l[0], u[1], l[2]}) + at({u[0], l[1], l[2]}) - at({l[0], l[1], l[2]});
  }

 private:
  static std::int64_t volume(const Index3& n) { return n[0] * n[1] * n[2]; }
  [[nodiscard]] std::size_t index(const Index3& i) const {
    return static_cast<std::size_t>(i[0] + (n_[0] + 1) * (i[1] + (n_[1] + 1) * i[2]));
  }
  double& at(const Index3& i) { return sum_[index(i)]; }
  [[nodiscard]] double at(const Index3& i) const { return sum_[index(i)]; }

  Grid grid_;
  std::int64_t edge_ = 1;
  Index3 n_{};
  std::vector<double> sum_;
};

/// What boxes of a process grid cost, the loads apart.
class Boxes {
 public:
  Boxes(const Grid& grid, const std::array<int, 3>& ranks, const BoxCost& cost, std::int64_t thinnest)
      : grid_(grid), ranks_(ranks), cost_(cost) {
    const auto sweeps = static_cast<std::int64_t>(std::ceil(std::max(1.0, cost.sweeps)));
    depth_ = std::max(1, cost.rim_depth(thinnest));
    exchanges_ = (sweeps + depth_ - 1) / depth_;
    stages_ = std::min<std::int64_t>(depth_, sweeps);
  }

  /// Sides of slab `s` behind which there are voxels of others, or its own around a periodic axis.
  [[nodiscard]] int joined(std::size_t axis, int s) const {
    if (grid_.voxels[axis] == 1 && !cost_.periodic[axis]) return 0;
    if (cost_.periodic[axis]) return 2;
    return (s > 0 ? 1 : 0) + (s + 1 < ranks_[axis] ? 1 : 0);
  }

  /// Of a box of `width` voxels at `place` in the process grid.
  [[nodiscard]] double work(const Index3& width, const std::array<int, 3>& place) const {
    std::array<double, 3> w{};
    std::array<int, 3> sides{};
    for (std::size_t a = 0; a < 3; ++a) {
      w[a] = static_cast<double>(width[a]);
      sides[a] = joined(a, place[a]);
    }
    double swept = 0.0;
    for (std::int64_t ahead = 0; ahead < stages_; ++ahead) {
      const auto by = static_cast<double>(ahead);
      swept += (w[0] + sides[0] * by + cost_.row) * (w[1] + sides[1] * by) * (w[2] + sides[2] * by);
    }
    const RimTraffic sent = traffic(width, place);
    return cost_.voxel * swept / static_cast<double>(stages_) + static_cast<double>(sent.messages) * cost_.message +
           static_cast<double>(sent.voxels) * cost_.rim_voxel;
  }

  [[nodiscard]] RimTraffic traffic(const Index3& width, const std::array<int, 3>& place) const {
    // To all neighbours, over edges and corners too where the rim is deeper than a voxel.
    std::int64_t faces = 0, all = 1, inside = 1, covered = 1, faces_volume = 0;
    for (std::size_t a = 0; a < 3; ++a) {
      const int sides = joined(a, place[a]);
      faces += sides;
      faces_volume += sides * width[(a + 1) % 3] * width[(a + 2) % 3];
      all *= 1 + sides;
      inside *= width[a];
      covered *= width[a] + sides * depth_;
    }
    // A rank sends as much as arrives, where its neighbours are as wide.
    if (depth_ == 1) return {exchanges_ * faces, exchanges_ * faces_volume};
    return {exchanges_ * (all - 1), exchanges_ * (covered - inside)};
  }

 private:
  const Grid& grid_;
  std::array<int, 3> ranks_;
  const BoxCost& cost_;
  int depth_ = 1;
  std::int64_t exchanges_ = 1, stages_ = 1;
};

std::int64_t thinnest_cut(const Layout& layout, const BoxCost& cost) {
  std::int64_t thinnest = std::numeric_limits<std::int64_t>::max();
  for (std::size_t a = 0; a < 3; ++a)
    if (layout.ranks[a] > 1 || cost.periodic[a])
      for (const std::int64_t width : layout.ownership[a]) thinnest = std::min(thinnest, width);
  return thinnest;
}

/// Planes, as numbers of blocks: [axis][slab] where it begins, and the end.
using Planes = std::array<std::vector<std::int64_t>, 3>;

/// One process grid, and where its planes stand best.
class Cut {
 public:
  Cut(const Grid& grid, const Blocks& blocks, const std::array<int, 3>& ranks, const BoxCost& cost)
      : grid_(grid), blocks_(blocks), ranks_(ranks), cost_(cost) {
    for (std::size_t a = 0; a < 3; ++a) {
      for (int s = 0; s <= ranks[a]; ++s) planes_[a].push_back(blocks.count(a) * s / ranks[a]);
      // Much thinner ones make the rims of all ranks shallow, which the planes of one axis at a time do not see.
      const std::int64_t even = blocks.count(a) / ranks[a], asked = (cost.thinnest + blocks.edge() - 1) / blocks.edge();
      least_[a] = std::max<std::int64_t>(1, std::min(even, std::max(even / 8, asked)));
    }
  }

  void improve() {
    constexpr double worthwhile = 0.998;
    double now = largest(planes_);
    for (int round = 0; round < 8; ++round) {
      const double before = now;
      for (std::size_t axis = 0; axis < 3; ++axis) {
        if (ranks_[axis] == 1) continue;
        Planes tried = planes_;
        const Boxes boxes(grid_, ranks_, cost_, thinnest(planes_));
        tried[axis] = best_planes(axis, boxes, now);
        if (const double then = largest(tried); then < now) {
          planes_ = std::move(tried);
          now = then;
        }
      }
      if (now > worthwhile * before) break;
    }
  }

  [[nodiscard]] Layout layout() const {
    Layout l;
    l.ranks = ranks_;
    for (std::size_t a = 0; a < 3; ++a)
      for (int s = 0; s < ranks_[a]; ++s) l.ownership[a].push_back(width(planes_, a, s));
    return l;
  }

 private:
  [[nodiscard]] std::int64_t width(const Planes& planes, std::size_t axis, int slab) const {
    const auto s = static_cast<std::size_t>(slab);
    return blocks_.begin(axis, planes[axis][s + 1]) - blocks_.begin(axis, planes[axis][s]);
  }

  [[nodiscard]] std::int64_t thinnest(const Planes& planes) const {
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    for (std::size_t a = 0; a < 3; ++a)
      if (ranks_[a] > 1 || cost_.periodic[a])
        for (int s = 0; s < ranks_[a]; ++s) least = std::min(least, width(planes, a, s));
    return least;
  }

  /// Of the rank with the most.
  [[nodiscard]] double largest(const Planes& planes) const {
    const Boxes boxes(grid_, ranks_, cost_, thinnest(planes));
    double most = 0.0;
    std::array<int, 3> c{};
    for (c[2] = 0; c[2] < ranks_[2]; ++c[2])
      for (c[1] = 0; c[1] < ranks_[1]; ++c[1])
        for (c[0] = 0; c[0] < ranks_[0]; ++c[0]) {
          Index3 l{}, u{}, w{};
          for (std::size_t a = 0; a < 3; ++a) {
            const auto s = static_cast<std::size_t>(c[a]);
            l[a] = planes[a][s];
            u[a] = planes[a][s + 1];
            w[a] = width(planes, a, c[a]);
          }
          most = std::max(most, blocks_.sum(l, u) + boxes.work(w, c));
        }
    return most;
  }

  /// Is no box of the slab [b0, b1) of `axis` above `limit`?
  [[nodiscard]] bool fits(std::size_t axis, int slab, std::int64_t b0, std::int64_t b1, const Boxes& boxes,
                          double limit) const {
    const std::size_t p = (axis + 1) % 3, q = (axis + 2) % 3;
    std::array<int, 3> c{};
    Index3 l{}, u{}, w{};
    c[axis] = slab;
    l[axis] = b0;
    u[axis] = b1;
    w[axis] = blocks_.begin(axis, b1) - blocks_.begin(axis, b0);
    for (c[p] = 0; c[p] < ranks_[p]; ++c[p])
      for (c[q] = 0; c[q] < ranks_[q]; ++c[q]) {
        for (const std::size_t a : {p, q}) {
          const auto s = static_cast<std::size_t>(c[a]);
          l[a] = planes_[a][s];
          u[a] = planes_[a][s + 1];
          w[a] = width(planes_, a, c[a]);
        }
        if (blocks_.sum(l, u) + boxes.work(w, c) > limit) return false;
      }
    return true;
  }

  /// Slabs as thick as the limit allows, one after the other; nothing where they do not reach the end.
  [[nodiscard]] std::optional<std::vector<std::int64_t>> within(std::size_t axis, const Boxes& boxes,
                                                                double limit) const {
    const std::int64_t n = blocks_.count(axis), least = least_[axis];
    const int slabs = ranks_[axis];
    std::vector<std::int64_t> planes{0};
    for (int s = 0; s < slabs; ++s) {
      const std::int64_t b0 = planes.back();
      std::int64_t fit = b0 + least, most = n - (slabs - s - 1) * least;
      if (s + 1 == slabs) fit = n;  // the last one takes what is left
      if (!fits(axis, s, b0, fit, boxes, limit)) return std::nullopt;
      while (fit < most) {  // work grows with the slab
        const std::int64_t middle = fit + (most - fit + 1) / 2;
        if (fits(axis, s, b0, middle, boxes, limit))
          fit = middle;
        else
          most = middle - 1;
      }
      planes.push_back(fit);
    }
    return planes;
  }

  /// The planes of `axis` under which the largest work is smallest, the other axes as they are; `known` is possible.
  [[nodiscard]] std::vector<std::int64_t> best_planes(std::size_t axis, const Boxes& boxes, double known) const {
    double low = 0.0, high = known;
    std::vector<std::int64_t> best = planes_[axis];
    for (int i = 0; i < 24 && high - low > 1e-4 * high; ++i) {
      const double limit = 0.5 * (low + high);
      if (auto planes = within(axis, boxes, limit)) {
        best = std::move(*planes);
        high = limit;
      } else {
        low = limit;
      }
    }
    return best;
  }

  const Grid& grid_;
  const Blocks& blocks_;
  std::array<int, 3> ranks_;
  const BoxCost& cost_;
  Planes planes_;
  Index3 least_{};
};

}  // namespace

std::vector<double> work_of_ranks(const Grid& grid, const Layout& layout, std::span<const Load> loads,
                                  const BoxCost& cost) {
  std::vector<double> work;
  const Boxes boxes(grid, layout.ranks, cost, thinnest_cut(layout, cost));
  for (int r = 0; r < layout.size(); ++r) {
    const Box b = layout.owned_by(r);
    work.push_back(boxes.work({b.extent(0), b.extent(1), b.extent(2)}, layout.coordinates(r)));
  }
  for (const Load& load : loads) work[static_cast<std::size_t>(layout.owner(load.voxel))] += load.cost;
  return work;
}

RimTraffic traffic_of_rank(const Grid& grid, const Layout& layout, int rank, const BoxCost& cost) {
  const Box b = layout.owned_by(rank);
  return Boxes(grid, layout.ranks, cost, thinnest_cut(layout, cost))
      .traffic({b.extent(0), b.extent(1), b.extent(2)}, layout.coordinates(rank));
}

double imbalance(std::span<const double> work) {
  const double sum = std::accumulate(work.begin(), work.end(), 0.0);
  return sum > 0.0 ? *std::ranges::max_element(work) * static_cast<double>(work.size()) / sum : 1.0;
}

Layout weighted_layout(const Grid& grid, int ranks, std::span<const Load> loads, const BoxCost& cost) {
  Layout best = uniform_layout(grid, ranks);
  if (ranks == 1) return best;
  const auto largest = [&](const Layout& layout) {
    const std::vector<double> work = work_of_ranks(grid, layout, loads, cost);
    return *std::ranges::max_element(work);
  };
  double least = largest(best);
  const Blocks blocks(grid, loads);
  const double all =
      std::accumulate(loads.begin(), loads.end(), 0.0, [](double sum, const Load& load) { return sum + load.cost; });

  // From the process grid that could be best to the one that could not: what an even share of the loads and an even box
  // cost is the least that the fullest rank can have.
  struct Candidate {
    std::array<int, 3> ranks{};
    double bound = 0.0;
  };
  std::vector<Candidate> candidates;
  for (int px = 1; px <= ranks; ++px) {
    if (ranks % px != 0 || px > blocks.count(0)) continue;
    for (int py = 1; py <= ranks / px; ++py) {
      if ((ranks / px) % py != 0 || py > blocks.count(1)) continue;
      const int pz = ranks / px / py;
      if (pz > blocks.count(2)) continue;
      Layout even;
      even.ranks = {px, py, pz};
      for (std::size_t a = 0; a < 3; ++a)
        for (int s = 0; s < even.ranks[a]; ++s)
          even.ownership[a].push_back(grid.voxels[a] * (s + 1) / even.ranks[a] - grid.voxels[a] * s / even.ranks[a]);
      const std::vector<double> work = work_of_ranks(grid, even, {}, cost);
      candidates.push_back({even.ranks, (std::accumulate(work.begin(), work.end(), 0.0) + all) / ranks});
    }
  }
  std::ranges::stable_sort(candidates, {}, &Candidate::bound);
  for (const Candidate& candidate : candidates) {
    if (candidate.bound >= least) break;
    Cut cut(grid, blocks, candidate.ranks, cost);
    cut.improve();
    Layout layout = cut.layout();
    if (const double work = largest(layout); work < 0.999 * least) {
      least = work;
      best = std::move(layout);
    }
  }
  return best;
}

}  // namespace vesicast
