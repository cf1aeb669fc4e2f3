#pragma once
/// \file
/// The shapes cells are placed in. Every shape is clipped to the domain; its surface belongs to it. In 2-D a shape is
/// its outline in x and y through the whole thickness of the slab: a spheroid is a disc, a shell a ring.
#include <optional>

#include "decomposition/base/grid.hpp"
#include "src/parameters/tissue.hpp"

namespace vesicast {

/// A box of space, lower to upper corner [um]; empty where upper < lower on any axis.
struct Extent {
  Vector3 lower{};
  Vector3 upper{};

  [[nodiscard]] bool empty() const { return !(lower[0] <= upper[0] && lower[1] <= upper[1] && lower[2] <= upper[2]); }
  /// [um^3]; 0 where empty.
  [[nodiscard]] double volume() const {
    return empty() ? 0.0 : (upper[0] - lower[0]) * (upper[1] - lower[1]) * (upper[2] - lower[2]);
  }
};

/// Is the point `p` [um] inside the domain and the place's shape? In 2-D p[2] is compared with the domain only.
[[nodiscard]] bool inside(const Place& place, const Vector3& p, const Grid& grid);

/// The smallest box around the shape, cut to the domain [um]. Empty where the shape lies outside the domain.
[[nodiscard]] Extent bounding_box(const Place& place, const Grid& grid);

/// The volume of the shape within the domain [um^3], in closed form. Nothing where there is none: a spheroid or shell
/// that the domain cuts by two faces whose cut-off caps overlap, or whose centre lies outside the domain.
[[nodiscard]] std::optional<double> clipped_volume(const Place& place, const Grid& grid);

}  // namespace vesicast
