#include "src/tissue/shapes.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vesicast {
namespace {

double distance_squared(const Vector3& a, const Vector3& b, std::size_t dimensions) {
  double sum = 0.0;
  for (std::size_t axis = 0; axis < dimensions; ++axis) sum += (a[axis] - b[axis]) * (a[axis] - b[axis]);
  return sum;
}

/// What a plane at distance `s` (0 <= s < radius) from the centre cuts off: a ball's cap [um^3] or a disc's segment
/// [um^2].
double cap(double radius, double s, std::size_t dimensions) {
  if (dimensions == 2) return radius * radius * std::acos(s / radius) - s * std::sqrt(radius * radius - s * s);
  const double height = radius - s;
  return std::numbers::pi * height * height * (3.0 * radius - height) / 3.0;
}

/// Volume of a ball (3-D) or a disc through the slab (2-D) within the domain [um^3], if closed form.
std::optional<double> ball_volume(const Vector3& centre, double radius, const Grid& grid) {
  if (radius <= 0.0) return 0.0;
  const std::size_t dimensions = grid.dimensions;
  // Distance from the centre to each face of the domain.
  std::array<std::array<double, 2>, 3> to_face{};
  for (std::size_t axis = 0; axis < dimensions; ++axis) {
    to_face[axis] = {centre[axis], grid.length(axis) - centre[axis]};
    if (to_face[axis][0] < 0.0 || to_face[axis][1] < 0.0) return std::nullopt;
  }
  double volume =
      dimensions == 2 ? std::numbers::pi * radius * radius : 4.0 / 3.0 * std::numbers::pi * radius * radius * radius;
  for (std::size_t axis = 0; axis < dimensions; ++axis)
    for (const double s : to_face[axis]) {
      if (s >= radius) continue;
      volume -= cap(radius, s, dimensions);
      // Two caps overlap where the edge between their faces comes closer to the centre than the radius.
      for (std::size_t other = 0; other < axis; ++other)
        for (const double t : to_face[other])
          if (t < radius && s * s + t * t < radius * radius) return std::nullopt;
    }
  return dimensions == 2 ? volume * grid.length(2) : volume;
}

}  // namespace

bool inside(const Place& place, const Vector3& p, const Grid& grid) {
  if (!grid.contains(p)) return false;
  switch (place.shape) {
    case Shape::domain:
      return true;
    case Shape::box:
      for (std::size_t axis = 0; axis < grid.dimensions; ++axis)
        if (!(p[axis] >= place.lower[axis] && p[axis] <= place.upper[axis])) return false;
      return true;
    case Shape::spheroid:
      return distance_squared(p, place.centre, grid.dimensions) <= place.radius * place.radius;
    case Shape::shell: {
      const double d2 = distance_squared(p, place.centre, grid.dimensions);
      return d2 <= place.radius * place.radius && d2 >= place.inner_radius * place.inner_radius;
    }
    case Shape::layer: {
      const double along = p[static_cast<std::size_t>(place.axis)];
      return along >= place.from && along <= place.to;
    }
  }
  return false;
}

Extent bounding_box(const Place& place, const Grid& grid) {
  Extent extent{{0.0, 0.0, 0.0}, {grid.length(0), grid.length(1), grid.length(2)}};
  const auto cut = [&extent](std::size_t axis, double lower, double upper) {
    extent.lower[axis] = std::max(extent.lower[axis], lower);
    extent.upper[axis] = std::min(extent.upper[axis], upper);
  };
  switch (place.shape) {
    case Shape::domain:
      break;
    case Shape::box:
      for (std::size_t axis = 0; axis < grid.dimensions; ++axis) cut(axis, place.lower[axis], place.upper[axis]);
      break;
    case Shape::spheroid:
    case Shape::shell:
      for (std::size_t axis = 0; axis < grid.dimensions; ++axis)
        cut(axis, place.centre[axis] - place.radius, place.centre[axis] + place.radius);
      break;
    case Shape::layer:
      cut(static_cast<std::size_t>(place.axis), place.from, place.to);
      break;
  }
  return extent;
}

std::optional<double> clipped_volume(const Place& place, const Grid& grid) {
  switch (place.shape) {
    case Shape::domain:
    case Shape::box:
    case Shape::layer:
      return bounding_box(place, grid).volume();
    case Shape::spheroid:
      return ball_volume(place.centre, place.radius, grid);
    case Shape::shell: {
      const std::optional<double> outer = ball_volume(place.centre, place.radius, grid);
      const std::optional<double> hollow = ball_volume(place.centre, place.inner_radius, grid);
      if (!outer || !hollow) return std::nullopt;
      return *outer - *hollow;
    }
  }
  return std::nullopt;
}

}  // namespace vesicast
