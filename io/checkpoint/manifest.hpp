#pragma once
/// \file
/// What a checkpoint is of, as a file that says whether it is whole.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "decomposition/base/layout.hpp"
#include "io/checkpoint/blocks.hpp"
#include "src/run/stored_numbers.hpp"

namespace vesicast {
struct StoredSums;
}

namespace vesicast::io {

/// What an observer has seen, by the name of what it writes.
struct SeenOutput {
  std::string name;
  std::int64_t seen = 0;
  Ticks last = -1;  ///< when; negative: never
};

struct Manifest {
  std::string program_version, commit;  ///< of the program that wrote it
  StoredNumbers numbers;
  Layout layout;
  std::uint64_t arrays_of_cells = 0;  ///< Cells::fingerprint()
  std::vector<std::string> blocks;    ///< what every rank has, in the order of the data
  BlockPlace sums;                    ///< sums_to_bytes()
  BlockPlace index;                   ///< the places of all blocks
  std::vector<SeenOutput> outputs;
  std::string petsc_options;
  std::string config;  ///< as in the run folder
};

/// One line with a checksum of all that follows, then JSON.
[[nodiscard]] std::string to_text(const Manifest& manifest);
/// The inverse. Throws InputError, in words that follow "FILE: ", if the text is damaged, of another version or of
/// another kind of machine.
[[nodiscard]] Manifest manifest_from(std::string_view text);

/// The sums as bytes (Boost.Serialization). Whoever reads them has seen their checksum hold.
[[nodiscard]] std::vector<std::byte> sums_to_bytes(const StoredSums& sums);
[[nodiscard]] StoredSums sums_from(std::span<const std::byte> bytes);

}  // namespace vesicast::io
