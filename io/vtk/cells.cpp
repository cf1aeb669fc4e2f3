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
#include <iterator>
#include <optional>
#include <vector>

#include "decomposition/base/error.hpp"
#include "decomposition/collectively.hpp"
#include "io/vtk/gather.hpp"
#include "io/vtk/piece.hpp"
#include "io/vtk/snapshot.hpp"
#include "io/vtk/xml.hpp"

namespace vesicast::io {
namespace {

template <class VtkArray, class T>
void add_integers(vtkPointData& data, const char* name, const std::vector<T>& values) {
  vtkNew<VtkArray> array;
  array->SetName(name);
  array->SetNumberOfValues(static_cast<vtkIdType>(values.size()));
  std::ranges::copy(values, array->GetPointer(0));
  data.AddArray(array);
}

void add_points(vtkPolyData& data, const GatheredCells& cells) {
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

std::string index_text(const SnapshotName& name, const std::vector<int>& pieces, std::span<const NamedValues> arrays,
                       const VtkForm& form) {
  std::string text;
  const auto out = std::back_inserter(text);
  fmt::format_to(out,
                 "<?xml version=\"1.0\"?>\n<VTKFile type=\"PPolyData\" version=\"1.0\" byte_order=\"LittleEndian\" "
                 "header_type=\"UInt64\"{}>\n  <PPolyData GhostLevel=\"0\">\n"
                 "    <PPointData>\n      <PDataArray type=\"Int64\" Name=\"id\"/>\n"
                 "      <PDataArray type=\"Int32\" Name=\"type\"/>\n",
                 compressor_attribute(form.compression));
  for (const NamedValues& array : arrays)
    fmt::format_to(out, "      <PDataArray type=\"{}\" Name=\"{}\"/>\n", vtk_type(form.precision),
                   xml_escaped(array.name));
  text +=
      "    </PPointData>\n    <PPoints>\n"
      "      <PDataArray type=\"Float64\" Name=\"Points\" NumberOfComponents=\"3\"/>\n    </PPoints>\n";
  for (const int writer : pieces) fmt::format_to(out, "    <Piece Source=\"{}\"/>\n", name.piece_from_index(writer));
  return text += "  </PPolyData>\n</VTKFile>\n";
}

std::string cells_text(const GatheredCells& cells, std::span<const NamedValues> arrays,
                       std::span<const std::string> cell_types, double time_s, std::span<const Note> notes,
                       const VtkForm& form) {
  vtkNew<vtkPolyData> data;
  add_points(*data, cells);
  vtkPointData& values = *data->GetPointData();
  add_integers<vtkTypeInt64Array>(values, "id", cells.ids);
  add_integers<vtkTypeInt32Array>(values, "type", cells.types);
  std::vector<std::vector<float>> single;
  if (form.precision == Precision::single_precision) {
    for (const auto& a : cells.arrays) {
      auto& rounded = single.emplace_back(a.size());
      std::ranges::transform(a, rounded.begin(), [](double x) { return static_cast<float>(x); });
    }
    add_arrays(values, arrays, single, cells.ids.size());
  } else {
    add_arrays(values, arrays, cells.arrays, cells.ids.size());
  }
  add_notes(*data->GetFieldData(), time_s, notes);
  add_texts(*data->GetFieldData(), "cell types", cell_types);
  vtkNew<vtkXMLPolyDataWriter> writer;
  writer->SetInputData(data);
  return piece_text(*writer, form.compression);
}

}  // namespace

void write_cells(MPI_Comm comm, const std::filesystem::path& run_folder, int index, double time_s,
                 const CellPoints& cells, std::span<const NamedValues> arrays, std::span<const std::string> cell_types,
                 std::span<const Note> notes, const VtkForm& form, KnownSeries& series) {
  collectively(comm, [&] {
    if (cells.positions.size() != cells.ids.size() || cells.types.size() != cells.ids.size())
      throw InternalError(fmt::format("cell output got {} ids, {} positions and {} types", cells.ids.size(),
                                      cells.positions.size(), cells.types.size()));
    require_sizes(arrays, cells.ids.size());
  });
  const SnapshotName name{"cells", "vtp", index};
  CellGather gather(comm, cells.ids.size(), form.writers, arrays.size());
  std::vector<int> pieces;
  for (int w = 0; w < gather.writers().count(); ++w)
    if (gather.has_cells(w)) pieces.push_back(w);
  if (pieces.empty()) pieces.push_back(0);
  const bool has_piece = std::ranges::find(pieces, gather.writers().mine()) != pieces.end();
  const auto write_piece = [&](StagedFile* file) {
    std::optional<PieceFile> out;
    if (file != nullptr) out.emplace(*file, "");
    bool any = false;
    const auto add = [&](const GatheredCells& some) {
      any = true;
      out->add(cells_text(some, arrays, cell_types, time_s, notes, form));
    };
    gather.gather(cells.ids, cells.positions, cells.types, arrays, add);
    if (!out) return;
    if (!any) {
      GatheredCells none;
      none.arrays.resize(arrays.size());
      add(none);
    }
    out->finish();
  };
  write_snapshot(
      comm, run_folder, name, time_s, has_piece ? gather.writers().mine() : -1, write_piece,
      [&] { return index_text(name, pieces, arrays, form); }, series);
}

}  // namespace vesicast::io
