#include "decomposition/halo_message.hpp"

#include <algorithm>

#include "decomposition/base/cpu_clock.hpp"

namespace vesicast {
namespace {

/// Calls `copy(offset in an array over `whole`, offset in the packed box, n)` for every row of `part`.
template <class Copy>
void for_each_row(const Box& part, const Box& whole, Copy&& copy) {
  const auto nx = static_cast<std::size_t>(part.extent(0));
  std::size_t packed = 0;
  for (std::int64_t k = part.lower[2]; k < part.upper[2]; ++k)
    for (std::int64_t j = part.lower[1]; j < part.upper[1]; ++j) {
      copy(static_cast<std::size_t>(whole.offset({part.lower[0], j, k})), packed, nx);
      packed += nx;
    }
}

/// The link of this rank to itself that fills what `link` sends: across a periodic axis that one rank holds.
std::size_t opposite(const std::vector<Halo::Link>& links, std::size_t link) {
  for (std::size_t other = 0; other < links.size(); ++other)
    if (links[other].rank == links[link].rank && links[other].tag_send == links[link].tag_receive) return other;
  return link;
}

/// Sends outgoing[link] to and receives incoming[link] from every neighbour; sizes are known on both sides.
template <class T>
void exchange_now(const Halo& halo, std::vector<std::vector<T>>& outgoing, std::vector<std::vector<T>>& incoming,
                  MPI_Datatype type) {
  std::vector<MPI_Request> requests;
  const auto& links = halo.links();
  for (std::size_t l = 0; l < links.size(); ++l)
    if (links[l].rank != halo.self())
      MPI_Irecv(incoming[l].data(), static_cast<int>(incoming[l].size()), type, links[l].rank, links[l].tag_receive,
                halo.comm(), &requests.emplace_back());
  for (std::size_t l = 0; l < links.size(); ++l)
    if (links[l].rank != halo.self())
      MPI_Isend(outgoing[l].data(), static_cast<int>(outgoing[l].size()), type, links[l].rank, links[l].tag_send,
                halo.comm(), &requests.emplace_back());
    else
      incoming[l] = outgoing[opposite(links, l)];
  MPI_Waitall(static_cast<int>(requests.size()), requests.data(), MPI_STATUSES_IGNORE);
}

}  // namespace

SparseRim::SparseRim(const Halo& halo, std::span<const std::int64_t> voxels) : send_(halo.links().size()) {
  const auto& links = halo.links();
  std::vector<std::vector<std::int64_t>> count_out(links.size()), count_in(links.size(), {0});
  std::vector<std::vector<std::int64_t>> place_out(links.size()), place_in(links.size());
  for (std::size_t l = 0; l < links.size(); ++l) {
    for (std::size_t i = 0; i < voxels.size(); ++i) {
      const Index3 v = halo.owned().voxel(voxels[i]);
      if (!links[l].send.contains(v)) continue;
      send_[l].push_back(i);
      place_out[l].push_back(links[l].send.offset(v));  // the sent and the received box have the same shape
    }
    count_out[l] = {static_cast<std::int64_t>(send_[l].size())};
  }
  exchange_now(halo, count_out, count_in, MPI_INT64_T);
  for (std::size_t l = 0; l < links.size(); ++l) place_in[l].resize(static_cast<std::size_t>(count_in[l][0]));
  exchange_now(halo, place_out, place_in, MPI_INT64_T);
  for (std::size_t l = 0; l < links.size(); ++l) {
    receive_begin_.push_back(received_.size());
    for (const std::int64_t place : place_in[l])
      received_.push_back(halo.covered().offset(links[l].receive.voxel(place)));
  }
  receive_begin_.push_back(received_.size());
}

std::size_t HaloMessage::size_received(std::size_t link) const {
  std::size_t size = static_cast<std::size_t>(halo_->links()[link].receive.volume()) * dense_.size();
  for (const Sparse& s : sparse_) size += s.rim->receive_begin_[link + 1] - s.rim->receive_begin_[link];
  return size;
}

void HaloMessage::pack(std::size_t link) {
  const Box& box = halo_->links()[link].send;
  const auto volume = static_cast<std::size_t>(box.volume());
  std::size_t size = volume * dense_.size();
  for (const Sparse& s : sparse_) size += s.rim->send_[link].size();
  outgoing_[link].resize(size);
  double* out = outgoing_[link].data();
  for (const Dense& d : dense_) {
    for_each_row(box, d.from_owned ? halo_->owned() : halo_->covered(),
                 [&](std::size_t at, std::size_t packed, std::size_t n) {
                   if (d.from)
                     std::copy_n(d.from + at, n, out + packed);
                   else
                     std::copy_n(d.from_single + at, n, out + packed);
                 });
    out += volume;
  }
  for (const Sparse& s : sparse_)
    for (const std::size_t i : s.rim->send_[link]) *out++ = s.from[i];
}

void HaloMessage::unpack(std::size_t link) {
  const Box& box = halo_->links()[link].receive;
  const double* in = incoming_[link].data();
  for (const Dense& d : dense_) {
    for_each_row(box, halo_->covered(), [&](std::size_t at, std::size_t packed, std::size_t n) {
      if (d.into)
        std::copy_n(in + packed, n, d.into + at);
      else
        std::transform(in + packed, in + packed + n, d.into_single + at,
                       [](double x) { return static_cast<float>(x); });
    });
    in += box.volume();
  }
  for (const Sparse& s : sparse_)
    for (std::size_t i = s.rim->receive_begin_[link]; i < s.rim->receive_begin_[link + 1]; ++i) s.into[i] = *in++;
}

HaloMessage::Totals HaloMessage::totals_;

void HaloMessage::begin() {
  requests_.clear();
  const auto& links = halo_->links();
  for (std::size_t l = 0; l < links.size(); ++l) {
    incoming_[l].resize(size_received(l));
    if (links[l].rank == halo_->self()) continue;
    MPI_Irecv(incoming_[l].data(), static_cast<int>(incoming_[l].size()), MPI_DOUBLE, links[l].rank,
              links[l].tag_receive, halo_->comm(), &requests_.emplace_back());
  }
  for (std::size_t l = 0; l < links.size(); ++l) {
    pack(l);
    if (links[l].rank == halo_->self()) continue;
    MPI_Isend(outgoing_[l].data(), static_cast<int>(outgoing_[l].size()), MPI_DOUBLE, links[l].rank, links[l].tag_send,
              halo_->comm(), &requests_.emplace_back());
    ++totals_.messages;
    totals_.bytes += static_cast<std::int64_t>(outgoing_[l].size() * sizeof(double));
  }
}

void HaloMessage::end() {
  const double begin = cpu_seconds();
  MPI_Waitall(static_cast<int>(requests_.size()), requests_.data(), MPI_STATUSES_IGNORE);
  totals_.waited += cpu_seconds() - begin;
  const auto& links = halo_->links();
  for (std::size_t l = 0; l < links.size(); ++l)
    if (links[l].rank == halo_->self()) incoming_[l] = outgoing_[opposite(links, l)];
  for (std::size_t l = 0; l < links.size(); ++l) unpack(l);
}

}  // namespace vesicast
