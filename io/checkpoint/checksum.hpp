#pragma once
/// \file
/// Do bytes that were stored come back as they were?
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace vesicast::io {

/// XXH3, 64 bits, of `bytes`.
[[nodiscard]] std::uint64_t checksum(std::span<const std::byte> bytes);
[[nodiscard]] inline std::uint64_t checksum(std::string_view text) {
  return checksum(std::as_bytes(std::span(text.data(), text.size())));
}

}  // namespace vesicast::io
