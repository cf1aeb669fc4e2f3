// A value against time, from a CSV table.
#include "io/config/series_table.hpp"

#include <gtest/gtest.h>

#include <string>

#include "decomposition/base/error.hpp"

namespace vesicast::io::series_table_test {
namespace {

SeriesFile hours_and_nanomolar() {
  SeriesFile series;
  series.file = "dose.csv";
  series.time_column = "time [h]";
  series.value_column = "dose [nM]";
  series.time_unit = 3600.0;
  series.concentration_unit = 0.6;
  return series;
}

std::string message(const std::string& text) {
  try {
    (void)read_series_table(hours_and_nanomolar(), text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(SeriesTable, IsScaledToTheUnitsOfTheProgram) {
  const TimeSeries dose = read_series_table(
      hours_and_nanomolar(), "\xef\xbb\xbfpatient,dose [nM],time [h]\r\na,0,0\r\na,10,2\r\n\r\na,5,3\r\n");
  EXPECT_EQ(dose.at(-1.0), 0.0);
  EXPECT_DOUBLE_EQ(dose.at(3600.0), 3.0);
  EXPECT_DOUBLE_EQ(dose.at(7200.0), 6.0);
  EXPECT_DOUBLE_EQ(dose.at(1e6), 3.0);
  EXPECT_TRUE(read_series_table(hours_and_nanomolar(), "time [h],dose [nM]\n1,10\n").constant());
}

TEST(SeriesTable, SaysWhereAndWhat) {
  EXPECT_EQ(message(""), "dose.csv:1: the table is empty");
  EXPECT_EQ(message("time [h],dose [nM]\n"), "dose.csv:1: no row follows the header");
  EXPECT_EQ(message("time [h],dose [nm]\n1,2\n"),
            "dose.csv:1: no column is named \"dose [nM]\"; did you mean \"dose [nm]\"?");
  EXPECT_EQ(message("time [h],dose [nM],time [h]\n1,2,3\n"), "dose.csv:1: 2 columns are named \"time [h]\"");
  EXPECT_EQ(message("time [h],dose [nM]\n0,1\n1,-2\n1,x\n1,3\n2\n"),
            "dose.csv:3: dose [nM]: -2 is negative\n"
            "dose.csv:4: dose [nM]: \"x\" is not a number\n"
            "dose.csv:5: time [h]: 1 is not after the row before\n"
            "dose.csv:6: dose [nM]: the field is missing");
}

TEST(SeriesTable, GoesToTheFacesThatNameIt) {
  Resolved resolved;
  resolved.parameters.vesicles.resize(2);
  SeriesFile series = hours_and_nanomolar();
  series.vesicle = 1;
  series.axis = 2;
  series.side = 1;
  resolved.series = {series};
  read_series(resolved, [](const std::string& file) {
    EXPECT_EQ(file, "dose.csv");
    return std::string("time [h],dose [nM]\n0,0\n1,10\n");
  });
  EXPECT_DOUBLE_EQ(resolved.parameters.vesicles[1].boundary[2][1].value.at(1800.0), 3.0);
  EXPECT_EQ(resolved.parameters.vesicles[0].boundary[2][1].value.at(1800.0), 0.0);
  resolved.series.push_back(series);
  EXPECT_THROW(read_series(resolved, [](const std::string&) { return std::string(); }), InputError);
}

}  // namespace
}  // namespace vesicast::io::series_table_test
