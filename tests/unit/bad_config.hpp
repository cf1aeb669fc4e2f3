#pragma once
/// \file
/// For tests of configurations that are wrong in one place: what is changed in a good one, and the message it gets.
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "io/config/problems.hpp"
#include "io/config/resolve.hpp"
#include "tests/unit/good_config.hpp"

namespace vesicast::io {

struct Case {
  const char* name;
  const char* from;      ///< part of the good configuration ...
  const char* to;        ///< ... and what a careless user writes instead
  const char* expected;  ///< how the only line of the message begins
};

inline void PrintTo(const Case& c, std::ostream* out) {
  *out << c.name;
}

inline std::string name_of(const testing::TestParamInfo<Case>& info) {
  return info.param.name;
}

/// `good` with the first `from` in it replaced by `to`.
inline std::string replaced(std::string good, const std::string& from, const std::string& to) {
  const std::size_t at = good.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? good : good.replace(at, from.size(), to);
}

inline std::vector<Problem> problems_of(const std::string& text) {
  try {
    const Resolved resolved = resolve(text, "nodule.toml", {});
    ADD_FAILURE() << "no error; resolved to\n" << resolved.toml;
  } catch (const InvalidConfig& error) {
    return error.problems();
  }
  return {};
}

inline std::string lines(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& p : problems) text += p.where + ": " + p.message + "\n";
  return text;
}

/// Expects that `good`, made wrong by `c`, gets one line, and which.
inline void expect_message(const std::string& good, const Case& c) {
  const std::vector<Problem> problems = problems_of(replaced(good, c.from, c.to));
  EXPECT_EQ(problems.size(), 1U) << lines(problems);
  EXPECT_EQ(lines(problems).substr(0, std::string(c.expected).size()), c.expected);
}

}  // namespace vesicast::io
