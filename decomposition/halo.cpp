#include "decomposition/halo.hpp"

#include <algorithm>

#include "decomposition/halo_message.hpp"

namespace vesicast {
namespace {

/// A slab of an axis as another one sees it: `by` slabs further on, and what the two fill of each other's rims.
struct Neighbour {
  int by = 0, slab = 0;
  std::int64_t send_lower = 0, send_upper = 0;        ///< of the own voxels
  std::int64_t receive_lower = 0, receive_upper = 0;  ///< of the own rim
};

/// The slabs of `widths` that a rim of `depth` voxels of slab `here`, which owns [lower, upper), reaches, itself first;
/// on a periodic axis they go round as often as it takes.
std::vector<Neighbour> neighbours_along(const std::vector<std::int64_t>& widths, int here, std::int64_t lower,
                                        std::int64_t upper, std::int64_t depth, bool sent, bool periodic) {
  std::vector<Neighbour> all{{0, here, lower, upper, lower, upper}};
  if (!sent) return all;
  const auto slabs = static_cast<int>(widths.size());
  for (const int side : {-1, 1}) {
    std::int64_t between = 0;
    for (int k = 1; between < depth; ++k) {
      int slab = here + side * k;
      if (!periodic && (slab < 0 || slab >= slabs)) break;
      slab = (slab % slabs + slabs) % slabs;
      const std::int64_t width = widths[static_cast<std::size_t>(slab)], reached = std::min(width, depth - between),
                         given = std::min(upper - lower, depth - between);
      if (side < 0)
        all.push_back({-k, slab, lower, lower + given, lower - between - reached, lower - between});
      else
        all.push_back({k, slab, upper - given, upper, upper + between, upper + between + reached});
      between += width;
    }
  }
  return all;
}

/// May anything move along this axis?
bool has_faces(const Domain& domain, std::size_t axis) {
  return domain.grid().voxels[axis] > 1 || domain.periodic()[axis];
}

/// Do ranks along this axis send voxels on, to each other or around?
bool is_sent(const Domain& domain, std::size_t axis) {
  return has_faces(domain, axis) && (domain.layout().ranks[axis] > 1 || domain.periodic()[axis]);
}

}  // namespace

int Halo::possible_depth(const Domain& domain, int wanted) {
  std::int64_t depth = wanted;
  for (std::size_t a = 0; a < 3; ++a)
    if (is_sent(domain, a))
      for (const std::int64_t width : domain.layout().ownership[a]) depth = std::min(depth, width);
  return static_cast<int>(std::max<std::int64_t>(1, depth));
}

Halo::Halo(const Domain& domain, int depth, Rim rim)
    : comm_(domain.comm()), self_(domain.rank()), depth_(depth), owned_(domain.owned()) {
  const Layout& layout = domain.layout();
  const auto here = layout.coordinates(self_);
  std::array<bool, 3> sent{};
  int reach = 1;  // slabs; each has a voxel at least
  covered_ = owned_;
  for (std::size_t a = 0; a < 3; ++a) {
    sent[a] = is_sent(domain, a);
    for (const std::int64_t width : layout.ownership[a])
      if (sent[a] && depth > width) reach = depth;
    joined_[a][0] = sent[a] && (domain.periodic()[a] || here[a] > 0);
    joined_[a][1] = sent[a] && (domain.periodic()[a] || here[a] + 1 < layout.ranks[a]);
    for (std::size_t side = 0; side < 2; ++side) {
      const bool whole = joined_[a][side] || (rim == Rim::everywhere && (a == 0 || has_faces(domain, a)));
      const int width = whole ? depth : a == 0 ? 1 : 0;
      (side == 0 ? covered_.lower[a] : covered_.upper[a]) += side == 0 ? -width : width;
    }
  }

  std::array<std::vector<Neighbour>, 3> along;
  for (std::size_t a = 0; a < 3; ++a)
    along[a] = neighbours_along(layout.ownership[a], here[a], owned_.lower[a], owned_.upper[a], depth, sent[a],
                                domain.periodic()[a]);
  const auto tag = [&](int side, int x, int y, int z) {
    const int base = 2 * reach + 1;
    return (side * x + reach) + base * ((side * y + reach) + base * (side * z + reach));
  };
  for (const Neighbour& z : along[2])
    for (const Neighbour& y : along[1])
      for (const Neighbour& x : along[0]) {
        const int axes = (x.by != 0 ? 1 : 0) + (y.by != 0 ? 1 : 0) + (z.by != 0 ? 1 : 0);
        if (axes == 0 || (depth == 1 && axes > 1)) continue;
        Link link;
        link.rank = layout.rank_at({x.slab, y.slab, z.slab});
        link.tag_send = tag(1, x.by, y.by, z.by);
        link.tag_receive = tag(-1, x.by, y.by, z.by);
        link.send = {{x.send_lower, y.send_lower, z.send_lower}, {x.send_upper, y.send_upper, z.send_upper}};
        link.receive = {{x.receive_lower, y.receive_lower, z.receive_lower},
                        {x.receive_upper, y.receive_upper, z.receive_upper}};
        links_.push_back(link);
      }
}

void Halo::exchange(std::span<double* const> arrays) const {
  HaloMessage message(*this);
  for (double* a : arrays) message.add(a);
  message.begin();
  message.end();
}

}  // namespace vesicast
