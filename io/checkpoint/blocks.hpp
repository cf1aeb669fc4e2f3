#pragma once
/// \file
/// Arrays of all ranks in one file: gathered and read in bounded memory, each with its length and checksum.
#include <mpi.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "io/run_folder/atomic_file.hpp"

namespace vesicast::io {

/// Bytes of a block that are on their way at a time.
inline constexpr std::size_t block_piece = std::size_t{1} << 23;

/// Where a block lies in its file.
struct BlockPlace {
  std::uint64_t offset = 0, bytes = 0;
  std::uint64_t xxh3 = 0;  ///< checksum() of it
};

/// Writes the blocks of every rank to `file`, which is open on rank 0 and nothing on the others: all of rank 0, then
/// all of rank 1. Every rank has as many blocks. Returns the places, [rank x blocks + block], on rank 0. Throws
/// OutputError on every rank if they cannot be written; all have been sent then. Collective.
[[nodiscard]] std::vector<BlockPlace> write_blocks(MPI_Comm comm, OpenFile* file,
                                                   std::span<const std::span<const std::byte>> blocks);

/// A file of blocks, open for reading.
class BlockFile {
 public:
  /// Throws InputError if it cannot be opened. Local.
  explicit BlockFile(std::filesystem::path file);
  BlockFile(const BlockFile&) = delete;
  BlockFile& operator=(const BlockFile&) = delete;
  ~BlockFile();
  [[nodiscard]] const std::filesystem::path& path() const { return file_; }
  /// Reads one block into `into`, which has its size. Throws InputError, "FILE: ...", if the file ends before it or its
  /// checksum is another. Local.
  void read(const BlockPlace& place, std::span<std::byte> into) const;
  /// Throws InputError unless the file is long enough for it: nothing is allocated for what it cannot hold.
  void require_within(const BlockPlace& place) const;

 private:
  std::filesystem::path file_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace vesicast::io
