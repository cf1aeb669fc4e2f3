#include "io/checkpoint/checksum.hpp"

#include <xxhash.h>

namespace vesicast::io {

std::uint64_t checksum(std::span<const std::byte> bytes) {
  return XXH3_64bits(bytes.data(), bytes.size());
}

}  // namespace vesicast::io
