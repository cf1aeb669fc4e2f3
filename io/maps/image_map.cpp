#include "io/maps/image_map.hpp"

#include <fmt/format.h>
#include <vtkCellData.h>
#include <vtkDataArray.h>
#include <vtkImageData.h>
#include <vtkMatrix3x3.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkXMLImageDataReader.h>
#include <vtkXMLPImageDataReader.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "decomposition/voxel_search.hpp"
#include "io/text/csv_rows.hpp"
#include "io/text/nearest.hpp"
#include "io/vtk/read_xml.hpp"

namespace vesicast::io {
namespace {

std::string grid_text(const Index3& n, const Vector3& h, std::size_t dimensions) {
  if (dimensions == 2) return fmt::format("{} x {} voxels of {:.9g} x {:.9g} um", n[0], n[1], h[0], h[1]);
  return fmt::format("{} x {} x {} voxels of {:.9g} x {:.9g} x {:.9g} um", n[0], n[1], n[2], h[0], h[1], h[2]);
}

void require_same_grid(vtkImageData& image, const Grid& grid, const std::string& file) {
  const int* extent = image.GetExtent();
  Index3 n{};
  Vector3 h{};
  bool same = true;
  for (std::size_t a = 0; a < 3; ++a) {
    n[a] = std::max(1, extent[2 * a + 1] - extent[2 * a]);  // a flat image has one layer of pixels
    h[a] = image.GetSpacing()[a];
    same = same && n[a] == grid.voxels[a];
    if (a < grid.dimensions) same = same && std::abs(h[a] - grid.spacing[a]) <= 1e-6 * grid.spacing[a];
  }
  const std::size_t dimensions = n[2] == 1 ? grid.dimensions : 3;
  if (!same)
    throw InputError(fmt::format("{}: the image has {}, the domain {}", file, grid_text(n, h, dimensions),
                                 grid_text(grid.voxels, grid.spacing, grid.dimensions)));
  if (!image.GetDirectionMatrix()->IsIdentity())
    throw InputError(fmt::format("{}: the image is turned; its axes must be x, y and z", file));
}

std::vector<std::string> names_of(vtkDataSetAttributes& data) {
  std::vector<std::string> names;
  for (int i = 0; i < data.GetNumberOfArrays(); ++i)
    if (const char* name = data.GetArrayName(i)) names.emplace_back(name);
  return names;
}

vtkDataArray& find_array(vtkImageData& image, const MapFile& map, int components) {
  vtkDataArray* array = image.GetCellData()->GetArray(map.array.c_str());
  if (array == nullptr && image.GetPointData()->GetArray(map.array.c_str()) != nullptr)
    throw InputError(
        fmt::format("{}: {} is point data; a map is cell data, one value per voxel", map.file, shown(map.array)));
  if (array == nullptr)
    throw InputError(fmt::format("{}: no cell data is called {}{}", map.file, shown(map.array),
                                 suggestion(map.array, names_of(*image.GetCellData()), "cell data arrays")));
  if (array->GetNumberOfComponents() != components)
    throw InputError(fmt::format("{}: {} has {} component{}, not {}", map.file, shown(map.array),
                                 array->GetNumberOfComponents(), array->GetNumberOfComponents() == 1 ? "" : "s",
                                 components));
  return *array;
}

}  // namespace

std::vector<double> read_image_map(const MapFile& map, const Grid& grid, const Box& part, int components) {
  vtkNew<vtkXMLImageDataReader> whole;
  vtkNew<vtkXMLPImageDataReader> pieces;
  const bool in_pieces = map.file.ends_with(".pvti");
  read_xml(in_pieces ? static_cast<vtkXMLReader&>(*pieces) : *whole, map.file);
  vtkImageData& image = in_pieces ? *pieces->GetOutput() : *whole->GetOutput();
  require_same_grid(image, grid, map.file);
  vtkDataArray& array = find_array(image, map, components);
  if (array.GetNumberOfTuples() != grid.size())
    throw unreadable(map.file, fmt::format("{} has {} values for {} voxels", shown(map.array),
                                           array.GetNumberOfTuples(), grid.size()));
  const std::int64_t n = part.volume();
  std::vector<double> values(static_cast<std::size_t>(n * components));
  for (std::int64_t i = 0; i < grid.size(); ++i) {
    const Index3 v = grid.box().voxel(i);
    const bool wanted = part.contains(v);
    for (int c = 0; c < components; ++c) {
      const double value = array.GetComponent(i, c);
      if (!std::isfinite(value))
        throw InputError(fmt::format("{}: {} is {} in {}", map.file, shown(map.array), value, voxel_text(grid, v)));
      if (wanted) values[static_cast<std::size_t>(c * n + part.offset(v))] = value;
    }
  }
  return values;
}

}  // namespace vesicast::io
