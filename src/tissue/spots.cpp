#include "src/tissue/spots.hpp"

#include <algorithm>

namespace vesicast {

std::size_t Spots::bucket(std::int64_t i, std::int64_t j, std::int64_t k) const {
  // Odd multipliers spread neighbouring bins; a clash costs time only, since distances are always compared.
  std::uint64_t h = static_cast<std::uint64_t>(i) * 0x9e3779b97f4a7c15ULL;
  h = (h ^ (h >> 29)) + static_cast<std::uint64_t>(j) * 0xc2b2ae3d27d4eb4fULL;
  h = (h ^ (h >> 31)) + static_cast<std::uint64_t>(k) * 0x165667b19e3779f9ULL;
  h ^= h >> 32;
  return static_cast<std::size_t>(h & (heads_.size() - 1));
}

void Spots::link(std::uint32_t n) {
  const Vector3& p = points_[n];
  std::uint32_t& head = heads_[bucket(bin(p[0]), bin(p[1]), bin(p[2]))];
  next_[n] = head;
  head = n;
}

void Spots::insert(const Vector3& p) {
  points_.push_back(p);
  next_.push_back(none);
  if (points_.size() > heads_.size()) {
    heads_.assign(2 * heads_.size(), none);
    for (std::uint32_t n = 0; n < points_.size(); ++n) link(n);
  } else {
    link(static_cast<std::uint32_t>(points_.size() - 1));
  }
}

bool Spots::taken(const Vector3& p) const {
  if (points_.empty()) return false;
  for (std::int64_t k = bin(p[2] - distance_); k <= bin(p[2] + distance_); ++k)
    for (std::int64_t j = bin(p[1] - distance_); j <= bin(p[1] + distance_); ++j)
      for (std::int64_t i = bin(p[0] - distance_); i <= bin(p[0] + distance_); ++i)
        for (std::uint32_t n = heads_[bucket(i, j, k)]; n != none; n = next_[n]) {
          const Vector3& q = points_[n];
          const double dx = p[0] - q[0], dy = p[1] - q[1], dz = p[2] - q[2];
          if (dx * dx + dy * dy + dz * dz < distance_ * distance_) return true;
        }
  return false;
}

}  // namespace vesicast
