// Tables as people have them: one type for all, ids of their own, usual headers, cells in obstacles, an id column taken
// for the types.
#include <gtest/gtest.h>

#include <string>

#include "decomposition/base/error.hpp"
#include "io/tables/cell_table.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast::io::cell_table_people_test {
namespace {

const Grid section{{20, 20, 1}, {10.0, 10.0, 12.0}, 2};

Parameters two_types() {
  Parameters p;
  p.cell_types.resize(2);
  p.cell_types[0].name = "tumour";
  p.cell_types[1].name = "stroma";
  return p;
}

CellGroup table() {
  CellGroup group;
  group.from_table = true;
  group.file = "cells.csv";
  return group;
}

std::string refusal(const CellGroup& group, const std::string& text, const InObstacle& in_obstacle = {}) {
  try {
    (void)read_cell_table(group, text, two_types(), section, nullptr, in_obstacle);
  } catch (const InputError& e) {
    return e.what();
  }
  return "no error";
}

}  // namespace

TEST(CellTableOfPeople, OneTypeForAllReadsNoLabels) {
  CellGroup group = table();
  group.types["stroma"] = 1.0;
  const CellTable t = read_cell_table(group, "x,y,type\n1,2,whatever\n3,4,\n", two_types(), section, nullptr);
  ASSERT_EQ(t.cells.size(), 2U);
  EXPECT_EQ(t.cells[0].type, 1);
  EXPECT_EQ(t.cells[1].type, 1);
  EXPECT_EQ(read_cell_table(group, "x,y\n1,2\n", two_types(), section, nullptr).cells.size(), 1U);
}

TEST(CellTableOfPeople, UsualHeadersAreKnownUnlessOthersAreNamed) {
  CellGroup group = table();
  group.types["tumour"] = 1.0;
  for (const char* header : {"X_centroid,Y_centroid", "x_centroid,y_centroid", "Centroid X um,Centroid Y um",
                             "Centroid X \xc2\xb5m,Centroid Y \xc2\xb5m"})
    EXPECT_EQ(
        read_cell_table(group, std::string(header) + "\n30,40\n", two_types(), section, nullptr).cells[0].position,
        (Vector3{30.0, 40.0, 6.0}))
        << header;
  EXPECT_NE(refusal(group, "Centroid X px,Centroid Y px\n3,4\n").find("no column is named \"x\""), std::string::npos);
  group.column_x = "X_other";
  EXPECT_NE(refusal(group, "X_centroid,y\n3,4\n").find("no column is named \"X_other\""), std::string::npos);
}

TEST(CellTableOfPeople, IdsOfTheTableGoWithTheRowsThatAreKept) {
  CellGroup group = table();
  group.ignore = {"debris"};
  group.ignore_outside = true;
  const CellTable t =
      read_cell_table(group, "CellID,x,y,type\n101,5,5,debris\n102,500,5,tumour\nT-7,15,25,tumour\n104,9,9,stroma\n",
                      two_types(), section, nullptr);
  EXPECT_EQ(t.ids, (std::vector<std::string>{"T-7", "104"}));
  EXPECT_EQ(t.cells.size(), 2U);
  EXPECT_TRUE(read_cell_table(table(), "x,y,type\n1,2,tumour\n", two_types(), section, nullptr).ids.empty());
  // A column that already says something else is none, unless it is named.
  CellGroup typed = table();
  typed.column_type = "label";
  EXPECT_TRUE(read_cell_table(typed, "label,x,y\ntumour,1,2\n", two_types(), section, nullptr).ids.empty());
  typed.column_id = "name";
  EXPECT_EQ(read_cell_table(typed, "label,x,y,name\ntumour,1,2,a b\n", two_types(), section, nullptr).ids,
            (std::vector<std::string>{"a b"}));
  EXPECT_NE(
      refusal(typed, "label,x,y,nam\ntumour,1,2,a\n").find("no column is named \"name\" (id); did you mean \"nam\"?"),
      std::string::npos);
}

TEST(CellTableOfPeople, CellsInObstaclesAreToldWithTheirLinesOrLeftOut) {
  const InObstacle in_obstacle = [](const Index3& v) { return v[0] == 5; };
  CellGroup group = table();
  const std::string text = "x,y,type\n5,5,tumour\n50,30,tumour\n51,31,stroma\n";
  EXPECT_EQ(refusal(group, text, in_obstacle),
            "cells.csv:3: 2 cells in an obstacle (lines 3, 4); in_obstacle = \"ignore\" leaves them out");
  group.ignore_in_obstacle = true;
  std::vector<std::string> warnings;
  const CellTable t = read_cell_table(group, text, two_types(), section, &warnings, in_obstacle);
  EXPECT_EQ(t.cells.size(), 1U);
  EXPECT_EQ(warnings, (std::vector<std::string>{"cells.csv: 2 cells in an obstacle left out (lines 3, 4)"}));
}

TEST(CellTableOfPeople, AnIdColumnTakenForTypesIsSuspected) {
  std::string text = "x,y,type\n";
  for (int i = 0; i < 60; ++i) text += std::to_string(i) + ",1," + std::to_string(1000 + i) + "\n";
  const std::string message = refusal(table(), text);
  EXPECT_EQ(std::ranges::count(message, '\n'), 21);
  EXPECT_NE(message.find("... and 40 more labels without a cell type"), std::string::npos);
  EXPECT_NE(message.find("is \"type\" a column of ids?"), std::string::npos);
}

}  // namespace vesicast::io::cell_table_people_test
