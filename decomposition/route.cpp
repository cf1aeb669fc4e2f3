#include "decomposition/route.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "decomposition/collectively.hpp"

namespace vesicast::detail {
namespace {

/// What came from all ranks, one after the other, and where each one's begins; one more at the end.
struct Incoming {
  std::vector<std::byte> bytes;
  std::vector<std::size_t> begin;
};

Incoming exchange(MPI_Comm comm, const std::vector<std::vector<std::byte>>& outgoing) {
  const std::size_t size = outgoing.size();
  // Counts and displacements of MPI_Alltoallv are int: say so on every rank before any rank sends.
  std::vector<std::int64_t> send(size), receive(size);
  for (std::size_t r = 0; r < size; ++r) send[r] = static_cast<std::int64_t>(outgoing[r].size());
  MPI_Alltoall(send.data(), 1, MPI_INT64_T, receive.data(), 1, MPI_INT64_T, comm);
  const std::int64_t total_out = std::accumulate(send.begin(), send.end(), std::int64_t{0});
  const std::int64_t total_in = std::accumulate(receive.begin(), receive.end(), std::int64_t{0});
  collectively(comm, [&] {
    if (std::max(total_in, total_out) > std::numeric_limits<int>::max())
      throw InternalError(
          fmt::format("{} bytes to send and {} to receive are more than one MPI exchange holds", total_out, total_in));
  });
  std::vector<std::byte> packed;
  packed.reserve(static_cast<std::size_t>(total_out));
  std::vector<int> send_count(size), send_at(size), receive_count(size), receive_at(size);
  int at = 0;
  for (std::size_t r = 0; r < size; ++r) {
    send_at[r] = static_cast<int>(packed.size());
    send_count[r] = static_cast<int>(send[r]);
    receive_at[r] = at;
    receive_count[r] = static_cast<int>(receive[r]);
    at += receive_count[r];
    packed.insert(packed.end(), outgoing[r].begin(), outgoing[r].end());
  }
  Incoming incoming{std::vector<std::byte>(static_cast<std::size_t>(total_in)), {receive_at.begin(), receive_at.end()}};
  incoming.begin.push_back(incoming.bytes.size());
  MPI_Alltoallv(packed.data(), send_count.data(), send_at.data(), MPI_BYTE, incoming.bytes.data(), receive_count.data(),
                receive_at.data(), MPI_BYTE, comm);
  return incoming;
}

}  // namespace

std::vector<std::byte> route_bytes(MPI_Comm comm, const std::vector<std::vector<std::byte>>& outgoing) {
  return exchange(comm, outgoing).bytes;
}

std::vector<std::vector<std::byte>> route_messages(MPI_Comm comm, const std::vector<std::vector<std::byte>>& outgoing) {
  const Incoming incoming = exchange(comm, outgoing);
  std::vector<std::vector<std::byte>> from(outgoing.size());
  for (std::size_t r = 0; r < from.size(); ++r)
    from[r].assign(incoming.bytes.begin() + static_cast<std::ptrdiff_t>(incoming.begin[r]),
                   incoming.bytes.begin() + static_cast<std::ptrdiff_t>(incoming.begin[r + 1]));
  return from;
}

}  // namespace vesicast::detail
