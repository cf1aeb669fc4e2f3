#pragma once
/// \file
/// Sharing a whole number of cells between types.
#include <cstdint>
#include <span>
#include <vector>

namespace vesicast {

/// `total` divided in proportion to `shares` (>= 0, not all 0; they need not sum to 1) by largest remainder: whole
/// numbers that sum to `total`, each within 1 of its exact share. Equal remainders: the earlier share first.
/// \throws InputError if a share is negative or not finite, or all are 0
[[nodiscard]] std::vector<std::int64_t> quotas(std::span<const double> shares, std::int64_t total);

}  // namespace vesicast
