// Fields and cells written on any number of ranks, some of them empty, read back whole with VTK's own readers.
#include <gtest/gtest.h>
#include <vtkCellData.h>
#include <vtkDataArray.h>
#include <vtkDoubleArray.h>
#include <vtkFieldData.h>
#include <vtkFloatArray.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkStringArray.h>
#include <vtkVariant.h>
#include <vtkXMLPImageDataReader.h>
#include <vtkXMLPPolyDataReader.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <set>

#include "io/vtk/gather.hpp"
#include "io/vtk/pvd.hpp"
#include "tests/parallel/output_support.hpp"

namespace vesicast::output_vtk_test {
namespace {

using namespace output_test;
using namespace vesicast::io;

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
  fs::path first;
  for (const auto& entry : fs::directory_iterator(scratch.path() / "fields/fields_000000")) first = entry.path();
  const std::string piece = contents(first);
  EXPECT_NE(piece.find("format=\"binary\""), std::string::npos);
  EXPECT_NE(piece.find("vtkLZ4DataCompressor"), std::string::npos);
  EXPECT_EQ(piece.find("AppendedData"), std::string::npos);
}

TEST(OutputVtk, OneWriterMakesOneFileHoweverManyRanks) {
  const Scratch scratch;
  SmallRun small;
  small.owners = std::max(1, ranks() - 1);
  small.form.writers = 1;
  small.write_fields(scratch.path(), 0, 1.0);
  small.write_cells(scratch.path(), 0, 1.0);
  if (rank() != 0) return;
  check_fields(small, scratch.path() / "fields/fields_000000.pvti", 1.0);
  check_cells(small, scratch.path() / "cells/cells_000000.pvtp", 1.0);
  EXPECT_EQ(snapshot_of(scratch.path()).size(), 6u);  // of each a series, an index and a piece
}

TEST(OutputVtk, EveryNumberOfWritersAndEveryCompression) {
  for (const int writers : {1, 2, 3, 100})
    for (const Compression compression : {Compression::lz4, Compression::zlib, Compression::none}) {
      SCOPED_TRACE(writers);
      const Scratch scratch;
      SmallRun small;
      small.form = {writers, compression, Precision::double_precision};
      small.write_fields(scratch.path(), 0, 1.0);
      small.write_cells(scratch.path(), 0, 1.0);
      if (rank() == 0) {
        check_fields(small, scratch.path() / "fields/fields_000000.pvti", 1.0);
        check_cells(small, scratch.path() / "cells/cells_000000.pvtp", 1.0);
        EXPECT_LE(snapshot_of(scratch.path()).size(), static_cast<std::size_t>(4 + 2 * std::min(writers, ranks())));
        const std::string piece = contents(scratch.path() / "cells/cells_000000/piece_0000.vtp");
        const char* const name[] = {"vtkLZ4DataCompressor", "vtkZLibDataCompressor", "compressor"};
        EXPECT_EQ(piece.find(name[static_cast<int>(compression)]) == std::string::npos,
                  compression == Compression::none);
      }
      barrier();
    }
}

TEST(OutputVtk, SinglePrecisionIsTheNearestFloat) {
  const Scratch scratch;
  SmallRun small;
  small.form.precision = Precision::single_precision;
  small.write_fields(scratch.path(), 0, 1.0);
  small.write_cells(scratch.path(), 0, 1.0);
  if (rank() != 0) return;
  vtkNew<vtkXMLPImageDataReader> fields;
  fields->SetFileName((scratch.path() / "fields/fields_000000.pvti").c_str());
  fields->Update();
  auto* values = vtkFloatArray::SafeDownCast(fields->GetOutput()->GetCellData()->GetArray(awkward_name));
  ASSERT_NE(values, nullptr);
  for (std::int64_t i = 0; i < small.grid.size(); ++i)
    EXPECT_EQ(std::bit_cast<std::uint32_t>(values->GetValue(i)),
              std::bit_cast<std::uint32_t>(static_cast<float>(small.field(i))));
  vtkNew<vtkXMLPPolyDataReader> cells;
  cells->SetFileName((scratch.path() / "cells/cells_000000.pvtp").c_str());
  cells->Update();
  vtkPointData& data = *cells->GetOutput()->GetPointData();
  auto* bound = vtkFloatArray::SafeDownCast(data.GetAbstractArray("bound exosome [vesicle]"));
  ASSERT_NE(bound, nullptr);
  for (vtkIdType i = 0; i < cells->GetOutput()->GetNumberOfPoints(); ++i) {
    const std::int64_t id = data.GetArray("id")->GetVariantValue(i).ToTypeInt64() - (std::int64_t{1} << 40);
    EXPECT_EQ(bound->GetValue(i), static_cast<float>(small.bound(id)));
    EXPECT_EQ(cells->GetOutput()->GetPoint(i)[0], small.position(id)[0]);
  }
}

TEST(OutputVtk, APartOfTheGridEveryOtherVoxel) {
  const Scratch scratch;
  const SmallRun small;
  const Box box = small.owned();
  std::vector<double> values;
  for (std::int64_t i = 0; i < box.volume(); ++i)
    values.push_back(static_cast<double>(small.grid.global_index(box.voxel(i))));
  const std::vector<NamedValues> arrays{{"exosome [1/um^3]", values}};
  KnownSeries unknown;
  const Sample sample{{{2, 1, 0}, {11, 5, 3}}, 2};
  write_voxels(MPI_COMM_WORLD, scratch.path(), "fields", 0, 0.0, {small.grid, box, sample}, arrays, {}, small.form,
               unknown);
  if (rank() != 0) return;
  vtkNew<vtkXMLPImageDataReader> reader;
  reader->SetFileName((scratch.path() / "fields/fields_000000.pvti").c_str());
  reader->Update();
  vtkImageData& image = *reader->GetOutput();
  ASSERT_EQ(image.GetNumberOfCells(), 5 * 2 * 2);
  auto* shown = vtkDoubleArray::SafeDownCast(image.GetCellData()->GetArray("exosome [1/um^3]"));
  for (vtkIdType c = 0; c < image.GetNumberOfCells(); ++c) {
    // A cell's value is that of the voxel in whose centre its own lies.
    std::array<double, 6> b{};
    image.GetCellBounds(c, b.data());
    Index3 v{};
    for (std::size_t a = 0; a < 3; ++a) {
      const double centre = 0.5 * (b[2 * a] + b[2 * a + 1]);
      v[a] = std::llround(centre / small.grid.spacing[a] - 0.5);
      EXPECT_NEAR(centre, (static_cast<double>(v[a]) + 0.5) * small.grid.spacing[a], 1e-9);
    }
    EXPECT_EQ(shown->GetValue(c), static_cast<double>(small.grid.global_index(v)));
  }
}

TEST(OutputVtk, SlabsOfAnySizeBringEveryVoxelOnce) {
  for (const std::size_t bytes : {std::size_t{1}, std::size_t{900}, std::size_t{1} << 20})
    for (const int writers : {1, 2, 4}) {
      const SmallRun small;
      std::vector<double> values;
      for (std::int64_t i = 0; i < small.owned().volume(); ++i)
        values.push_back(static_cast<double>(small.grid.global_index(small.owned().voxel(i))));
      const std::vector<NamedValues> arrays{{"a", values}, {"b", values}};
      SlabGather gather(MPI_COMM_WORLD, small.owned(), {small.grid.box(), 1}, writers, 16, bytes);
      std::int64_t seen = 0, slabs = 0;
      gather.gather<double>(arrays, [&](const Box& slab, const std::vector<std::vector<double>>& got) {
        ++slabs;
        seen += slab.volume();
        for (std::int64_t i = 0; i < slab.volume(); ++i)
          for (const auto& g : got)
            EXPECT_EQ(g.at(static_cast<std::size_t>(i)), static_cast<double>(small.grid.global_index(slab.voxel(i))));
      });
      if (bytes == 1 && writers == 1 && rank() == 0) {
        EXPECT_EQ(slabs, 3);
      }
      MPI_Allreduce(MPI_IN_PLACE, &seen, 1, MPI_INT64_T, MPI_SUM, MPI_COMM_WORLD);
      EXPECT_EQ(seen, small.grid.size());
    }
}

TEST(OutputVtk, AWriterThatFailsStillTakesWhatIsSent) {
  const SmallRun small;
  const std::vector<double> values(static_cast<std::size_t>(small.owned().volume()), 1.0);
  const std::vector<NamedValues> arrays{{"a", values}};
  for (int again = 0; again < 2; ++again) {
    SlabGather gather(MPI_COMM_WORLD, small.owned(), {small.grid.box(), 1}, 1, 8, 1);
    const auto fail = [](const Box&, const std::vector<std::vector<double>>&) {
      throw vesicast::OutputError("no room");
    };
    if (rank() == 0) {
      EXPECT_THROW(gather.gather<double>(arrays, fail), vesicast::OutputError);
    } else {
      gather.gather<double>(arrays, fail);
    }
  }
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
    KnownSeries unknown;
    write_voxels(MPI_COMM_WORLD, scratch.path(), "fields", 0, 0.0, {small.grid, small.owned(), {small.grid.box(), 1}},
                 arrays, {}, small.form, unknown);
  });
  EXPECT_NE(message.find("'exosome [1/um^3]'"), std::string::npos) << message;
  barrier();
  if (rank() == 0) {
    EXPECT_TRUE(snapshot_of(scratch.path()).empty());
  }
}

}  // namespace
}  // namespace vesicast::output_vtk_test
