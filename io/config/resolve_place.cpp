#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "io/config/resolve_faces.hpp"
#include "io/config/resolve_shapes.hpp"

namespace vesicast::io {
namespace {

Shape shape_of(const std::string& word) {
  if (word == "box") return Shape::box;
  if (word == "spheroid") return Shape::spheroid;
  if (word == "shell") return Shape::shell;
  if (word == "layer") return Shape::layer;
  return Shape::domain;
}

void need(TableReader& table, const std::vector<const char*>& names) {
  for (const char* name : names)
    if (!table.has(name)) table.missing(name);
}

/// A domain of unknown size holds everything.
bool reaches_domain(const DomainParameters& domain, const Vector3& lower, const Vector3& upper) {
  for (std::size_t a = 0; a < 3; ++a)
    if (domain.size[a] > 0.0 && (upper[a] <= 0.0 || lower[a] >= domain.size[a])) return false;
  return true;
}

void resolve_sphere(TableReader& table, const DomainParameters& domain, Place& place) {
  need(table, {"centre", "radius"});
  place.centre = read_vector(table, "centre", domain, domain.size[2] / 2.0);
  place.radius = table.quantity("radius");
  if (place.shape == Shape::shell) {
    need(table, {"inner_radius"});
    place.inner_radius = table.quantity("inner_radius");
    if (place.inner_radius >= place.radius)
      table.problem("inner_radius", fmt::format("{} is not below radius, {}", table.shown_value("inner_radius"),
                                                table.shown_value("radius")));
  }
  if (!table.has("centre")) return;
  Vector3 lower{}, upper{};
  for (std::size_t a = 0; a < 3; ++a) {
    lower[a] = place.centre[a] - place.radius;
    upper[a] = place.centre[a] + place.radius;
  }
  if (!reaches_domain(domain, lower, upper)) table.problem("centre", "the shape lies outside the domain");
}

void resolve_box(TableReader& table, const DomainParameters& domain, Place& place) {
  need(table, {"lower", "upper"});
  const bool both = !table.vector("lower").empty() && !table.vector("upper").empty();
  place.lower = read_vector(table, "lower", domain, 0.0);
  place.upper = read_vector(table, "upper", domain, domain.size[2]);
  if (!both || domain.dimensions == 0) return;
  for (int a = 0; a < domain.dimensions; ++a) {
    const auto i = static_cast<std::size_t>(a);
    if (place.lower[i] < place.upper[i]) continue;
    table.problem("upper", fmt::format("{} um is not above lower, {} um, along {}", place.upper[i], place.lower[i],
                                       axis_name(a)));
    return;
  }
  if (!reaches_domain(domain, place.lower, place.upper)) table.problem("lower", "the shape lies outside the domain");
}

void resolve_layer(TableReader& table, const DomainParameters& domain, Place& place) {
  need(table, {"axis", "from", "to"});
  const std::string axis = table.text("axis");
  if (!axis.empty()) place.axis = axis_of(axis);
  if (axis == "z" && domain.dimensions == 2) table.problem("axis", "a 2-D section has no z");
  place.from = table.quantity("from");
  place.to = table.quantity("to");
  if (place.from >= place.to)
    table.problem("to", fmt::format("{} is not above from, {}", table.shown_value("to"), table.shown_value("from")));
  const double size = domain.size[static_cast<std::size_t>(place.axis)];
  if (!axis.empty() && size > 0.0 && (place.to <= 0.0 || place.from >= size))
    table.problem("from", "the shape lies outside the domain");
}

}  // namespace

bool lists(const std::string& list, const std::string& word) {
  return (" " + list + " ").find(" " + word + " ") != std::string::npos;
}

Vector3 read_vector(TableReader& table, const char* key, const DomainParameters& domain, double third) {
  Vector3 value{0.0, 0.0, third};
  const std::vector<double> entries = table.vector(key);
  if (entries.empty()) return value;
  if (domain.dimensions != 0 && entries.size() != static_cast<std::size_t>(domain.dimensions))
    table.problem(key, fmt::format("has {} entries; the domain has {} dimensions", entries.size(), domain.dimensions));
  std::copy_n(entries.begin(), std::min<std::size_t>(entries.size(), 3), value.begin());
  return value;
}

void resolve_place(TableReader& table, const DomainParameters& domain, Place& place) {
  const std::string shape = table.text("shape");
  if (shape.empty()) return;
  place.shape = shape_of(shape);
  switch (place.shape) {
    case Shape::domain:
      break;
    case Shape::box:
      resolve_box(table, domain, place);
      break;
    case Shape::spheroid:
    case Shape::shell:
      resolve_sphere(table, domain, place);
      break;
    case Shape::layer:
      resolve_layer(table, domain, place);
      break;
  }
}

}  // namespace vesicast::io
