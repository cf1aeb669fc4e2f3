#include "tests/support/verify.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>
#include <mpi.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "decomposition/base/error.hpp"
#include "tests/support/scenes.hpp"

namespace vesicast::test {
namespace {

/// Rows that the running test has recorded so far.
int count_row() {
  static const testing::TestInfo* running = nullptr;
  static int rows = 0;
  const testing::TestInfo* now = testing::UnitTest::GetInstance()->current_test_info();
  if (now != running) rows = 0;
  running = now;
  return ++rows;
}

}  // namespace

void verify(const Verified& row) {
  const double error = row.levels.back().error;
  EXPECT_LE(error, row.largest_error) << row.name << ", " << row.norm;
  std::string orders, required = fmt::format("<= {:g}", row.largest_error), sizes, errors;
  for (std::size_t i = 0; i < row.levels.size(); ++i) {
    sizes += fmt::format("{}{:g}", i == 0 ? "" : " ", row.levels[i].size);
    errors += fmt::format("{}{:.3e}", i == 0 ? "" : " ", row.levels[i].error);
    if (row.least_order <= 0.0 || i == 0) continue;
    const Level &coarse = row.levels[i - 1], &fine = row.levels[i];
    const double observed = order(coarse.error, fine.error, coarse.size / fine.size);
    EXPECT_GE(observed, row.least_order) << row.name << ", " << row.norm << ": " << coarse.error << " -> "
                                         << fine.error;
    orders = fmt::format("{:.2f}", observed);
  }
  if (row.least_order > 0.0) required += fmt::format(", order >= {:g}", row.least_order);
  const int number = count_row();
  const auto record = [&](const char* key, const std::string& value) {
    testing::Test::RecordProperty(fmt::format("{}_{}", key, number), value);
  };
  record("case", row.name);
  record("exact", row.exact);
  record("norm", row.norm);
  record("error", fmt::format("{:.1e}", error));
  record("order", orders);
  record("required", required);
  record("refined", row.refined);
  record("sizes", sizes);
  record("errors", errors);
}

void write_curves(const std::string& name, const std::vector<std::string>& columns,
                  const std::vector<std::vector<double>>& rows) {
  const char* folder = std::getenv("VESICAST_VERIFICATION_OUT");
  int rank = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  if (folder == nullptr || rank != 0) return;
  const std::filesystem::path path = std::filesystem::path(folder) / (name + ".csv");
  std::ofstream file(path);
  file << fmt::format("{}\n", fmt::join(columns, ","));
  for (const auto& row : rows) file << fmt::format("{:.9g}\n", fmt::join(row, ","));
  file.close();
  if (!file) throw OutputError("cannot write " + path.string());
}

double relative_l2(const std::vector<double>& values, const std::vector<double>& exact) {
  double difference = 0.0, norm = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    difference += (values[i] - exact[i]) * (values[i] - exact[i]);
    norm += exact[i] * exact[i];
  }
  return std::sqrt(difference / norm);
}

}  // namespace vesicast::test
