#include "io/config/document_bounds.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/bad_config.hpp"

namespace vesicast::io::document_bounds_test {
namespace {

std::string times(const std::string& text, int n) {
  std::string out;
  for (int i = 0; i < n; ++i) out += text;
  return out;
}

}  // namespace

TEST(DocumentBounds, WhatConfigurationsNeedIsWithin) {
  EXPECT_FALSE(exceeded_bound(""));
  EXPECT_FALSE(exceeded_bound("[a.b.c]\nd = [[1, 2], [3.5, 4]] # [[[[\ne = { f = \"[[[[{{{{\", g = '''\n[[[\n''' }\n"));
  EXPECT_FALSE(exceeded_bound(times("x = 1.5\n", 1000)));
  EXPECT_FALSE(exceeded_bound("a = [" + times("1.5, ", 5000) + "2]"));
  EXPECT_FALSE(exceeded_bound("s = \"" + times("a.", 5000) + "\""));
  EXPECT_FALSE(exceeded_bound("a = " + times("[", 64) + times("]", 64)));
}

TEST(DocumentBounds, DeepNestingAndLongKeysAreToldWithTheirPlace) {
  const auto deep = exceeded_bound("ok = 1\na = " + times("[", 65));
  ASSERT_TRUE(deep);
  EXPECT_EQ(deep->line, 2);
  EXPECT_EQ(deep->column, 4 + 65);
  EXPECT_TRUE(exceeded_bound("a = " + times("{ b = ", 65)));
  EXPECT_TRUE(exceeded_bound(times("a.", 20000) + "a = 1"));
  EXPECT_TRUE(exceeded_bound("[" + times("a.", 20000) + "a]"));
  EXPECT_TRUE(exceeded_bound("t = { " + times("a.", 100) + "a = 1 }"));
  EXPECT_TRUE(exceeded_bound("s = \"\"\"\n\n\"\"\"\n" + times("[", 100)));
}

TEST(DocumentBounds, NothingIsParsedBeyondThem) {
  for (const std::string& text : {times("a.", 20000) + "a = 1\n", "a = " + times("[", 100000) + "\n",
                                  "a = " + times("{a=", 100000) + "\n", times("[", 100000) + "\n"}) {
    const std::vector<Problem> problems = problems_of(text);
    EXPECT_FALSE(problems.empty());
    EXPECT_NE(lines(problems).find("more than 64"), std::string::npos) << lines(problems).substr(0, 300);
  }
}

}  // namespace vesicast::io::document_bounds_test
