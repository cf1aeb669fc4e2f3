#include "decomposition/halo.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "decomposition/base/error.hpp"
#include "decomposition/halo_message.hpp"

namespace vesicast {
namespace {

int tag_of(const std::array<int, 3>& d) {
  return (d[0] + 1) + 3 * (d[1] + 1) + 9 * (d[2] + 1);
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
  covered_ = owned_;
  for (std::size_t a = 0; a < 3; ++a) {
    sent[a] = is_sent(domain, a);
    for (const std::int64_t width : layout.ownership[a])
      if (sent[a] && depth > width)
        throw InputError(
            fmt::format("a halo of {} voxels is deeper than a rank's {} voxels along {}", depth, width, "xyz"[a]));
    joined_[a][0] = sent[a] && (domain.periodic()[a] || here[a] > 0);
    joined_[a][1] = sent[a] && (domain.periodic()[a] || here[a] + 1 < layout.ranks[a]);
    for (std::size_t side = 0; side < 2; ++side) {
      const bool whole = joined_[a][side] || (rim == Rim::everywhere && (a == 0 || has_faces(domain, a)));
      const int width = whole ? depth : a == 0 ? 1 : 0;
      (side == 0 ? covered_.lower[a] : covered_.upper[a]) += side == 0 ? -width : width;
    }
  }

  std::array<int, 3> d{};
  for (d[2] = -1; d[2] <= 1; ++d[2])
    for (d[1] = -1; d[1] <= 1; ++d[1])
      for (d[0] = -1; d[0] <= 1; ++d[0]) {
        const int steps = std::abs(d[0]) + std::abs(d[1]) + std::abs(d[2]);
        if (steps == 0 || (depth == 1 && steps > 1)) continue;
        auto there = here;
        bool exists = true;
        for (std::size_t a = 0; a < 3; ++a) {
          if (d[a] == 0) continue;
          exists = exists && joined_[a][d[a] < 0 ? 0 : 1];
          there[a] = (there[a] + d[a] + layout.ranks[a]) % layout.ranks[a];
        }
        if (!exists) continue;
        Link link;
        link.rank = layout.rank_at(there);
        link.tag_send = tag_of(d);
        link.tag_receive = tag_of({-d[0], -d[1], -d[2]});
        link.send = link.receive = owned_;
        for (std::size_t a = 0; a < 3; ++a) {
          if (d[a] < 0) {
            link.send.upper[a] = owned_.lower[a] + depth;
            link.receive.lower[a] = owned_.lower[a] - depth;
            link.receive.upper[a] = owned_.lower[a];
          } else if (d[a] > 0) {
            link.send.lower[a] = owned_.upper[a] - depth;
            link.receive.lower[a] = owned_.upper[a];
            link.receive.upper[a] = owned_.upper[a] + depth;
          }
        }
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
