// Tables of cells that can be read: what becomes of labels, units, quotes, PhysiCell's forms, 2-D sections, warnings.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "decomposition/base/error.hpp"
#include "io/tables/cell_table.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast::io::cell_table_good_test {
namespace {

const Grid block{{20, 20, 10}, {10.0, 10.0, 10.0}, 3};   // 200 x 200 x 100 um
const Grid section{{20, 20, 1}, {10.0, 10.0, 12.0}, 2};  // 12 um thick
using Warnings = std::vector<std::string>;

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in.good()) << path;
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string table_file(const std::string& name) {
  return read_file(std::string(VESICAST_SOURCE_DIR) + "/tests/data/tables/" + name);
}

Parameters with_types(const std::vector<std::string>& names) {
  Parameters parameters;
  for (const std::string& name : names) {
    CellType type;
    type.name = name;
    parameters.cell_types.push_back(type);
  }
  return parameters;
}

std::vector<PlacedCell> cells_of(const CellGroup& group, const std::string& contents, const Parameters& parameters,
                                 const Grid& grid, std::vector<std::string>* warnings) {
  return read_cell_table(group, contents, parameters, grid, warnings).cells;
}

CellGroup table_group(CellGroup::Format format = CellGroup::Format::csv) {
  CellGroup group;
  group.from_table = true;
  group.file = "cells.csv";
  group.format = format;
  return group;
}

TEST(CellTable, PlainTable) {
  Warnings warnings;
  const auto cells = cells_of(table_group(), "x,y,z,type\n1,2,3,tumour\n+4.5,5e1,0,stroma\n200,200,100,tumour\n",
                              with_types({"stroma", "tumour"}), block, &warnings);
  ASSERT_EQ(cells.size(), 3U);
  EXPECT_EQ(cells[0].position, (Vector3{1, 2, 3}));
  EXPECT_EQ(cells[1].position, (Vector3{4.5, 50, 0}));
  EXPECT_EQ(cells[0].type, 1);
  EXPECT_EQ(cells[1].type, 0);
  EXPECT_TRUE(warnings.empty());
}

TEST(CellTable, ColumnsMayStandAnywhereAndOthersAreLeft) {
  CellGroup group = table_group();
  group.column_x = "X um";
  group.column_type = "label";
  const auto cells = cells_of(group, "area,z,label,y,X um\n99,3,tumour,2,1\n", with_types({"tumour"}), block, nullptr);
  ASSERT_EQ(cells.size(), 1U);
  EXPECT_EQ(cells[0].position, (Vector3{1, 2, 3}));
}

TEST(CellTable, QuotesByteOrderMarkLineEndsAndEmptyRows) {
  CellGroup group = table_group();
  group.column_x = "X, px";
  group.column_y = "Y, px";
  group.column_z = "Z";
  group.column_type = "kind";
  group.map = {{"said \"B\"", "b"}};
  Warnings warnings;
  const auto cells = cells_of(group, table_file("quoted.csv"),
                              with_types({"tumour", "CD4+ T cells", "b", "two\r\nlines"}), block, &warnings);
  ASSERT_EQ(cells.size(), 5U);
  EXPECT_EQ(cells[0].type, 1);
  EXPECT_EQ(cells[1].position, (Vector3{30, 40, 0}));
  EXPECT_EQ(cells[1].type, 0);
  EXPECT_EQ(cells[2].type, 2);
  EXPECT_EQ(cells[3].type, 3);
  EXPECT_EQ(cells[4].position, (Vector3{90, 10, 0}));  // the last line has no end
  EXPECT_TRUE(warnings.empty());
}

TEST(CellTable, ScaleThenOffset) {
  CellGroup group = table_group();
  group.pixel_size = 0.5;
  group.offset = {100, 10, 1};
  const auto cells = cells_of(group, "x,y,z,type\n-40,20,30,a\n", with_types({"a"}), block, nullptr);
  EXPECT_EQ(cells.at(0).position, (Vector3{80, 20, 16}));
}

TEST(CellTable, LabelsAreMappedIgnoredOrTakenAsTheyAre) {
  CellGroup group = table_group();
  group.map = {{"tumor cells", "tumour"}, {"NA", "other"}};
  group.ignore = {"Unknown", ""};
  Warnings warnings;
  const auto cells = cells_of(group,
                              "x,y,z,type\n1,1,1, tumor cells \n2,2,2,Unknown\n3,3,3,NA\n4,4,4,tumour\n"
                              "5,5,5,\nnot a number,,,Unknown\n",
                              with_types({"tumour", "other"}), block, &warnings);
  ASSERT_EQ(cells.size(), 3U);
  EXPECT_EQ(cells[0].type, 0);
  EXPECT_EQ(cells[1].type, 1);
  EXPECT_EQ(cells[2].type, 0);
  EXPECT_TRUE(warnings.empty());
}

TEST(CellTable, PhysiCellWithoutAHeader) {
  CellGroup group = table_group(CellGroup::Format::physicell);
  group.offset = {100, 100, 50};
  group.map = {{"0", "tumour"}, {"1", "stroma"}};
  Warnings warnings;
  const auto cells = cells_of(group, table_file("physicell.csv"), with_types({"tumour", "stroma"}), block, &warnings);
  ASSERT_EQ(cells.size(), 4U);
  EXPECT_EQ(cells[0].position, (Vector3{70, 100, 50}));
  EXPECT_EQ(cells[1].position, (Vector3{110, 120.5, 45}));
  EXPECT_EQ(cells[0].type, 0);
  EXPECT_EQ(cells[1].type, 1);
  EXPECT_EQ(cells[2].type, 1);  // 1.0
  EXPECT_EQ(cells[3].type, 1);  // by name
  EXPECT_TRUE(warnings.empty());
}

TEST(CellTable, PhysiCellWithAHeader) {
  CellGroup group = table_group(CellGroup::Format::physicell);
  group.offset = {100, 100, 50};
  const auto cells =
      cells_of(group, table_file("physicell_header.csv"), with_types({"tumour", "stroma"}), block, nullptr);
  ASSERT_EQ(cells.size(), 2U);
  EXPECT_EQ(cells[1].position, (Vector3{110, 120.5, 45}));
  EXPECT_EQ(cells[1].type, 1);
}

TEST(CellTable, ASectionPutsEveryCellInTheMiddleOfTheSlab) {
  Warnings warnings;
  auto cells = cells_of(table_group(), "x,y,type\n1,2,a\n3,4,a\n", with_types({"a"}), section, &warnings);
  ASSERT_EQ(cells.size(), 2U);
  EXPECT_EQ(cells[1].position, (Vector3{3, 4, 6}));
  cells = cells_of(table_group(), "x,y,z,type\n1,2,7,a\n3,4,7,a\n", with_types({"a"}), section, &warnings);
  EXPECT_EQ(cells[0].position, (Vector3{1, 2, 6}));
  cells = cells_of(table_group(), "x,y,z,type\n1,2,NA,a\n3,4,,a\n", with_types({"a"}), section, &warnings);
  EXPECT_EQ(cells.size(), 2U);  // z is not read in 2-D
  EXPECT_TRUE(warnings.empty());
  cells = cells_of(table_group(), "x,y,z,type\n1,2,-700,a\n3,4,7,a\n", with_types({"a"}), section, &warnings);
  EXPECT_EQ(cells[0].position, (Vector3{1, 2, 6}));
  EXPECT_EQ(
      warnings,
      Warnings{"cells.csv: z varies from -700 to 7 in the table; a 2-D section takes every cell as in one plane"});
}

TEST(CellTable, EntriesThatMatchNothingAreAWarning) {
  CellGroup group = table_group();
  group.map = {{"tumor", "a"}};
  group.ignore = {"unknown"};
  Warnings warnings;
  (void)cells_of(group, "x,y,z,type\n1,2,3,a\n", with_types({"a"}), block, &warnings);
  EXPECT_EQ(warnings, (Warnings{"cells.csv: map: no row has the label \"tumor\"",
                                "cells.csv: ignore: no row has the label \"unknown\""}));
}

TEST(CellTable, RepeatedPositionsAreAWarningWithTheirCount) {
  Warnings warnings;
  const auto cells = cells_of(table_group(), "x,y,z,type\n1,2,3,a\n4,4,4,a\n1,2,3,a\n1.0,2,3,b\n",
                              with_types({"a", "b"}), block, &warnings);
  EXPECT_EQ(cells.size(), 4U);
  EXPECT_EQ(warnings, Warnings{"cells.csv: 2 cells at exactly the position of an earlier one (lines 4, 5)"});
}

TEST(CellTable, CellsOutsideCanBeLeftOut) {
  CellGroup group = table_group();
  group.ignore_outside = true;
  Warnings warnings;
  const auto cells =
      cells_of(group, "x,y,z,type\n-1,2,3,a\n4,4,4,a\n1,2,100.5,a\n", with_types({"a"}), block, &warnings);
  ASSERT_EQ(cells.size(), 1U);
  EXPECT_EQ(cells[0].position, (Vector3{4, 4, 4}));
  EXPECT_EQ(warnings, Warnings{"cells.csv: 2 cells outside the domain left out (lines 2, 4)"});
}

TEST(CellTable, AMillionRowsAreRead) {
  std::string text = "x,y,z,type\n";
  text.reserve(30'000'000);
  for (int n = 0; n < 1'000'000; ++n)
    text += std::to_string(n % 200) + "." + std::to_string(n % 997) + "," + std::to_string(n % 199) + ",50,tumour\n";
  EXPECT_EQ(cells_of(table_group(), text, with_types({"tumour"}), block, nullptr).size(), 1'000'000U);
}

// A real section: 2,434 cells of a colorectal cancer, the labels as the classifier gave them.
TEST(CellTable, RealSectionOfAColorectalCancer) {
  const std::string path = std::string(VESICAST_SOURCE_DIR) + "/../shared/data/crc_codex_reg009.csv";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "the table is not here: " << path;
  const std::string contents = read_file(path);
  const std::map<std::string, int> expected{{"immune cells", 468},
                                            {"Unknown", 445},
                                            {"aSMA+ stroma", 428},
                                            {"CD4+ T cells CD45RO+", 286},
                                            {"CD68+CD163+ macrophages", 159},
                                            {"CD15+ granulocytes", 140},
                                            {"vasculature", 134},
                                            {"CD8+ T cells", 121},
                                            {"Tregs", 65},
                                            {"plasma cells", 53},
                                            {"tumor cells", 49},
                                            {"CD4+ T cells", 44},
                                            {"CD3+ T cells", 37},
                                            {"B cells", 3},
                                            {"NA", 2}};
  std::vector<std::string> names;
  for (const auto& [name, count] : expected) names.push_back(name);
  const Grid tissue{{74, 56, 1}, {10.0, 10.0, 10.0}, 2};
  CellGroup group = table_group();
  group.column_x = "x_um";
  group.column_y = "y_um";
  group.column_z = "z_um";
  group.column_type = "cell_type";
  Warnings warnings;
  const auto cells = cells_of(group, contents, with_types(names), tissue, &warnings);
  EXPECT_EQ(cells.size(), 2434U);
  std::map<std::string, int> counts;
  for (const PlacedCell& cell : cells) ++counts[names[static_cast<std::size_t>(cell.type)]];
  EXPECT_EQ(counts, expected);
  EXPECT_TRUE(warnings.empty());

  // With one type only, and Unknown ignored: every other label is told, the most frequent first.
  group.map = {{"tumor cells", "tumour"}};
  group.ignore = {"Unknown"};
  try {
    (void)cells_of(group, contents, with_types({"tumour"}), tissue, nullptr);
    FAIL() << "13 labels have no cell type";
  } catch (const InputError& error) {
    const std::string message = error.what();
    EXPECT_NE(message.substr(0, message.find('\n')).find("468 cells of type \"immune cells\""), std::string::npos);
    EXPECT_NE(message.find("2 cells of type \"NA\", which the config does not define"), std::string::npos);
    EXPECT_EQ(std::count(message.begin(), message.end(), '\n'), 13);
  }
}

}  // namespace
}  // namespace vesicast::io::cell_table_good_test
