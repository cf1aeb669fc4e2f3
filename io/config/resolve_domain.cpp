#include <fmt/format.h>

#include <cmath>
#include <cstddef>

#include "io/config/read_rows.hpp"
#include "io/config/resolve_tables.hpp"

namespace vesicast::io {
namespace {

/// "9.999 um" reads badly where 10 um was meant: lengths in messages have ten digits.
std::string length_text(double length) {
  return fmt::format("\"{:.10g} um\"", length);
}

void check_whole_voxels(TableReader& domain, double size, double voxel, int axis) {
  const double voxels = size / voxel;
  if (std::abs(voxels - std::round(voxels)) <= 1e-9 * voxels && voxels > 0.5) return;
  const double below = std::floor(voxels) * voxel, above = std::ceil(voxels) * voxel;
  const std::string nearest_sizes =
      below > 0.0 ? fmt::format("the nearest sizes are {} and {}", length_text(below), length_text(above))
                  : fmt::format("the nearest size is {}", length_text(above));
  domain.problem("size", fmt::format("{} along {} is not a whole number of voxels of {}; {}", length_text(size),
                                     axis_name(axis), length_text(voxel), nearest_sizes));
}

/// Sizes, voxels, thickness.
void resolve_grid(TableReader& table, DomainParameters& domain) {
  const std::vector<double> size = table.vector("size");
  std::vector<double> voxel = table.vector("voxel");
  table.known().dimensions = domain.dimensions = static_cast<int>(size.size());
  if (size.empty()) return;
  if (voxel.size() == 1) voxel.assign(size.size(), voxel[0]);
  if (!voxel.empty() && voxel.size() != size.size())
    table.problem("voxel", fmt::format("has {} entries, but domain.size has {}", voxel.size(), size.size()));
  for (std::size_t a = 0; a < size.size(); ++a) {
    domain.size[a] = size[a];
    if (voxel.size() != size.size()) continue;
    domain.voxel[a] = voxel[a];
    check_whole_voxels(table, size[a], voxel[a], static_cast<int>(a));
  }
  if (domain.dimensions == 3) {
    if (table.has("thickness"))
      table.name_problem("thickness", "only a 2-D section has a thickness; domain.size has 3 entries");
  } else if (table.has("thickness")) {
    domain.size[2] = domain.voxel[2] = table.quantity("thickness");
  } else {
    table.missing("thickness");
  }
}

/// alpha: a number, "from cells", or a map; then all that is one value.
void resolve_values(TableReader& table, DomainParameters& domain) {
  const char *const alpha = "extracellular_fraction", *const floor = "fraction_floor";
  domain.fraction_from_cells = !table.has_table(alpha) && table.text(alpha) == "from cells";
  if (!domain.fraction_from_cells && table.has(floor))
    table.name_problem(floor, "belongs to extracellular_fraction = \"from cells\" only");
  read_rows(table, domain, "", {domain.fraction_from_cells ? "" : floor});
}

/// The kinds of both faces of an axis.
void resolve_faces(TableReader& boundary, int axis, std::array<FaceBoundary, 2>& faces) {
  // The axis' own key is not needed, and not written, where each face has its key.
  const bool lower = boundary.has(face_name(axis, 0)), both = lower && boundary.has(face_name(axis, 1));
  if (!both || boundary.has(axis_name(axis))) (void)boundary.text(axis_name(axis));
  for (const int side : {0, 1})
    faces[static_cast<std::size_t>(side)].kind = kind_of(boundary.text(key_of_face(boundary, axis, side)));
  if ((faces[0].kind == BoundaryKind::periodic) != (faces[1].kind == BoundaryKind::periodic))
    boundary.problem(
        face_name(axis, lower ? 0 : 1),
        fmt::format("\"periodic\" joins both faces of {}: set it on both, or on neither", axis_name(axis)));
}

}  // namespace

Boundaries resolve_domain(TableReader& top, DomainParameters& domain) {
  TableReader table = top.table("domain");
  resolve_grid(table, domain);
  resolve_values(table, domain);
  TableReader boundary = table.table("boundary");
  check_faces(boundary);
  Boundaries kinds{};
  for (int axis = 0; axis < 3; ++axis)
    if (axis < domain.dimensions || (domain.dimensions == 0 && (axis < 2 || boundary.has("z"))))
      resolve_faces(boundary, axis, kinds[static_cast<std::size_t>(axis)]);
  return kinds;
}

}  // namespace vesicast::io
