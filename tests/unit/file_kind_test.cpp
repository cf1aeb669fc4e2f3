#include "io/text/file_kind.hpp"

#include <gtest/gtest.h>

#include <string>

#include "decomposition/base/error.hpp"
#include "io/text/csv_rows.hpp"

namespace vesicast::io::file_kind_test {
namespace {

using namespace std::string_literals;

std::string refusal(const std::string& bytes) {
  try {
    (void)text_in("cells.csv", bytes);
  } catch (const InputError& e) {
    return e.what();
  }
  return "no error";
}

std::string utf16(const std::string& text, bool big_endian) {
  std::string out;
  for (const char c : text) out += big_endian ? "\0"s + c : c + "\0"s;
  return out;
}

}  // namespace

TEST(FileKind, TextIsTextWithOrWithoutAMark) {
  EXPECT_EQ(text_in("a", "x,y\n1,2\n"), "x,y\n1,2\n");
  EXPECT_EQ(text_in("a", "\xef\xbb\xbfx,y\n"), "x,y\n");
  EXPECT_EQ(text_in("a", ""), "");
  // two, three and four bytes a letter
  EXPECT_EQ(text_in("a", "\xc2\xb5m,\xe2\x82\xac,\xf0\x9f\x98\x80"), "\xc2\xb5m,\xe2\x82\xac,\xf0\x9f\x98\x80");
}

TEST(FileKind, WhatIsNoTextIsNamedWithWhatToDo) {
  for (const auto& [bytes, word] : {std::pair("\x1f\x8b\x08\x00"s, "gunzip"), std::pair("BZh91AY"s, "bunzip2"),
                                    std::pair("\xfd"s + "7zXZ\0\0"s, "unxz"), std::pair("\x28\xb5\x2f\xfd"s, "unzstd"),
                                    std::pair("PK\x03\x04"s, "spreadsheet"), std::pair("PAR1\x15"s, "Parquet"),
                                    std::pair("\x89HDF\r\n\x1a\n"s, "HDF5"), std::pair("\x89PNG\r\n\x1a\n"s, "PNG"),
                                    std::pair("II*\0\x08"s, "TIFF"), std::pair("%PDF-1.7"s, "PDF"),
                                    std::pair("\xff\xfex\0"s, "UTF-16"), std::pair("\xfe\xff\0x"s, "UTF-16")}) {
    EXPECT_NE(refusal(bytes).find(word), std::string::npos) << refusal(bytes);
    EXPECT_EQ(refusal(bytes).substr(0, 14), "cells.csv: is ") << refusal(bytes);
  }
  EXPECT_EQ(refusal(utf16("x,y,type\n1,2,a\n", false)), "cells.csv: is UTF-16; save it as UTF-8 text");
  EXPECT_EQ(refusal(utf16("x,y,type\n1,2,a\n", true)), "cells.csv: is UTF-16; save it as UTF-8 text");
  EXPECT_EQ(refusal("x,y\n1,\0 2\n"s), "cells.csv:2: holds a zero byte: it is not text");
}

TEST(FileKind, AnotherEncodingIsToldWithItsLine) {
  EXPECT_NE(refusal("x,y\n1,2\nna\xefve,3\n").find("cells.csv:3: is not UTF-8 (byte 0xef), perhaps Latin-1"),
            std::string::npos);
  // cut short, too long, a surrogate, beyond the last
  for (const char* bad : {"\xc2", "\xe2\x82", "\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\x80"})
    EXPECT_NE(refusal(bad).find("is not UTF-8"), std::string::npos);
}

TEST(CsvRows, TabsSeparateWhereTheHeaderHasThem) {
  const CsvRows table = read_csv_rows("x\ty\ttype name\n1\t\t\"a\tb, c\"\n");
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[0].fields, (std::vector<std::string>{"x", "y", "type name"}));
  EXPECT_EQ(table.rows[1].fields, (std::vector<std::string>{"1", "", "a\tb, c"}));
  EXPECT_EQ(read_csv_rows("x,\"a\tb\"\n1,2\n").rows[0].fields, (std::vector<std::string>{"x", "a\tb"}));
}

TEST(CsvRows, SemicolonsAreToldOnce) {
  EXPECT_EQ(read_csv_rows("\nx;y\n1,5;2\n").error.substr(0, 44), "2: the fields are separated by semicolons: \"");
  EXPECT_TRUE(read_csv_rows("x,y,\"a;b\"\n").error.empty());
  EXPECT_TRUE(read_csv_rows("x,y,a;b\n").error.empty());
}

}  // namespace vesicast::io::file_kind_test
