// Keys that several tables share: the shapes of tissue.cells and region, and the maps.
#include "io/config/registry_keys.hpp"

namespace vesicast::io {
namespace {

const char* const user = "choice of the user";

}  // namespace

std::vector<Key> place_keys(const std::string& table, const char* instead, const char* meaning) {
  const auto measure = [&](const char* name, Kind kind, Range range, const char* shapes, const char* what) {
    return Key{.path = table + "." + name,
               .kind = kind,
               .dimension = Dimension::length,
               .absent = "required for the shape",
               .range = range,
               .applies = shapes,
               .meaning = what,
               .source = user};
  };
  Key shape{.path = table + ".shape",
            .kind = Kind::choice,
            .absent = instead,
            .choices = {"domain", "box", "spheroid", "shell", "layer"},
            .applies = "shapes",
            .meaning = std::string(meaning) +
                       ": the whole domain, a box, a sphere, the space between two spheres, or a slab across one axis. "
                       "In 2-D a sphere is a disc",
            .source = user};
  Key axis{.path = table + ".axis",
           .kind = Kind::choice,
           .absent = "required for the shape",
           .choices = {"x", "y", "z"},
           .applies = "layer",
           .meaning = "Axis across the slab",
           .source = user};
  return {
      shape,
      measure("centre", Kind::vector, {}, "spheroid shell", "Centre of the sphere or shell; two entries in 2-D"),
      measure("radius", Kind::quantity, positive, "spheroid shell", "Radius of the sphere, outer radius of the shell"),
      measure("inner_radius", Kind::quantity, not_negative, "shell", "Inner radius of the shell, below radius"),
      measure("lower", Kind::vector, {}, "box", "Lower corner of the box; two entries in 2-D"),
      measure("upper", Kind::vector, {}, "box", "Upper corner of the box, above lower on every axis"),
      axis,
      measure("from", Kind::quantity, {}, "layer", "Where the slab begins on the axis"),
      measure("to", Kind::quantity, {}, "layer", "Where the slab ends on the axis, above from"),
  };
}

std::vector<Key> map_keys(const std::string& table, const char* file, const char* applies, const char* content) {
  const auto key = [&](const char* name, const std::string& meaning) {
    return Key{.path = table + "." + name,
               .kind = Kind::string,
               .required = true,
               .applies = applies,
               .meaning = meaning,
               .source = user};
  };
  return {key(file,
              "A VTK image (.vti, .pvti) whose voxels are the domain's, or a CSV of x, y, z and values; relative to "
              "the folder "
              "of the config"),
          key("array", std::string("Name of the image's cell-data array, or of the CSV's column: ") + content)};
}

}  // namespace vesicast::io
