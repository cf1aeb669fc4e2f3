#pragma once
/// \file
/// Where cells already stand, to keep a new one off their spots.
#include <cmath>
#include <cstdint>
#include <vector>

#include "decomposition/base/box.hpp"

namespace vesicast {

/// A hash grid of points that answers whether one of them lies closer than a fixed distance. Expected time per query
/// and per insertion is constant as long as points keep about that distance from each other.
class Spots {
 public:
  /// \param distance what counts as the same spot [um], > 0
  explicit Spots(double distance) : distance_(distance), edge_(4.0 * distance), heads_(1024, none) {}

  void insert(const Vector3& p);
  /// Is a point of the index closer to `p` than the distance?
  [[nodiscard]] bool taken(const Vector3& p) const;
  [[nodiscard]] std::size_t size() const { return points_.size(); }

 private:
  static constexpr std::uint32_t none = 0xffffffffU;
  [[nodiscard]] std::size_t bucket(std::int64_t i, std::int64_t j, std::int64_t k) const;
  [[nodiscard]] std::int64_t bin(double x) const { return static_cast<std::int64_t>(std::floor(x / edge_)); }
  void link(std::uint32_t n);

  double distance_;
  double edge_;                       ///< of a bin [um]: wide enough that most queries read one bin
  std::vector<std::uint32_t> heads_;  ///< first point per bucket; as many buckets as a power of two
  std::vector<std::uint32_t> next_;   ///< the point after each point in its bucket
  std::vector<Vector3> points_;
};

}  // namespace vesicast
