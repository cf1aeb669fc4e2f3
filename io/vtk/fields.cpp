#include "io/vtk/fields.hpp"

#include <fmt/format.h>
#include <vtkCellData.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkXMLImageDataWriter.h>

#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "decomposition/collectively.hpp"
#include "io/vtk/gather.hpp"
#include "io/vtk/piece.hpp"
#include "io/vtk/snapshot.hpp"
#include "io/vtk/xml.hpp"

namespace vesicast::io {
namespace {

/// VTK's extents count points: voxel i lies between points i and i + 1.
std::array<int, 6> extent(const Box& box) {
  std::array<int, 6> e{};
  for (std::size_t a = 0; a < 3; ++a) {
    e[2 * a] = static_cast<int>(box.lower[a]);
    e[2 * a + 1] = static_cast<int>(box.upper[a]);
  }
  return e;
}

/// Where the image's lower corner lies along each axis, and how large its voxels are [um].
struct Placement {
  Vector3 origin{}, spacing{};
};

Placement placement_of(const VoxelImage& image) {
  const auto stride = static_cast<double>(image.sample.stride);
  Placement p;
  for (std::size_t a = 0; a < 3; ++a) {
    // An axis of one voxel keeps its thickness.
    const double factor = image.grid.voxels[a] == 1 ? 1.0 : stride;
    p.spacing[a] = factor * image.grid.spacing[a];
    p.origin[a] =
        (static_cast<double>(image.sample.region.lower[a]) + 0.5 * (1.0 - factor)) * image.grid.spacing[a] + 0.0;
  }
  return p;
}

std::string index_text(const SnapshotName& name, const VoxelImage& image, const std::vector<Box>& pieces,
                       std::span<const NamedValues> arrays, const VtkForm& form) {
  std::string text;
  const auto out = std::back_inserter(text);
  const Placement p = placement_of(image);
  fmt::format_to(out,
                 "<?xml version=\"1.0\"?>\n<VTKFile type=\"PImageData\" version=\"1.0\" byte_order=\"LittleEndian\" "
                 "header_type=\"UInt64\"{}>\n"
                 "  <PImageData WholeExtent=\"{}\" GhostLevel=\"0\" Origin=\"{}\" Spacing=\"{}\">\n"
                 "    <PCellData>\n",
                 compressor_attribute(form.compression), fmt::join(extent({{0, 0, 0}, image.sample.voxels()}), " "),
                 fmt::join(p.origin, " "), fmt::join(p.spacing, " "));
  for (const NamedValues& array : arrays)
    fmt::format_to(out, "      <PDataArray type=\"{}\" Name=\"{}\"/>\n", vtk_type(form.precision),
                   xml_escaped(array.name));
  text += "    </PCellData>\n";
  for (std::size_t w = 0; w < pieces.size(); ++w)
    if (!pieces[w].empty())
      fmt::format_to(out, "    <Piece Extent=\"{}\" Source=\"{}\"/>\n", fmt::join(extent(pieces[w]), " "),
                     name.piece_from_index(static_cast<int>(w)));
  return text += "  </PImageData>\n</VTKFile>\n";
}

template <class T>
std::string slab_text(const VoxelImage& image, const Box& slab, std::span<const NamedValues> arrays,
                      const std::vector<std::vector<T>>& values, double time_s, std::span<const Note> notes,
                      Compression compression) {
  const Placement p = placement_of(image);
  vtkNew<vtkImageData> data;
  data->SetExtent(extent(slab).data());
  data->SetOrigin(p.origin.data());
  data->SetSpacing(p.spacing.data());
  add_arrays(*data->GetCellData(), arrays, values, static_cast<std::size_t>(slab.volume()));
  add_notes(*data->GetFieldData(), time_s, notes);
  vtkNew<vtkXMLImageDataWriter> writer;
  writer->SetInputData(data);
  return piece_text(*writer, compression);
}

}  // namespace

void write_voxels(MPI_Comm comm, const std::filesystem::path& run_folder, std::string_view kind, int index,
                  double time_s, const VoxelImage& image, std::span<const NamedValues> arrays,
                  std::span<const Note> notes, const VtkForm& form, KnownSeries& series) {
  const SnapshotName name{std::string(kind), "vti", index};
  collectively(comm, [&] { require_sizes(arrays, static_cast<std::size_t>(image.owned.volume())); });
  const bool single = form.precision == Precision::single_precision;
  SlabGather gather(comm, image.owned, image.sample, form.writers,
                    arrays.size() * (single ? sizeof(float) : sizeof(double)));
  const int mine = gather.writers().mine();
  const bool has_piece = mine >= 0 && !gather.pieces()[static_cast<std::size_t>(mine)].empty();
  const auto write_piece = [&](StagedFile* file) {
    std::optional<PieceFile> pieces;
    if (file != nullptr)
      pieces.emplace(*file, fmt::format("{}", fmt::join(extent(gather.pieces()[static_cast<std::size_t>(mine)]), " ")));
    const auto bring = [&]<class T>(T) {
      gather.gather<T>(arrays, [&](const Box& slab, const std::vector<std::vector<T>>& values) {
        pieces->add(slab_text(image, slab, arrays, values, time_s, notes, form.compression));
      });
    };
    if (single)
      bring(float{});
    else
      bring(double{});
    if (pieces) pieces->finish();
  };
  write_snapshot(
      comm, run_folder, name, time_s, has_piece ? mine : -1, write_piece,
      [&] { return index_text(name, image, gather.pieces(), arrays, form); }, series);
}

}  // namespace vesicast::io
