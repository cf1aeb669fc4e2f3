#pragma once
/// \file
/// Sends records to the ranks that own them.
#include <mpi.h>

#include <cstddef>
#include <cstring>
#include <span>
#include <type_traits>
#include <vector>

namespace vesicast {

namespace detail {
/// Bytes for each rank out, bytes from each rank (in rank order) in. Collective.
[[nodiscard]] std::vector<std::byte> route_bytes(MPI_Comm comm, const std::vector<std::vector<std::byte>>& outgoing);
/// The same, what came from each rank apart. Collective.
[[nodiscard]] std::vector<std::vector<std::byte>> route_messages(MPI_Comm comm,
                                                                 const std::vector<std::vector<std::byte>>& outgoing);
}  // namespace detail

/// Delivers record i to rank `destination[i]`; returns what this rank receives, by sending rank and then in the order
/// given there. Any rank may send or receive nothing. Collective.
template <class Record>
[[nodiscard]] std::vector<Record> route(MPI_Comm comm, std::span<const Record> records,
                                        std::span<const int> destination) {
  static_assert(std::is_trivially_copyable_v<Record>);
  int size = 1;
  MPI_Comm_size(comm, &size);
  std::vector<std::vector<std::byte>> outgoing(static_cast<std::size_t>(size));
  for (std::size_t i = 0; i < records.size(); ++i) {
    const auto* bytes = reinterpret_cast<const std::byte*>(&records[i]);
    auto& box = outgoing.at(static_cast<std::size_t>(destination[i]));
    box.insert(box.end(), bytes, bytes + sizeof(Record));
  }
  const std::vector<std::byte> incoming = detail::route_bytes(comm, outgoing);
  std::vector<Record> received(incoming.size() / sizeof(Record));
  if (!received.empty()) std::memcpy(received.data(), incoming.data(), received.size() * sizeof(Record));
  return received;
}

}  // namespace vesicast
