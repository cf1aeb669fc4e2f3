// Fields and cells written on any number of ranks, some of them empty, read back whole with VTK's own readers.
#include <gtest/gtest.h>
#include <vtkCellData.h>
#include <vtkDataArray.h>
#include <vtkDoubleArray.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkStringArray.h>
#include <vtkVariant.h>
#include <vtkXMLPImageDataReader.h>
#include <vtkXMLPPolyDataReader.h>

#include <algorithm>
#include <bit>
#include <set>

#include "io/vtk/pvd.hpp"
#include "tests/parallel/output_support.hpp"

namespace vesicast::output_vtk_test {
namespace {

using namespace output_test;

std::uint64_t bits(double value) {
  return std::bit_cast<std::uint64_t>(value);
}

double time_value(vtkDataObject& data) {
  auto* time = vtkDoubleArray::SafeDownCast(data.GetFieldData()->GetAbstractArray("TimeValue"));
  return time != nullptr ? time->GetValue(0) : -1.0;
}

void check_fields(const SmallRun& small, const fs::path& index_file, double time_s) {
  vtkNew<vtkXMLPImageDataReader> reader;
  reader->SetFileName(index_file.c_str());
  reader->Update();
  vtkImageData& image = *reader->GetOutput();
  ASSERT_EQ(image.GetNumberOfCells(), small.grid.size());
  EXPECT_EQ(image.GetSpacing()[2], small.grid.spacing[2]);
  EXPECT_EQ(image.GetBounds()[1], small.grid.length(0));
  EXPECT_EQ(time_value(image), time_s);
  auto* note = vtkStringArray::SafeDownCast(image.GetFieldData()->GetAbstractArray("seed"));
  ASSERT_NE(note, nullptr);
  EXPECT_EQ(note->GetValue(0), "1");
  auto* values = vtkDoubleArray::SafeDownCast(image.GetCellData()->GetArray(awkward_name));
  auto* squares = vtkDoubleArray::SafeDownCast(image.GetCellData()->GetArray("exosome [1/um^3]"));
  ASSERT_NE(values, nullptr);
  ASSERT_NE(squares, nullptr);
  for (std::int64_t i = 0; i < small.grid.size(); ++i)
    EXPECT_EQ(bits(values->GetValue(i)), bits(small.field(i))) << "voxel " << i;
}

void check_cells(const SmallRun& small, const fs::path& index_file, double time_s) {
  vtkNew<vtkXMLPPolyDataReader> reader;
  reader->SetFileName(index_file.c_str());
  reader->Update();
  vtkPolyData& data = *reader->GetOutput();
  ASSERT_EQ(data.GetNumberOfPoints(), small.cells);
  EXPECT_EQ(data.GetNumberOfVerts(), small.cells);
  EXPECT_EQ(time_value(data), time_s);
  vtkDataArray* ids = data.GetPointData()->GetArray("id");
  vtkDataArray* types = data.GetPointData()->GetArray("type");
  auto* bound = vtkDoubleArray::SafeDownCast(data.GetPointData()->GetAbstractArray("bound exosome [vesicle]"));
  auto* names = vtkStringArray::SafeDownCast(data.GetFieldData()->GetAbstractArray("cell types"));
  ASSERT_NE(ids, nullptr);
  ASSERT_NE(types, nullptr);
  ASSERT_NE(bound, nullptr);
  ASSERT_NE(names, nullptr);
  ASSERT_EQ(names->GetNumberOfValues(), 2);
  EXPECT_EQ(names->GetValue(1), "CD4+ & \"T\" <cells>");
  EXPECT_STREQ(ids->GetDataTypeAsString(), vtkImageScalarTypeNameMacro(VTK_TYPE_INT64));
  EXPECT_STREQ(types->GetDataTypeAsString(), vtkImageScalarTypeNameMacro(VTK_TYPE_INT32));
  std::set<std::int64_t> seen;
  for (vtkIdType i = 0; i < data.GetNumberOfPoints(); ++i) {
    const std::int64_t id = ids->GetVariantValue(i).ToTypeInt64() - (std::int64_t{1} << 40);
    seen.insert(id);
    EXPECT_EQ(types->GetVariantValue(i).ToInt(), id % 2);
    EXPECT_EQ(bits(bound->GetValue(i)), bits(small.bound(id)));
    for (std::size_t a = 0; a < 3; ++a) EXPECT_EQ(data.GetPoint(i)[a], small.position(id)[a]);
  }
  EXPECT_EQ(static_cast<std::int64_t>(seen.size()), small.cells);
}

TEST(OutputVtk, FieldsReadBackBitForBit) {
  const Scratch scratch;
  const SmallRun small;
  small.write_fields(scratch.path(), 0, 0.0);
  small.write_fields(scratch.path(), 1, 3600.1);
  if (rank() != 0) return;
  check_fields(small, scratch.path() / "fields/fields_000000.pvti", 0.0);
  check_fields(small, scratch.path() / "fields/fields_000001.pvti", 3600.1);
  const auto series = vesicast::io::read_pvd(scratch.path() / "fields.pvd");
  ASSERT_EQ(series.size(), 2u);
  EXPECT_EQ(series[1].time_s, 3600.1);
  EXPECT_EQ(series[1].file, "fields/fields_000001.pvti");
  // Inline base64 is what every ParaView reads; an appended section is not.
  const std::string piece = contents(scratch.path() / "fields/fields_000000/piece_0000.vti");
  EXPECT_NE(piece.find("format=\"binary\""), std::string::npos);
  EXPECT_NE(piece.find("vtkZLibDataCompressor"), std::string::npos);
  EXPECT_EQ(piece.find("AppendedData"), std::string::npos);
}

TEST(OutputVtk, RanksThatOwnNothingWriteNoPiece) {
  const Scratch scratch;
  SmallRun small;
  small.writers = std::max(1, ranks() - 1);
  small.write_fields(scratch.path(), 0, 1.0);
  small.write_cells(scratch.path(), 0, 1.0);
  if (rank() != 0) return;
  check_fields(small, scratch.path() / "fields/fields_000000.pvti", 1.0);
  check_cells(small, scratch.path() / "cells/cells_000000.pvtp", 1.0);
  const auto files = snapshot_of(scratch.path());
  EXPECT_EQ(files.size(), static_cast<std::size_t>(4 + 2 * small.writers));
}

TEST(OutputVtk, ASectionIsOneVoxelThick) {
  const Scratch scratch;
  SmallRun small;
  small.grid = {{11, 5, 1}, {10.0, 10.0, 6.0}, 2};
  small.write_fields(scratch.path(), 0, 2.0);
  if (rank() == 0) check_fields(small, scratch.path() / "fields/fields_000000.pvti", 2.0);
}

TEST(OutputVtk, CellsReadBackBitForBit) {
  const Scratch scratch;
  const SmallRun small;
  small.write_cells(scratch.path(), 0, 0.0);
  small.write_cells(scratch.path(), 1, 1800.0);
  if (rank() != 0) return;
  check_cells(small, scratch.path() / "cells/cells_000001.pvtp", 1800.0);
  EXPECT_EQ(vesicast::io::read_pvd(scratch.path() / "cells.pvd").size(), 2u);
}

TEST(OutputVtk, FewerCellsThanRanks) {
  const Scratch scratch;
  SmallRun small;
  small.cells = 1;
  small.write_cells(scratch.path(), 0, 5.0);
  if (rank() == 0) check_cells(small, scratch.path() / "cells/cells_000000.pvtp", 5.0);
}

TEST(OutputVtk, NoCellAnywhereIsStillAFileWithItsArrays) {
  const Scratch scratch;
  SmallRun small;
  small.cells = 0;
  small.write_cells(scratch.path(), 0, 5.0);
  if (rank() == 0) check_cells(small, scratch.path() / "cells/cells_000000.pvtp", 5.0);
}

TEST(OutputVtk, WritingAnOutputAgainReplacesIt) {
  const Scratch scratch;
  SmallRun small;
  small.write_fields(scratch.path(), 0, 1.0);
  small.changed_voxel = 42;
  small.write_fields(scratch.path(), 0, 1.0);
  if (rank() != 0) return;
  check_fields(small, scratch.path() / "fields/fields_000000.pvti", 1.0);
  EXPECT_EQ(vesicast::io::read_pvd(scratch.path() / "fields.pvd").size(), 1u);
}

TEST(OutputVtk, AnArrayOfTheWrongLengthOnOneRankFailsOnAll) {
  const Scratch scratch;
  const SmallRun small;
  const std::vector<double> values(static_cast<std::size_t>(small.owned().volume() + (rank() == 0 ? 1 : 0)));
  const std::vector<vesicast::io::NamedValues> arrays{{"exosome [1/um^3]", values}};
  const std::string message = failure(vesicast::ExitCode::internal, [&] {
    vesicast::io::write_fields(MPI_COMM_WORLD, scratch.path(), 0, 0.0, small.grid, small.owned(), arrays, {});
  });
  EXPECT_NE(message.find("'exosome [1/um^3]'"), std::string::npos) << message;
  barrier();
  if (rank() == 0) {
    EXPECT_TRUE(snapshot_of(scratch.path()).empty());
  }
}

}  // namespace
}  // namespace vesicast::output_vtk_test
