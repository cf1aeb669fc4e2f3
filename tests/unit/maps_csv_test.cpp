// Maps from comma-separated tables: what is read, and the message for each table that is refused.
#include <gtest/gtest.h>

#include <string>

#include "decomposition/base/error.hpp"
#include "io/maps/csv_map.hpp"

namespace vesicast::io::maps_csv_test {
namespace {

const Grid block{{2, 2, 1}, {10.0, 20.0, 30.0}, 3};
const Grid section{{2, 1, 1}, {10.0, 10.0, 12.0}, 2};
const std::string good = "x,y,z,alpha\n5,10,15,0.1\n15,10,15,0.2\n5,30,15,0.3\n15,30,15,0.4\n";

std::vector<double> read(const std::string& contents, const Grid& grid = block, int components = 1,
                         const std::string& array = "alpha") {
  return read_csv_map({"map.csv", array}, contents, grid, grid.box(), components);
}

TEST(CsvMap, ReadsRowsInAnyOrderAndLeavesOtherColumnsAlone) {
  EXPECT_EQ(read(good), (std::vector<double>{0.1, 0.2, 0.3, 0.4}));
  EXPECT_EQ(
      read("\xef\xbb\xbfnote,alpha,z,y,x\r\na,0.4,15,30,15\r\n,0.1,15,10,5\r\n\r\nb,0.3,15.2,30.1,4.95\r\nc,+2e-1,"
           "15,10,15\r\n"),
      (std::vector<double>{0.1, 0.2, 0.3, 0.4}));
}

TEST(CsvMap, KeepsThePartItIsAskedFor) {
  EXPECT_EQ(read_csv_map({"map.csv", "alpha"}, good, block, {{1, 0, 0}, {2, 2, 1}}, 1),
            (std::vector<double>{0.2, 0.4}));
}

TEST(CsvMap, ReadsThreeComponentsOneAfterTheOther) {
  EXPECT_EQ(read("x,y,z,v_z,v_y,v_x\n5,5,6,3,2,1\n15,5,6,6,5,4\n", {{2, 1, 1}, {10.0, 10.0, 12.0}, 3}, 3, "v"),
            (std::vector<double>{1, 4, 2, 5, 3, 6}));
  EXPECT_EQ(read("x,y,v_y,v_x\n5,5,2,1\n15,5,5,4\n", section, 3, "v"), (std::vector<double>{1, 4, 2, 5, 0, 0}));
}

struct Bad {
  const char* name;
  std::string contents;
  std::string message;  ///< the whole of it
};

void PrintTo(const Bad& bad, std::ostream* out) {
  *out << bad.name;
}

class BadCsvMap : public testing::TestWithParam<Bad> {};

TEST_P(BadCsvMap, IsRefusedWithItsMessage) {
  std::string message = "no error";
  try {
    (void)read(GetParam().contents);
  } catch (const InputError& error) {
    message = error.what();
  }
  EXPECT_EQ(message, GetParam().message);
}

const std::vector<Bad> bad_maps{
    {"Empty", "", "map.csv:1: the map is empty"},
    {"MissingColumns", "x,y,alfa\n5,10,0.1\n",
     "map.csv:1: no column is named \"z\"; columns: x, y, alfa\n"
     "map.csv:1: no column is named \"alpha\"; columns: x, y, alfa"},
    {"RepeatedColumn", "x,y,z,alpha,alpha\n", "map.csv:1: 2 columns are named \"alpha\""},
    {"OnlyAHeader", "x,y,z,alpha\n",
     "map.csv: 4 of 4 voxels have no row; the first is voxel (0, 0, 0), centre (5, 10, 15) um"},
    {"Gap", "x,y,z,alpha\n5,10,15,1\n5,30,15,1\n15,30,15,1\n",
     "map.csv: 1 of 4 voxels has no row; the first is voxel (1, 0, 0), centre (15, 10, 15) um"},
    {"Duplicate", good + "5,30,15,0.3\n",
     "map.csv:6: voxel (0, 1, 0), centre (5, 30, 15) um has a row already, line 4"},
    {"NotANumber", "x,y,z,alpha\n5,10,15,nan\n15,ten,15,\n5,30,15,0.3\n15,30,15,0.4\n",
     "map.csv:2: alpha: \"nan\" is not a finite number\n"
     "map.csv:3: y: \"ten\" is not a number; alpha: \"\" is not a number\n"
     "map.csv: 2 of 4 voxels have no row; the first is voxel (0, 0, 0), centre (5, 10, 15) um"},
    {"TooFewFields", good + "5,30\n", "map.csv:6: has no field for \"z\""},
    {"OffCentre", good + "5,30,15.4,0.3\n",
     "map.csv:6: (5, 30, 15.4) um is no centre of a voxel; the nearest is that of voxel (0, 1, 0), centre (5, 30, 15) "
     "um"},
    {"Outside", good + "25,30,15,0.3\n", "map.csv:6: (25, 30, 15) um lies outside the domain"},
    {"StrayQuote", "x,y,z,alpha\n5,10,15,\"0.1\n", "map.csv:2: a quoted field does not end"},
};

INSTANTIATE_TEST_SUITE_P(Maps, BadCsvMap, testing::ValuesIn(bad_maps),
                         [](const testing::TestParamInfo<Bad>& bad) { return std::string(bad.param.name); });

TEST(CsvMap, AtMostTwentyRowErrorsAreListed) {
  std::string contents = good;
  for (int n = 0; n < 25; ++n) contents += "5,10,15,0.1\n";
  try {
    (void)read(contents);
    FAIL() << "no error";
  } catch (const InputError& error) {
    EXPECT_TRUE(std::string(error.what()).ends_with("\nmap.csv: ... and 5 more")) << error.what();
  }
}

}  // namespace
}  // namespace vesicast::io::maps_csv_test
