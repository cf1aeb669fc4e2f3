// Parts of the domain.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "io/config/read_rows.hpp"
#include "io/config/resolve_tables.hpp"

namespace vesicast::io {
namespace {

/// A domain of unknown size holds everything.
bool reaches_domain(const DomainParameters& domain, const Vector3& lower, const Vector3& upper) {
  for (std::size_t a = 0; a < 3; ++a)
    if (domain.size[a] > 0.0 && (upper[a] <= 0.0 || lower[a] >= domain.size[a])) return false;
  return true;
}

constexpr const char* outside = "the shape lies outside the domain";

void check_sphere(TableReader& table, const DomainParameters& domain, const Place& place) {
  if (place.shape == Shape::shell && place.inner_radius >= place.radius)
    table.problem("inner_radius", fmt::format("{} is not below radius, {}", table.shown_value("inner_radius"),
                                              table.shown_value("radius")));
  Vector3 lower{}, upper{};
  for (std::size_t a = 0; a < 3; ++a) {
    lower[a] = place.centre[a] - place.radius;
    upper[a] = place.centre[a] + place.radius;
  }
  if (table.has("centre") && !reaches_domain(domain, lower, upper)) table.problem("centre", outside);
}

void check_box(TableReader& table, const DomainParameters& domain, const Place& place) {
  if (table.vector("lower").empty() || table.vector("upper").empty() || domain.dimensions == 0) return;
  for (int a = 0; a < domain.dimensions; ++a) {
    const auto i = static_cast<std::size_t>(a);
    if (place.lower[i] < place.upper[i]) continue;
    table.problem("upper", fmt::format("{} um is not above lower, {} um, along {}", place.upper[i], place.lower[i],
                                       axis_name(a)));
    return;
  }
  if (!reaches_domain(domain, place.lower, place.upper)) table.problem("lower", outside);
}

void check_layer(TableReader& table, const DomainParameters& domain, const Place& place) {
  const std::string axis = table.text("axis");
  if (axis == "z" && domain.dimensions == 2) table.problem("axis", "a 2-D section has no z");
  if (place.from >= place.to)
    table.problem("to", fmt::format("{} is not above from, {}", table.shown_value("to"), table.shown_value("from")));
  const double size = domain.size[static_cast<std::size_t>(place.axis)];
  if (!axis.empty() && size > 0.0 && (place.to <= 0.0 || place.from >= size)) table.problem("from", outside);
}

}  // namespace

std::string not_of_shape(const std::string& shape, const std::string& others) {
  return fmt::format("does not belong to the shape \"{}\", only to: {}", shape, others);
}

void resolve_place(TableReader& table, const DomainParameters& domain, Place& place) {
  const std::string shape = table.text("shape");
  if (shape.empty()) return;
  place.centre[2] = domain.size[2] / 2.0;  // of a section, whose vectors have two entries
  place.upper[2] = domain.size[2];
  read_rows(table, place, "shapes " + shape);
  if (place.shape == Shape::spheroid || place.shape == Shape::shell) check_sphere(table, domain, place);
  if (place.shape == Shape::box) check_box(table, domain, place);
  if (place.shape == Shape::layer) check_layer(table, domain, place);
}

}  // namespace vesicast::io
