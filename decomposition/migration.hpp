#pragma once
/// \file
/// Records that know nothing of what they hold: between ranks, and as the bytes of a file.
#include <mpi.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vesicast {

/// One cell, say: who it is, its part of a fixed size, and arrays whose sizes differ from record to record.
struct Record {
  std::int64_t id = -1;  ///< global
  std::vector<std::byte> bytes;
  std::vector<std::vector<double>> ragged;

  friend bool operator==(const Record&, const Record&) = default;
};

/// Records as bytes, in their order, for this kind of machine. Nothing in them notices a flipped bit. Local.
[[nodiscard]] std::vector<std::byte> to_bytes(std::span<const Record> records);
/// The inverse. Throws InternalError if the bytes end too early, go on behind the records, or are none of to_bytes().
/// Local.
[[nodiscard]] std::vector<Record> from_bytes(std::span<const std::byte> bytes);

/// About how many bytes a rank sends, and receives, at a time: what migrate() needs beside the records themselves.
inline constexpr std::size_t migration_round = std::size_t{1} << 26;

/// Gives record i to rank `destination[i]`. Returns what this rank has then, what it kept included, by increasing id.
/// Any rank may give or receive nothing. Throws AgreedError (internal) if a destination is no rank or this rank comes
/// to have one id twice. Collective.
[[nodiscard]] std::vector<Record> migrate(MPI_Comm comm, std::vector<Record> records, std::span<const int> destination,
                                          std::size_t round = migration_round);

}  // namespace vesicast
