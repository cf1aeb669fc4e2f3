#include "io/config/resolve_shapes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "io/config/resolve_tables.hpp"

namespace vesicast::io {
namespace {

Shape shape_of(const std::string& word) {
  if (word == "box") return Shape::box;
  if (word == "spheroid") return Shape::spheroid;
  if (word == "shell") return Shape::shell;
  if (word == "layer") return Shape::layer;
  return Shape::domain;
}

void resolve_types(TableReader& table, const std::vector<std::string>& cell_types, CellGroup& group) {
  if (table.has("type") && table.has("mix")) {
    table.name_problem("mix", "type and mix exclude each other");
  } else if (table.has("type")) {
    const std::string type = table.text("type");
    if (check_cell_type(table, "type", type, cell_types)) group.types[type] = 1.0;
  } else if (table.has("mix")) {
    TableReader mix = table.table("mix");
    double sum = 0.0;
    for (const std::string& type : mix.names()) {
      check_cell_type(mix, type, type, cell_types);
      sum += group.types[type] = mix.number(type);
    }
    if (std::abs(sum - 1.0) > 1e-9) table.problem("mix", fmt::format("the shares add up to {:.10g}, not to 1", sum));
    for (auto& [type, share] : group.types) share /= sum;
  } else {
    table.problem("the cells have no type: give type = \"NAME\" or mix = { NAME = share, ... }");
  }
}

void resolve_number_of_cells(TableReader& table, CellGroup& group) {
  const bool density = table.has("density"), count = table.has("count");
  if (density && count) table.name_problem("count", "density and count exclude each other");
  if (!density && !count) table.problem("the number of cells is open: give density or count");
  if (density) group.density = table.quantity("density");
  if (count && !density) group.count = table.integer("count");
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

void resolve_sphere(TableReader& table, const DomainParameters& domain, CellGroup& group) {
  need(table, {"centre", "radius"});
  group.centre = read_vector(table, "centre", domain, domain.size[2] / 2.0);
  group.radius = table.quantity("radius");
  if (group.shape == Shape::shell) {
    need(table, {"inner_radius"});
    group.inner_radius = table.quantity("inner_radius");
    if (group.inner_radius >= group.radius)
      table.problem("inner_radius", fmt::format("{} is not below radius, {}", table.shown_value("inner_radius"),
                                                table.shown_value("radius")));
  }
  if (!table.has("centre")) return;
  Vector3 lower{}, upper{};
  for (std::size_t a = 0; a < 3; ++a) {
    lower[a] = group.centre[a] - group.radius;
    upper[a] = group.centre[a] + group.radius;
  }
  if (!reaches_domain(domain, lower, upper)) table.problem("centre", "the shape lies outside the domain");
}

void resolve_box(TableReader& table, const DomainParameters& domain, CellGroup& group) {
  need(table, {"lower", "upper"});
  const bool both = !table.vector("lower").empty() && !table.vector("upper").empty();
  group.lower = read_vector(table, "lower", domain, 0.0);
  group.upper = read_vector(table, "upper", domain, domain.size[2]);
  if (!both || domain.dimensions == 0) return;
  for (int a = 0; a < domain.dimensions; ++a) {
    const auto i = static_cast<std::size_t>(a);
    if (group.lower[i] < group.upper[i]) continue;
    table.problem("upper", fmt::format("{} um is not above lower, {} um, along {}", group.upper[i], group.lower[i],
                                       axis_name(a)));
    return;
  }
  if (!reaches_domain(domain, group.lower, group.upper)) table.problem("lower", "the shape lies outside the domain");
}

void resolve_layer(TableReader& table, const DomainParameters& domain, CellGroup& group) {
  need(table, {"axis", "from", "to"});
  const std::string axis = table.text("axis");
  if (!axis.empty()) group.axis = axis_of(axis);
  if (axis == "z" && domain.dimensions == 2) table.problem("axis", "a 2-D section has no z");
  group.from = table.quantity("from");
  group.to = table.quantity("to");
  if (group.from >= group.to)
    table.problem("to", fmt::format("{} is not above from, {}", table.shown_value("to"), table.shown_value("from")));
  const double size = domain.size[static_cast<std::size_t>(group.axis)];
  if (!axis.empty() && size > 0.0 && (group.to <= 0.0 || group.from >= size))
    table.problem("from", "the shape lies outside the domain");
}

}  // namespace

Vector3 read_vector(TableReader& table, const char* key, const DomainParameters& domain, double third) {
  Vector3 value{0.0, 0.0, third};
  const std::vector<double> entries = table.vector(key);
  if (entries.empty()) return value;
  if (domain.dimensions != 0 && entries.size() != static_cast<std::size_t>(domain.dimensions))
    table.problem(key, fmt::format("has {} entries; the domain has {} dimensions", entries.size(), domain.dimensions));
  std::copy_n(entries.begin(), std::min<std::size_t>(entries.size(), 3), value.begin());
  return value;
}

void resolve_shape(TableReader& table, const DomainParameters& domain, const std::vector<std::string>& cell_types,
                   CellGroup& group) {
  resolve_types(table, cell_types, group);
  resolve_number_of_cells(table, group);
  const std::string shape = table.text("shape");
  if (shape.empty()) return;
  group.shape = shape_of(shape);
  switch (group.shape) {
    case Shape::domain:
      break;
    case Shape::box:
      resolve_box(table, domain, group);
      break;
    case Shape::spheroid:
    case Shape::shell:
      resolve_sphere(table, domain, group);
      break;
    case Shape::layer:
      resolve_layer(table, domain, group);
      break;
  }
}

}  // namespace vesicast::io
