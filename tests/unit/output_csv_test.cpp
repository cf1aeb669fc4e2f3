// The CSV tables a run writes: quoting, digits, and failures that must not pass unseen.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <cmath>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

#include "io/tables/csv_writer.hpp"

namespace vesicast::output_csv_test {
namespace {

using vesicast::io::csv_field;
using vesicast::io::TableText;
using vesicast::io::TableWriter;
namespace fs = std::filesystem;

class OutputCsv : public testing::Test {
 protected:
  OutputCsv() {
    std::string name = (fs::temp_directory_path() / "vesicast-csv-XXXXXX").string();
    folder = mkdtemp(name.data());
  }
  ~OutputCsv() override { fs::remove_all(folder); }
  fs::path folder;
};

std::string contents(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

const std::vector<std::string> columns{"time [s]", "free [vesicle]"};

TEST_F(OutputCsv, QuotesOnlyWhereTheStandardAsks) {
  EXPECT_EQ(csv_field("tumour"), "tumour");
  EXPECT_EQ(csv_field("CD4+ T cells"), "CD4+ T cells");
  EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_field("5\" dish"), "\"5\"\" dish\"");
  EXPECT_EQ(csv_field("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(csv_field(""), "");
}

TEST_F(OutputCsv, NumbersReadBackToTheSameBits) {
  for (const double value : {0.1, 1.0 / 3.0, 6.02214076e23, std::numeric_limits<double>::denorm_min(), -0.0}) {
    TableText table{"value"};
    table.add(value).end_row();
    const std::string row = table.text().substr(std::string("value\n").size());
    EXPECT_EQ(std::strtod(row.c_str(), nullptr), value) << row;
    EXPECT_EQ(std::signbit(std::strtod(row.c_str(), nullptr)), std::signbit(value)) << row;
  }
  TableText table{"time [s]", "count"};
  table.add(30.0).add(7).end_row();
  EXPECT_EQ(table.text(), "time [s],count\n30,7\n");
}

TEST_F(OutputCsv, ARowOfTheWrongLengthIsAnInternalError) {
  TableText table{"a", "b"};
  table.add(1);
  EXPECT_THROW(table.end_row(), vesicast::InternalError);
  EXPECT_THROW((void)table.text(), vesicast::InternalError);
}

TEST_F(OutputCsv, RowsReachTheFileAtCommit) {
  const fs::path file = folder / "series.csv";
  TableWriter table(file, columns);
  EXPECT_EQ(contents(file), "time [s],free [vesicle]\n");
  table.add(0.0).add(1.5);
  table.end_row();
  EXPECT_EQ(contents(file), "time [s],free [vesicle]\n");
  table.commit();
  EXPECT_EQ(contents(file), "time [s],free [vesicle]\n0,1.5\n");
  table.add(30.0).add(2.5);
  table.end_row();
  table.close();
  table.close();
  EXPECT_EQ(contents(file), "time [s],free [vesicle]\n0,1.5\n30,2.5\n");
}

TEST_F(OutputCsv, AFullDiskIsAnOutputError) {
  try {
    TableWriter table("/dev/full", columns);
    FAIL() << "the header went to a full device without an error";
  } catch (const vesicast::OutputError& e) {
    EXPECT_EQ(std::string(e.what()), "cannot write /dev/full: No space left on device");
    EXPECT_EQ(e.code(), vesicast::ExitCode::output_failed);
  }
}

TEST_F(OutputCsv, AMissingFolderIsAnOutputError) {
  EXPECT_THROW(TableWriter(folder / "gone" / "series.csv", columns), vesicast::OutputError);
}

TEST_F(OutputCsv, AFailedCommitLeavesWholeRowsBehind) {
  const fs::path file = folder / "series.csv";
  TableWriter table(file, columns);
  table.add(0.0).add(1.0);
  table.end_row();
  table.commit();
  const std::string before = contents(file);

  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit old_limit{};
  getrlimit(RLIMIT_FSIZE, &old_limit);
  const rlimit limit{before.size() + 5, old_limit.rlim_max};
  setrlimit(RLIMIT_FSIZE, &limit);
  for (int i = 1; i < 10; ++i) {
    table.add(30.0 * i).add(1.0 / i);
    table.end_row();
  }
  std::string message;
  try {
    table.commit();
  } catch (const vesicast::OutputError& e) {
    message = e.what();
  }
  setrlimit(RLIMIT_FSIZE, &old_limit);
  std::signal(SIGXFSZ, old_handler);

  EXPECT_NE(message.find("series.csv: File too large"), std::string::npos) << message;
  EXPECT_EQ(contents(file), before);
  table.close();
  EXPECT_EQ(contents(file), before);
}

TEST_F(OutputCsv, AtomicWritesReplaceWholeFiles) {
  const fs::path file = folder / "ledger.csv";
  vesicast::io::write_file_atomically(file, "old\n");
  vesicast::io::write_file_atomically(file, "new\n");
  EXPECT_EQ(contents(file), "new\n");
  EXPECT_THROW(vesicast::io::write_file_atomically(folder / "gone" / "x", "x"), vesicast::OutputError);

  fs::create_directory(folder / "occupied");
  EXPECT_THROW(vesicast::io::write_file_atomically(folder / "occupied", "x"), vesicast::OutputError);
  EXPECT_FALSE(fs::exists(folder / "occupied.tmp"));
}

TEST(CsvField, WhatASpreadsheetWouldRunIsText) {
  EXPECT_EQ(csv_field("=1+2"), "'=1+2");
  EXPECT_EQ(csv_field("@sum"), "'@sum");
  EXPECT_EQ(csv_field("-b, c"), "\"'-b, c\"");
  EXPECT_EQ(csv_field("+a"), "'+a");
  EXPECT_EQ(csv_field("\t=1"), "'\t=1");
  EXPECT_EQ(csv_field("-1.5"), "-1.5");
  EXPECT_EQ(csv_field("+2e3"), "+2e3");
  EXPECT_EQ(csv_field("a=b"), "a=b");
}

}  // namespace
}  // namespace vesicast::output_csv_test
