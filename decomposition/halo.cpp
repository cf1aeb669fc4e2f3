#include "decomposition/halo.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "decomposition/error.hpp"

namespace vesicast {
namespace {

/// Copies the box between an array over `covered` and a packed buffer, row by row.
template <class Copy>
void for_each_row(const Box& box, const Box& covered, Copy&& copy) {
  const auto nx = static_cast<std::size_t>(box.extent(0));
  std::size_t packed = 0;
  for (std::int64_t k = box.lower[2]; k < box.upper[2]; ++k)
    for (std::int64_t j = box.lower[1]; j < box.upper[1]; ++j) {
      copy(static_cast<std::size_t>(covered.offset({box.lower[0], j, k})), packed, nx);
      packed += nx;
    }
}

int tag_of(const std::array<int, 3>& d) {
  return (d[0] + 1) + 3 * (d[1] + 1) + 9 * (d[2] + 1);
}

}  // namespace

Halo::Halo(const Domain& domain, int depth)
    : comm_(domain.comm()), self_(domain.rank()), depth_(depth), owned_(domain.owned()) {
  const Layout& layout = domain.layout();
  const Grid& grid = domain.grid();
  Index3 rim{};
  for (int a = 0; a < 3; ++a) {
    // Rows always have a rim: the kernels mirror the end voxels into it at a wall.
    rim[a] = a == 0 || grid.voxels[a] > 1 || domain.periodic()[a] ? depth : 0;
    for (const std::int64_t width : layout.ownership[a])
      if (rim[a] > width && (layout.ranks[a] > 1 || domain.periodic()[a]))
        throw InputError(
            fmt::format("a halo of {} voxels is deeper than a rank's {} voxels along {}", depth, width, "xyz"[a]));
  }
  covered_ = owned_.grown(rim);

  const auto here = layout.coordinates(self_);
  std::array<int, 3> d{};
  for (d[2] = -1; d[2] <= 1; ++d[2])
    for (d[1] = -1; d[1] <= 1; ++d[1])
      for (d[0] = -1; d[0] <= 1; ++d[0]) {
        const int steps = std::abs(d[0]) + std::abs(d[1]) + std::abs(d[2]);
        if (steps == 0 || (depth == 1 && steps > 1)) continue;
        auto there = here;
        bool exists = true;
        for (int a = 0; a < 3; ++a) {
          there[a] += d[a];
          if (d[a] != 0 && rim[a] == 0) exists = false;
          if (there[a] < 0 || there[a] >= layout.ranks[a]) {
            if (!domain.periodic()[a]) exists = false;
            there[a] = (there[a] + layout.ranks[a]) % layout.ranks[a];
          }
        }
        if (!exists) continue;
        Link link;
        link.rank = layout.rank_at(there);
        link.tag_send = tag_of(d);
        link.tag_receive = tag_of({-d[0], -d[1], -d[2]});
        link.send = link.receive = owned_;
        for (int a = 0; a < 3; ++a) {
          if (d[a] < 0) {
            link.send.upper[a] = owned_.lower[a] + rim[a];
            link.receive.lower[a] = owned_.lower[a] - rim[a];
            link.receive.upper[a] = owned_.lower[a];
          } else if (d[a] > 0) {
            link.send.lower[a] = owned_.upper[a] - rim[a];
            link.receive.lower[a] = owned_.upper[a];
            link.receive.upper[a] = owned_.upper[a] + rim[a];
          }
        }
        links_.push_back(std::move(link));
      }
}

void Halo::begin(std::span<double* const> arrays) {
  requests_.clear();
  for (Link& link : links_) {
    const auto size = static_cast<std::size_t>(link.receive.volume());
    link.incoming.resize(size * arrays.size());
    if (link.rank == self_) continue;
    MPI_Irecv(link.incoming.data(), static_cast<int>(link.incoming.size()), MPI_DOUBLE, link.rank, link.tag_receive,
              comm_, &requests_.emplace_back());
  }
  for (Link& link : links_) {
    const auto size = static_cast<std::size_t>(link.send.volume());
    link.outgoing.resize(size * arrays.size());
    for (std::size_t f = 0; f < arrays.size(); ++f)
      for_each_row(link.send, covered_, [&](std::size_t at, std::size_t packed, std::size_t n) {
        std::copy_n(arrays[f] + at, n, link.outgoing.data() + f * size + packed);
      });
    if (link.rank == self_) continue;
    MPI_Isend(link.outgoing.data(), static_cast<int>(link.outgoing.size()), MPI_DOUBLE, link.rank, link.tag_send, comm_,
              &requests_.emplace_back());
  }
  // A periodic axis held by one rank: what leaves on one side comes in on the other.
  for (Link& link : links_) {
    if (link.rank != self_) continue;
    for (const Link& other : links_)
      if (other.rank == self_ && other.tag_send == link.tag_receive) link.incoming = other.outgoing;
  }
}

void Halo::end(std::span<double* const> arrays) {
  MPI_Waitall(static_cast<int>(requests_.size()), requests_.data(), MPI_STATUSES_IGNORE);
  for (Link& link : links_) {
    const auto size = static_cast<std::size_t>(link.receive.volume());
    for (std::size_t f = 0; f < arrays.size(); ++f)
      for_each_row(link.receive, covered_, [&](std::size_t at, std::size_t packed, std::size_t n) {
        std::copy_n(link.incoming.data() + f * size + packed, n, arrays[f] + at);
      });
  }
}

}  // namespace vesicast
