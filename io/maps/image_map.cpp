#include "io/maps/image_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

#include "decomposition/voxel_search.hpp"
#include "io/text/csv_rows.hpp"
#include "io/text/nearest.hpp"
#include "io/vtk/image_file.hpp"
#include "io/vtk/read_xml.hpp"

namespace vesicast::io {
namespace {

Index3 voxels_of(const Box& box) {
  return {box.extent(0), box.extent(1), box.extent(2)};
}

std::string grid_text(const Index3& n, const Vector3& h, std::size_t dimensions) {
  if (dimensions == 2) return fmt::format("{} x {} voxels of {:.9g} x {:.9g} um", n[0], n[1], h[0], h[1]);
  return fmt::format("{} x {} x {} voxels of {:.9g} x {:.9g} x {:.9g} um", n[0], n[1], n[2], h[0], h[1], h[2]);
}

void require_same_grid(const ImageFile& image, const Grid& grid, const std::string& file) {
  const Index3 n = voxels_of(image.voxels);
  bool same = n == grid.voxels;
  for (std::size_t a = 0; a < grid.dimensions; ++a)
    same = same && std::abs(image.spacing[a] - grid.spacing[a]) <= 1e-6 * grid.spacing[a];
  const std::size_t dimensions = n[2] == 1 ? grid.dimensions : 3;
  if (!same)
    throw InputError(fmt::format("{}: the image has {}, the domain {}", file, grid_text(n, image.spacing, dimensions),
                                 grid_text(grid.voxels, grid.spacing, grid.dimensions)));
  if (image.turned) throw InputError(fmt::format("{}: the image is turned; its axes must be x, y and z", file));
}

std::vector<std::string> names_of(const std::vector<ImageArray>& arrays) {
  std::vector<std::string> names;
  for (const ImageArray& array : arrays) names.push_back(array.name);
  return names;
}

const ImageArray& find_array(const ImagePiece& piece, const MapFile& map, int components, const std::string& file) {
  const auto it = std::ranges::find(piece.cell_data, map.array, &ImageArray::name);
  if (it == piece.cell_data.end() && std::ranges::count(piece.point_data, map.array) > 0)
    throw InputError(
        fmt::format("{}: {} is point data; a map is cell data, one value per voxel", file, shown(map.array)));
  if (it == piece.cell_data.end())
    throw InputError(fmt::format("{}: no cell data is called {}{}", file, shown(map.array),
                                 suggestion(map.array, names_of(piece.cell_data), "cell data arrays")));
  if (it->components != components)
    throw InputError(fmt::format("{}: {} has {} component{}, not {}", file, shown(map.array), it->components,
                                 it->components == 1 ? "" : "s", components));
  return *it;
}

/// The parts of an image as they are read, and which voxels they have filled.
class Filling {
 public:
  Filling(const MapFile& map, const Grid& grid, const Box& part, int components, const Box& whole)
      : map_(map),
        grid_(grid),
        part_(part),
        components_(components),
        whole_(whole),
        values_(static_cast<std::size_t>(part.volume() * components)),
        filled_(static_cast<std::size_t>(grid.size()), false) {}

  void add(const std::string& file, const ImageFile& image, const ImagePiece& piece) {
    const ImageArray& array = find_array(piece, map_, components_, file);
    for (std::size_t a = 0; a < 3; ++a)
      if (piece.voxels.lower[a] < whole_.lower[a] || piece.voxels.upper[a] > whole_.upper[a])
        throw unreadable(file, "a piece lies outside the image");
    const std::vector<double> read = image_values(file, image, piece, array);
    std::size_t next = 0;
    const auto n = static_cast<std::size_t>(part_.volume());
    for (std::int64_t i = 0; i < piece.voxels.volume(); ++i) {
      Index3 v = piece.voxels.voxel(i);
      for (std::size_t a = 0; a < 3; ++a) v[a] -= whole_.lower[a];
      filled_[static_cast<std::size_t>(grid_.global_index(v))] = true;
      const bool wanted = part_.contains(v);
      for (int c = 0; c < components_; ++c) {
        const double value = read[next++];
        if (!std::isfinite(value))
          throw InputError(fmt::format("{}: {} is {} in {}", file, shown(map_.array), value, voxel_text(grid_, v)));
        if (wanted) values_[static_cast<std::size_t>(c) * n + static_cast<std::size_t>(part_.offset(v))] = value;
      }
    }
  }

  std::vector<double> done() {
    const auto gap = std::ranges::find(filled_, false);
    if (gap != filled_.end())
      throw unreadable(map_.file,
                       fmt::format("no piece has {}", voxel_text(grid_, grid_.box().voxel(gap - filled_.begin()))));
    return std::move(values_);
  }

 private:
  const MapFile& map_;
  const Grid& grid_;
  const Box& part_;
  int components_;
  const Box& whole_;
  std::vector<double> values_;
  std::vector<bool> filled_;
};

}  // namespace

std::vector<double> read_image_map(const MapFile& map, const Grid& grid, const Box& part, int components) {
  const ImageFile image = read_image_file(map.file);
  require_same_grid(image, grid, map.file);
  if (image.pieces.empty()) throw unreadable(map.file, "it has no piece");
  Filling filling(map, grid, part, components, image.voxels);
  const std::filesystem::path folder = std::filesystem::path(map.file).parent_path();
  for (const ImagePiece& piece : image.pieces) {
    if (piece.source.empty()) {
      filling.add(map.file, image, piece);
      continue;
    }
    const std::string file = (folder / piece.source).string();
    const ImageFile one = read_image_file(file);
    for (const ImagePiece& inner : one.pieces) {
      if (!inner.source.empty()) throw unreadable(file, "a piece is made of pieces");
      filling.add(file, one, inner);
    }
  }
  return filling.done();
}

}  // namespace vesicast::io
