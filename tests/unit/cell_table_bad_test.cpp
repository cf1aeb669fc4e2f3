// Tables of cells that are refused, each with the message a person sees.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "decomposition/base/error.hpp"
#include "io/tables/cell_table.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast::io::cell_table_bad_test {
namespace {

const Grid block{{20, 20, 10}, {10.0, 10.0, 10.0}, 3};   // 200 x 200 x 100 um
const Grid section{{20, 20, 1}, {10.0, 10.0, 12.0}, 2};  // 12 um thick

Parameters tissue_types() {
  Parameters parameters;
  for (const char* name : {"tumour", "stroma"}) {
    CellType type;
    type.name = name;
    parameters.cell_types.push_back(type);
  }
  return parameters;
}

std::string refusal(const CellGroup& group, const std::string& contents, const Grid& grid) {
  try {
    (void)read_cell_table(group, contents, tissue_types(), grid, nullptr);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

struct Bad {
  const char* name;
  std::string contents;
  std::string message;  ///< the whole of it
  void (*change)(CellGroup&) = nullptr;
  const Grid* grid = &block;
};

void PrintTo(const Bad& bad, std::ostream* out) {
  *out << bad.name;
}

class BadTable : public testing::TestWithParam<Bad> {};

TEST_P(BadTable, IsRefusedWithItsMessage) {
  CellGroup group;
  group.from_table = true;
  group.file = "cells.csv";
  if (GetParam().change != nullptr) GetParam().change(group);
  EXPECT_EQ(refusal(group, GetParam().contents, *GetParam().grid), GetParam().message);
}

void physicell(CellGroup& group) {
  group.format = CellGroup::Format::physicell;
}

const std::vector<Bad> bad_tables{
    {"Empty", "", "cells.csv:1: the table is empty"},
    {"OnlyBlankLines", "\n \r\n,,,\n", "cells.csv:1: the table is empty"},
    {"OnlyAHeader", "\nx,y,z,type\n", "cells.csv:2: no row follows the header"},
    {"MissingColumn", "x,y,z,Type\n1,2,3,tumour\n",
     "cells.csv:1: no column is named \"type\" (type); did you mean \"Type\"?"},
    {"MissingColumns", "X_um,y,cell_type\n1,2,tumour\n",
     "cells.csv:1: no column is named \"x\" (x); columns: X_um, y, cell_type\n"
     "cells.csv:1: no column is named \"z\" (z); columns: X_um, y, cell_type\n"
     "cells.csv:1: no column is named \"type\" (type); columns: X_um, y, cell_type"},
    {"RepeatedColumn", "x,y,z,x,type\n1,2,3,4,tumour\n", "cells.csv:1: 2 columns are named \"x\""},
    {"Semicolons", "x;y;type\n1;2;tumour\n",
     "cells.csv:1: the fields are separated by semicolons: \"x;y;type\"; save the table with commas (and points in "
     "numbers), or with tabs",
     nullptr, &section},
    {"NotANumber", "x,y,z,type\n1,2,3,tumour\n1,two,3 um,tumour\n",
     "cells.csv:3: y: \"two\" is not a number; z: \"3 um\" is not a number"},
    {"DecimalComma", "x,y,z,type\n\"1,5\",2,3,tumour\n", "cells.csv:2: x: \"1,5\" is not a number"},
    {"EmptyCoordinate", "x,y,z,type\n\n1,,3,tumour\n", "cells.csv:3: y: \"\" is not a number"},
    {"NotFinite", "x,y,z,type\nnan,2,3,tumour\n1,-inf,3,tumour\n1,2,1e999,tumour\n",
     "cells.csv:2: x: \"nan\" is not a finite number\n"
     "cells.csv:3: y: \"-inf\" is not a finite number\n"
     "cells.csv:4: z: \"1e999\" is not a finite number"},
    {"TooFewFields", "x,y,z,type\n1,2,3,tumour\n1,2,3\n", "cells.csv:3: has 3 of the 4 fields"},
    {"CommaWithoutQuotes", "x,y,z,type\n1,2,3,tumour,left\n",
     "cells.csv:2: has 5 fields, the header 4; a field with a comma needs quotes"},
    {"StrayQuote", "x,y,z,type\n1,2,3,tum\"our\n1,2,3,tumour\n",
     "cells.csv:2: quotes do not match: \"1,2,3,tum\"our\""},
    {"UnfinishedQuote", "x,y,z,type\n1,2,3,\"tumour\n1,2,3,tumour\n", "cells.csv:2: a quoted field does not end"},
    {"UnknownTypes", "x,y,z,type\n1,1,1,NA\n2,2,2,tumor\n3,3,3,tumor\n4,4,4,Stroma\n5,5,5,tumour\n6,6,6,\n",
     "cells.csv:3: 2 cells of type \"tumor\", which the config does not define; did you mean \"tumour\"?\n"
     "cells.csv:7: 1 cell of type \"\", which the config does not define; cell types: tumour, stroma\n"
     "cells.csv:2: 1 cell of type \"NA\", which the config does not define; cell types: tumour, stroma\n"
     "cells.csv:5: 1 cell of type \"Stroma\", which the config does not define; did you mean \"stroma\"?\n"
     "cells.csv: give such labels a cell type in map, or list them in ignore"},
    {"MappedToAnUnknownType", "x,y,z,type\n1,1,1,T\n",
     "cells.csv:2: 1 cell of type \"T\", mapped to \"tumor\", which the config does not define; did you mean "
     "\"tumour\"?\n"
     "cells.csv: give such labels a cell type in map, or list them in ignore",
     [](CellGroup& group) {
       group.map = {{"T", "tumor"}};
     }},
    {"OutsideTheDomain", "x,y,z,type\n1,1,1,tumour\n-30,20,5,tumour\n10,250,5,stroma\n",
     "cells.csv:3: 2 cells outside the domain (lines 3, 4); the table spans x -30 to 10 um (domain 0 to 200), "
     "y 1 to 250 um (domain 0 to 200), z 1 to 5 um (domain 0 to 100); see size, offset and pixel_size, or set "
     "outside_domain = \"ignore\""},
    {"OutsideASection", "x,y,type\n1,1,tumour\n201,1,tumour\n",
     "cells.csv:3: 1 cell outside the domain (line 3); the table spans x 1 to 201 um (domain 0 to 200), "
     "y 1 to 1 um (domain 0 to 200); see size, offset and pixel_size, or set outside_domain = \"ignore\"",
     nullptr, &section},
    {"NothingIsLeft", "x,y,z,type\n1,1,1,Unknown\n",
     "cells.csv: no cell is left: every row is ignored, outside the domain or in an obstacle",
     [](CellGroup& group) { group.ignore = {"Unknown"}; }},
    {"PhysiCellTooFewFields", "1,2,3,tumour\n1,2,3\n", "cells.csv:2: has 3 of the 4 fields", physicell},
    {"PhysiCellUnknownType", "1,2,3,0\n1,2,4,0.0\n",
     "cells.csv:1: 2 cells of type \"0\", which the config does not define; cell types: tumour, stroma\n"
     "cells.csv: give such labels a cell type in map, or list them in ignore",
     physicell},
    {"PhysiCellHeaderOfAnotherTable", "id,x,y,z,type\n1,1,1,1,tumour\n",
     "cells.csv:1: x: \"id\" is not a number; y: \"x\" is not a number; z: \"y\" is not a number\n"
     "cells.csv:2: 1 cell of type \"1\", which the config does not define; cell types: tumour, stroma\n"
     "cells.csv:1: 1 cell of type \"z\", which the config does not define; cell types: tumour, stroma\n"
     "cells.csv: give such labels a cell type in map, or list them in ignore",
     physicell},
    {"Utf16", std::string("\xff\xfex\0,\0", 6), "cells.csv: is UTF-16; save it as UTF-8 text"},
    {"AllAtOnce", "x,y,z,type\n1,1,oops,tumour\n2,2,2,tumor\n500,1,1,stroma\n3,3\n",
     "cells.csv:2: z: \"oops\" is not a number\n"
     "cells.csv:5: has 2 of the 4 fields\n"
     "cells.csv:3: 1 cell of type \"tumor\", which the config does not define; did you mean \"tumour\"?\n"
     "cells.csv: give such labels a cell type in map, or list them in ignore\n"
     "cells.csv:4: 1 cell outside the domain (line 4); the table spans x 2 to 500 um (domain 0 to 200), "
     "y 1 to 2 um (domain 0 to 200), z 1 to 2 um (domain 0 to 100); see size, offset and pixel_size, or set "
     "outside_domain = \"ignore\""},
};

INSTANTIATE_TEST_SUITE_P(CellTable, BadTable, testing::ValuesIn(bad_tables),
                         [](const testing::TestParamInfo<Bad>& bad) { return std::string(bad.param.name); });

TEST(CellTable, AtMostTwentyRowErrorsAreListed) {
  CellGroup group;
  group.file = "cells.csv";
  std::string contents = "x,y,z,type\n";
  for (int n = 0; n < 25; ++n) contents += "a,1,1,tumour\n";
  const std::string message = refusal(group, contents, block);
  EXPECT_EQ(std::count(message.begin(), message.end(), '\n'), 20);
  EXPECT_NE(message.find("cells.csv:21: x: \"a\" is not a number\ncells.csv: ... and 5 more"), std::string::npos)
      << message;
}

TEST(CellTable, FewOfManyLinesOutsideAreNamed) {
  CellGroup group;
  group.file = "cells.csv";
  std::string contents = "x,y,z,type\n";
  for (int n = 0; n < 8; ++n) contents += "-1,1,1,tumour\n";
  EXPECT_NE(refusal(group, contents, block).find("8 cells outside the domain (lines 2, 3, 4, 5, 6, ...)"),
            std::string::npos);
}

}  // namespace
}  // namespace vesicast::io::cell_table_bad_test
