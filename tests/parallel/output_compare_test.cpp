// `vesicast compare` sees no difference between decompositions, and every difference that is planted.
#include <gtest/gtest.h>

#include <sstream>

#include "io/compare/compare.hpp"
#include "io/run_folder/atomic_file.hpp"
#include "io/run_folder/provenance.hpp"
#include "tests/parallel/output_support.hpp"

namespace vesicast::output_compare_test {
namespace {

using namespace output_test;

struct Comparison {
  int result = -1;
  std::string report;
};

Comparison compared(const fs::path& a, const fs::path& b) {
  std::ostringstream out;
  const int result = vesicast::io::compare_runs(a, b, out);
  return {result, out.str()};
}

/// Run "a" on all ranks and run "b" on one; `change` may alter b before it is written. Collective.
class OutputCompare : public testing::Test {
 protected:
  void write(const fs::path& run, const SmallRun& small) const {
    if (rank() == 0) {
      fs::create_directory(run);
      vesicast::io::write_provenance(run, {});
      for (const char* name : {"series.csv", "ledger.csv", "communication.csv"})
        vesicast::io::write_file_atomically(run / name, "time [s],free [vesicle]\n0,1\n30,2\n");
    }
    barrier();
    for (int i = 0; i < 2; ++i) {
      small.write_fields(run, i, 3600.0 * i);
      small.write_cells(run, i, 3600.0 * i);
    }
  }
  OutputCompare() {
    altered.owners = 1;
    write(a(), SmallRun{});
  }
  [[nodiscard]] fs::path a() const { return scratch.path() / "a"; }
  [[nodiscard]] fs::path b() const { return scratch.path() / "b"; }
  void expect_report(const std::vector<std::string>& parts) const {
    barrier();
    if (rank() != 0) return;
    const Comparison c = compared(a(), b());
    EXPECT_EQ(c.result, 1);
    for (const std::string& part : parts) EXPECT_NE(c.report.find(part), std::string::npos) << part << "\n" << c.report;
  }
  Scratch scratch;
  SmallRun altered;
};

TEST_F(OutputCompare, NoDifferenceOnAnyNumberOfRanks) {
  write(b(), altered);
  if (rank() != 0) return;
  const Comparison c = compared(a(), b());
  EXPECT_EQ(c.report, "no difference: 3 tables, 2 field outputs, 2 cell outputs\n");
  EXPECT_EQ(c.result, 0);
}

TEST_F(OutputCompare, OneVoxel) {
  altered.changed_voxel = 25;  // (3, 2, 0) of 11 x 5 x 3
  write(b(), altered);
  expect_report({"A: ", "B: ",
                 "fields/fields_000000.pvti \"exosome from CD4+ \"T\" & <B> cells' [1/um^3]\": 1 of 165 values differ",
                 "first at voxel (3, 2, 0): 0.03571428571428571 against 1234.5", "absolute, 0.999971 relative",
                 "fields/fields_000001.pvti", "different: 4 differences in 3 tables, 2 field outputs, 2 cell outputs"});
}

TEST_F(OutputCompare, OneCell) {
  altered.changed_cell = 13;
  write(b(), altered);
  expect_report(
      {"cells/cells_000001.pvtp \"bound exosome [vesicle]\": 1 of 23 values differ; first at cell 1099511627789",
       "1.3 against 99"});
}

TEST_F(OutputCompare, AMissingCell) {
  altered.left_out_cell = 13;
  write(b(), altered);
  expect_report({"cells/cells_000000.pvtp: 1 cells, the first with id 1099511627789: only in A"});
}

TEST_F(OutputCompare, OneByteOfATable) {
  write(b(), altered);
  if (rank() == 0) vesicast::io::write_file_atomically(b() / "ledger.csv", "time [s],free [vesicle]\n0,1\n30,2.5\n");
  expect_report({"ledger.csv: differs first in line 3\n  A: 30,2\n  B: 30,2.5", "different: 1 difference in"});
}

TEST_F(OutputCompare, MissingTablesOutputsAndArrays) {
  write(b(), altered);
  SmallRun(altered).write_fields(b(), 2, 7200.0);
  const SmallRun small;
  const std::vector<double> values(static_cast<std::size_t>(small.owned().volume()));
  const std::vector<vesicast::io::NamedValues> arrays{{"microvesicle [1/um^3]", values}};
  vesicast::io::KnownSeries unknown;
  vesicast::io::write_voxels(MPI_COMM_WORLD, b(), "fields", 1, 3600.5,
                             {small.grid, small.owned(), {small.grid.box(), 1}}, arrays, {}, small.form, unknown);
  if (rank() == 0) fs::remove(b() / "series.csv");
  expect_report({"series.csv: only in A", "fields/fields_000002.pvti: only in B",
                 "fields/fields_000001.pvti \"exosome [1/um^3]\": only in A",
                 "fields/fields_000001.pvti \"microvesicle [1/um^3]\": only in B",
                 "fields/fields_000001.pvti: at 3600 s in A, at 3600.5 s in B"});
}

TEST_F(OutputCompare, AnotherGrid) {
  altered.grid.spacing[0] = 20.0;
  write(b(), altered);
  expect_report({"11 x 5 x 3 voxels of 10 x 10 x 5 um in A, 11 x 5 x 3 voxels of 20 x 10 x 5 um in B"});
}

TEST_F(OutputCompare, WhatCannotBeReadIsAnInputError) {
  altered.form = {1, vesicast::Compression::zlib, vesicast::Precision::double_precision};
  write(b(), altered);
  barrier();
  if (rank() != 0) return;
  std::ostringstream out;
  EXPECT_THROW((void)vesicast::io::compare_runs(a(), scratch.path(), out), vesicast::InputError);
  EXPECT_THROW((void)vesicast::io::compare_runs(scratch.path() / "none", b(), out), vesicast::InputError);

  const fs::path piece = b() / "fields/fields_000001/piece_0000.vti";
  const std::string whole = contents(piece);
  for (const std::size_t kept : {std::size_t{0}, whole.size() / 2, whole.size() - 30}) {
    std::ofstream(piece, std::ios::binary) << whole.substr(0, kept);
    EXPECT_THROW((void)vesicast::io::compare_runs(a(), b(), out), vesicast::InputError) << "kept " << kept;
  }
  // A flipped byte in the stored values is an error or a difference, never passed over. "=eF" opens a zlib stream.
  const std::size_t start = whole.find("=eF", whole.find("<CellData>"));
  const std::size_t end = whole.find('\n', start);
  ASSERT_GT(end, start + 200);
  for (std::size_t at = start + 10; at < end - 4; at += 37) {
    std::string flipped = whole;
    flipped[at] = flipped[at] == 'A' ? 'B' : 'A';
    std::ofstream(piece, std::ios::binary) << flipped;
    int result = 1;
    try {
      result = vesicast::io::compare_runs(a(), b(), out);
    } catch (const vesicast::InputError&) {
      continue;
    }
    EXPECT_EQ(result, 1) << "byte " << at << " of " << whole.size();
  }
  fs::remove(piece);
  try {
    (void)vesicast::io::compare_runs(a(), b(), out);
    ADD_FAILURE() << "a missing piece went unseen";
  } catch (const vesicast::InputError& e) {
    EXPECT_NE(std::string(e.what()).find("fields_000001/piece_0000.vti"), std::string::npos) << e.what();
  }
}

}  // namespace
}  // namespace vesicast::output_compare_test
