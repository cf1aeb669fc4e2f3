#include "io/checkpoint/blocks.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <exception>
#include <system_error>
#include <utility>

#include "decomposition/collectively.hpp"
#include "io/checkpoint/checksum.hpp"

namespace vesicast::io {
namespace {

constexpr int tag = 300;  // apart from those of decomposition/

std::span<const std::byte> piece(std::span<const std::byte> block, std::size_t begin) {
  return block.subspan(begin, std::min(block_piece, block.size() - begin));
}

void send(MPI_Comm comm, std::span<const std::span<const std::byte>> blocks) {
  for (const auto& block : blocks)
    for (std::size_t begin = 0; begin < block.size(); begin += block_piece) {
      const auto part = piece(block, begin);
      MPI_Send(part.data(), static_cast<int>(part.size()), MPI_BYTE, 0, tag, comm);
    }
}

/// Room for two pieces on their way.
using Buffers = std::array<std::vector<std::byte>, 2>;

/// Takes what rank `from` sends, piece by piece, one on its way while the last is dealt with.
template <class Take>
void receive(MPI_Comm comm, int from, std::span<const std::uint64_t> sizes, Buffers& buffers, Take&& take) {
  std::vector<int> lengths;
  for (const std::uint64_t size : sizes)
    for (std::uint64_t begin = 0; begin < size; begin += block_piece)
      lengths.push_back(static_cast<int>(std::min<std::uint64_t>(block_piece, size - begin)));
  std::array<MPI_Request, 2> requests{MPI_REQUEST_NULL, MPI_REQUEST_NULL};
  const auto post = [&](std::size_t i) {
    auto& buffer = buffers[i % 2];
    buffer.resize(static_cast<std::size_t>(lengths[i]));
    MPI_Irecv(buffer.data(), lengths[i], MPI_BYTE, from, tag, comm, &requests[i % 2]);
  };
  if (!lengths.empty()) post(0);
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    MPI_Wait(&requests[i % 2], MPI_STATUS_IGNORE);
    if (i + 1 < lengths.size()) post(i + 1);
    take(std::span<const std::byte>(buffers[i % 2]));
  }
}

}  // namespace

std::vector<BlockPlace> write_blocks(MPI_Comm comm, OpenFile* file,
                                     std::span<const std::span<const std::byte>> blocks) {
  int rank = 0, ranks = 1;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &ranks);
  const std::size_t n = blocks.size();
  std::vector<std::uint64_t> mine(2 * n);
  for (std::size_t b = 0; b < n; ++b) {
    mine[2 * b] = blocks[b].size();
    mine[2 * b + 1] = checksum(blocks[b]);
  }
  std::vector<std::uint64_t> all(rank == 0 ? mine.size() * static_cast<std::size_t>(ranks) : 0);
  MPI_Gather(mine.data(), static_cast<int>(mine.size()), MPI_UINT64_T, all.data(), static_cast<int>(mine.size()),
             MPI_UINT64_T, 0, comm);
  std::vector<BlockPlace> places;
  std::uint64_t offset = 0;
  for (std::size_t i = 0; i < all.size(); i += 2) {
    places.push_back({offset, all[i], all[i + 1]});
    offset += all[i];
  }
  // All memory before the first message: the others may not wait for a rank that has none.
  Buffers buffers;
  collectively(comm, [&] {
    if (rank == 0 && ranks > 1)
      for (auto& b : buffers) b.reserve(std::min<std::size_t>(block_piece, offset));
  });
  // The others send whether or not the disk takes it: none may wait for ever.
  std::exception_ptr failure;
  const auto write = [&](std::span<const std::byte> bytes) {
    if (failure) return;
    try {
      file->write({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    } catch (const OutputError&) {
      failure = std::current_exception();
    }
  };
  if (rank != 0) {
    send(comm, blocks);
  } else {
    for (const auto& block : blocks) write(block);
    for (int from = 1; from < ranks; ++from) {
      std::vector<std::uint64_t> sizes;
      for (std::size_t b = 0; b < n; ++b) sizes.push_back(places[static_cast<std::size_t>(from) * n + b].bytes);
      receive(comm, from, sizes, buffers, write);
    }
  }
  collectively(comm, [&] {
    if (failure) std::rethrow_exception(failure);
  });
  return places;
}

BlockFile::BlockFile(std::filesystem::path file)
    : file_(std::move(file)), descriptor_(::open(file_.c_str(), O_RDONLY | O_CLOEXEC)) {
  const off_t end = descriptor_ < 0 ? -1 : ::lseek(descriptor_, 0, SEEK_END);
  if (end < 0) {
    const int error = errno;
    if (descriptor_ >= 0) ::close(descriptor_);
    throw InputError(fmt::format("{}: {}", file_.string(), std::generic_category().message(error)));
  }
  size_ = static_cast<std::uint64_t>(end);
}

BlockFile::~BlockFile() {
  ::close(descriptor_);
}

void BlockFile::require_within(const BlockPlace& place) const {
  if (place.offset > size_ || place.bytes > size_ - place.offset)
    throw InputError(
        fmt::format("{}: ends at byte {}, before what should stand at byte {}", file_.string(), size_, place.offset));
}

void BlockFile::read(const BlockPlace& place, std::span<std::byte> into) const {
  if (into.size() != place.bytes) throw InternalError("a block is read into memory of another size");
  require_within(place);
  for (std::size_t done = 0; done < into.size();) {
    const ssize_t got = ::pread(descriptor_, into.data() + done, std::min(into.size() - done, block_piece),
                                static_cast<off_t>(place.offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw InputError(fmt::format("{}: {}", file_.string(), std::generic_category().message(errno)));
    if (got == 0) throw InputError(fmt::format("{}: ends before byte {}", file_.string(), place.offset + place.bytes));
    done += static_cast<std::size_t>(got);
  }
  if (checksum(into) != place.xxh3)
    throw InputError(fmt::format("{}: {} bytes from byte {} are not those that were written", file_.string(),
                                 place.bytes, place.offset));
}

}  // namespace vesicast::io
