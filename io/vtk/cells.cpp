#include "io/vtk/cells.hpp"

#include <fmt/format.h>
#include <vtkCellArray.h>
#include <vtkDoubleArray.h>
#include <vtkFieldData.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkTypeInt32Array.h>
#include <vtkTypeInt64Array.h>
#include <vtkXMLPolyDataWriter.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <vector>

#include "decomposition/base/error.hpp"
#include "io/vtk/piece.hpp"
#include "io/vtk/snapshot.hpp"
#include "io/vtk/xml.hpp"

namespace vesicast::io {
namespace {

/// Which ranks write a piece, on rank 0; nothing on the others. Collective.
std::vector<int> gather_flags(MPI_Comm comm, int mine) {
  int rank = 0, size = 1;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  std::vector<int> flags(rank == 0 ? static_cast<std::size_t>(size) : 0);
  MPI_Gather(&mine, 1, MPI_INT, flags.data(), 1, MPI_INT, 0, comm);
  return flags;
}

template <class VtkArray, class T>
void add_integers(vtkPointData& data, const char* name, std::span<const T> values) {
  vtkNew<VtkArray> array;
  array->SetName(name);
  array->SetNumberOfValues(static_cast<vtkIdType>(values.size()));
  std::ranges::copy(values, array->GetPointer(0));
  data.AddArray(array);
}

void add_points(vtkPolyData& data, const CellPoints& cells) {
  vtkNew<vtkPoints> points;
  points->SetDataTypeToDouble();  // VTK's default would round the centres to single precision
  points->SetNumberOfPoints(static_cast<vtkIdType>(cells.positions.size()));
  vtkNew<vtkCellArray> vertices;
  vertices->AllocateExact(points->GetNumberOfPoints(), points->GetNumberOfPoints());
  for (vtkIdType i = 0; i < points->GetNumberOfPoints(); ++i) {
    points->SetPoint(i, cells.positions[static_cast<std::size_t>(i)].data());
    vertices->InsertNextCell(1, &i);
  }
  data.SetPoints(points);
  data.SetVerts(vertices);
}

std::string index_text(const SnapshotName& name, const std::vector<int>& has_piece,
                       std::span<const NamedValues> arrays) {
  std::string text =
      "<?xml version=\"1.0\"?>\n<VTKFile type=\"PPolyData\" version=\"1.0\" byte_order=\"LittleEndian\" "
      "header_type=\"UInt64\" compressor=\"vtkZLibDataCompressor\">\n  <PPolyData GhostLevel=\"0\">\n"
      "    <PPointData>\n      <PDataArray type=\"Int64\" Name=\"id\"/>\n"
      "      <PDataArray type=\"Int32\" Name=\"type\"/>\n";
  const auto out = std::back_inserter(text);
  for (const NamedValues& array : arrays)
    fmt::format_to(out, "      <PDataArray type=\"Float64\" Name=\"{}\"/>\n", xml_escaped(array.name));
  text +=
      "    </PPointData>\n    <PPoints>\n"
      "      <PDataArray type=\"Float64\" Name=\"Points\" NumberOfComponents=\"3\"/>\n    </PPoints>\n";
  for (std::size_t rank = 0; rank < has_piece.size(); ++rank)
    if (has_piece[rank] != 0)
      fmt::format_to(out, "    <Piece Source=\"{}\"/>\n", name.piece_from_index(static_cast<int>(rank)));
  return text += "  </PPolyData>\n</VTKFile>\n";
}

}  // namespace

void write_cells(MPI_Comm comm, const std::filesystem::path& run_folder, int index, double time_s,
                 const CellPoints& cells, std::span<const NamedValues> arrays, std::span<const std::string> cell_types,
                 std::span<const Note> notes) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  const SnapshotName name{"cells", "vtp", index};
  int none_anywhere = cells.ids.empty() ? 1 : 0;
  MPI_Allreduce(MPI_IN_PLACE, &none_anywhere, 1, MPI_INT, MPI_MIN, comm);
  const bool has_piece = !cells.ids.empty() || (none_anywhere == 1 && rank == 0);
  const std::vector<int> pieces = gather_flags(comm, has_piece ? 1 : 0);

  std::function<std::string()> piece;
  if (has_piece)
    piece = [&] {
      if (cells.positions.size() != cells.ids.size() || cells.types.size() != cells.ids.size())
        throw InternalError(fmt::format("cell output got {} ids, {} positions and {} types", cells.ids.size(),
                                        cells.positions.size(), cells.types.size()));
      vtkNew<vtkPolyData> data;
      add_points(*data, cells);
      add_integers<vtkTypeInt64Array>(*data->GetPointData(), "id", cells.ids);
      add_integers<vtkTypeInt32Array>(*data->GetPointData(), "type", cells.types);
      add_arrays(*data->GetPointData(), arrays, cells.ids.size());
      add_notes(*data->GetFieldData(), time_s, notes);
      add_texts(*data->GetFieldData(), "cell types", cell_types);
      vtkNew<vtkXMLPolyDataWriter> writer;
      writer->SetInputData(data);
      return piece_text(*writer);
    };
  write_snapshot(comm, run_folder, name, time_s, piece, [&] { return index_text(name, pieces, arrays); });
}

}  // namespace vesicast::io
