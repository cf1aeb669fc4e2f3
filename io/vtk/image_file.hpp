#pragma once
/// \file
/// VTK XML images in (.vti, and .pvti with its pieces), read by a parser that nothing in a file can lead astray.
#include <filesystem>
#include <string>
#include <vector>

#include "decomposition/base/box.hpp"
#include "io/vtk/binary_values.hpp"

namespace vesicast::io {

/// One array of a piece, as the file describes it.
struct ImageArray {
  std::string name;
  int components = 1;
  ValueFormat format;
  std::string text;        ///< of format "ascii" and "binary"
  std::size_t offset = 0;  ///< of format "appended", into ImageFile::appended
};

/// A box of voxels, by global index, or of a .pvti the file that has it.
struct ImagePiece {
  Box voxels;
  std::vector<ImageArray> cell_data;
  std::vector<std::string> point_data;  ///< names
  std::string source;
};

struct ImageFile {
  Box voxels;  ///< a flat axis counts as one voxel
  Vector3 spacing{1.0, 1.0, 1.0};
  bool turned = false;  ///< are its axes not x, y and z?
  std::vector<ImagePiece> pieces;
  std::vector<ImageArray> listed;  ///< of a .pvti: names and components of its cell data
  std::string appended;            ///< behind its "_"
};

/// The description of an image and the text of its arrays, no number read yet. Throws InputError, "cannot read FILE:
/// why", with the line, where it is none. Local.
[[nodiscard]] ImageFile read_image_file(const std::filesystem::path& file);

/// The values of an array of cell data of a piece, component by component of each voxel. Throws InputError, "cannot
/// read FILE: array "NAME": why". Local.
[[nodiscard]] std::vector<double> image_values(const std::filesystem::path& file, const ImageFile& image,
                                               const ImagePiece& piece, const ImageArray& array);

}  // namespace vesicast::io
