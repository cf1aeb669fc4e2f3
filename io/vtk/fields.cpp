#include "io/vtk/fields.hpp"

#include <fmt/format.h>
#include <vtkCellData.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkXMLImageDataWriter.h>

#include <array>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

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

/// Every rank's box on rank 0; nothing on the others. Collective.
std::vector<Box> gather_boxes(MPI_Comm comm, const Box& mine) {
  int rank = 0, size = 1;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  std::vector<Box> boxes(rank == 0 ? static_cast<std::size_t>(size) : 0);
  MPI_Gather(&mine, sizeof(Box), MPI_BYTE, boxes.data(), sizeof(Box), MPI_BYTE, 0, comm);
  return boxes;
}

std::string index_text(const SnapshotName& name, const Grid& grid, const std::vector<Box>& boxes,
                       std::span<const NamedValues> arrays) {
  std::string text;
  const auto out = std::back_inserter(text);
  fmt::format_to(out,
                 "<?xml version=\"1.0\"?>\n<VTKFile type=\"PImageData\" version=\"1.0\" byte_order=\"LittleEndian\" "
                 "header_type=\"UInt64\" compressor=\"vtkZLibDataCompressor\">\n"
                 "  <PImageData WholeExtent=\"{}\" GhostLevel=\"0\" Origin=\"0 0 0\" Spacing=\"{} {} {}\">\n"
                 "    <PCellData>\n",
                 fmt::join(extent(grid.box()), " "), grid.spacing[0], grid.spacing[1], grid.spacing[2]);
  for (const NamedValues& array : arrays)
    fmt::format_to(out, "      <PDataArray type=\"Float64\" Name=\"{}\"/>\n", xml_escaped(array.name));
  text += "    </PCellData>\n";
  for (std::size_t rank = 0; rank < boxes.size(); ++rank)
    if (!boxes[rank].empty())
      fmt::format_to(out, "    <Piece Extent=\"{}\" Source=\"{}\"/>\n", fmt::join(extent(boxes[rank]), " "),
                     name.piece_from_index(static_cast<int>(rank)));
  return text += "  </PImageData>\n</VTKFile>\n";
}

}  // namespace

void write_voxels(MPI_Comm comm, const std::filesystem::path& run_folder, std::string_view kind, int index,
                  double time_s, const Grid& grid, const Box& owned, std::span<const NamedValues> arrays,
                  std::span<const Note> notes) {
  const SnapshotName name{std::string(kind), "vti", index};
  const std::vector<Box> boxes = gather_boxes(comm, owned);
  std::function<std::string()> piece;
  if (!owned.empty())
    piece = [&] {
      vtkNew<vtkImageData> image;
      image->SetExtent(extent(owned).data());
      image->SetSpacing(grid.spacing.data());
      add_arrays(*image->GetCellData(), arrays, static_cast<std::size_t>(owned.volume()));
      add_notes(*image->GetFieldData(), time_s, notes);
      vtkNew<vtkXMLImageDataWriter> writer;
      writer->SetInputData(image);
      return piece_text(*writer);
    };
  write_snapshot(comm, run_folder, name, time_s, piece, [&] { return index_text(name, grid, boxes, arrays); });
}

void write_fields(MPI_Comm comm, const std::filesystem::path& run_folder, int index, double time_s, const Grid& grid,
                  const Box& owned, std::span<const NamedValues> arrays, std::span<const Note> notes) {
  write_voxels(comm, run_folder, "fields", index, time_s, grid, owned, arrays, notes);
}

}  // namespace vesicast::io
