// The run folder's small files: provenance.json and the .pvd series; and the arithmetic of `vesicast compare`.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <bit>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "io/compare/difference.hpp"
#include "io/compare/tables.hpp"
#include "io/run_folder/provenance.hpp"
#include "io/run_folder/run_folder.hpp"
#include "io/vtk/pvd.hpp"

namespace vesicast::output_records_test {
namespace {

using namespace vesicast::io;
namespace fs = std::filesystem;

class OutputRecords : public testing::Test {
 protected:
  OutputRecords() {
    std::string name = (fs::temp_directory_path() / "vesicast-records-XXXXXX").string();
    folder = mkdtemp(name.data());
  }
  ~OutputRecords() override { fs::remove_all(folder); }
  fs::path put(const std::string& name, const std::string& text) const {
    std::ofstream(folder / name, std::ios::binary) << text;
    return folder / name;
  }
  fs::path folder;
};

TEST_F(OutputRecords, ProvenanceSaysWhereAResultCameFrom) {
  setenv("SLURM_JOB_ID", "4711", 1);
  Provenance p;
  const char* const arguments[] = {"vesicast", "run", "my config.toml", "--set", "run.end='1 h'", "bytes \xff"};
  p.command_line = quoted_command_line(6, arguments);
  p.seed = 18446744073709551615u;
  p.ranks = 4;
  p.hosts = {"node1", "node2"};
  p.petsc_version = "3.18.5";
  p.mpi_version = "Open MPI 4.1.4";
  p.config = record_input(put("config.toml", "abc"));
  p.tables = {record_input(put("cells.csv", ""))};
  p.started = std::chrono::system_clock::from_time_t(1700000000);
  write_provenance(folder, p);
  EXPECT_TRUE(is_run_folder(folder));

  std::ifstream file(folder / "provenance.json");
  auto json = nlohmann::json::parse(file);
  EXPECT_EQ(json["program"], "vesicast");
  EXPECT_EQ(json["command_line"], "vesicast run 'my config.toml' --set 'run.end='\\''1 h'\\''' 'bytes \xEF\xBF\xBD'");
  EXPECT_EQ(json["seed"].get<std::uint64_t>(), p.seed);
  EXPECT_EQ(json["ranks"], 4);
  EXPECT_EQ(json["hosts"].size(), 2u);
  EXPECT_EQ(json["job"]["id"], "4711");
  EXPECT_EQ(json["job"]["system"], "Slurm");
  EXPECT_EQ(json["config"]["xxh64"], "44bc2cf5ad770999");     // XXH64 of "abc" with seed 0
  EXPECT_EQ(json["tables"][0]["xxh64"], "ef46db3751d8e999");  // of nothing
  EXPECT_EQ(json["started"], "2023-11-14T22:13:20Z");
  EXPECT_TRUE(json["finished"].is_null());
  EXPECT_TRUE(json["wall_seconds"].is_null());
  EXPECT_TRUE(json["exit_status"].is_null());
  for (const char* library : {"PETSc", "MPI", "VTK", "Boost"})
    EXPECT_FALSE(json["libraries"][library].get<std::string>().empty()) << library;

  p.finished = p.started + std::chrono::seconds(90);
  p.wall_seconds = 90.25;
  p.exit_status = vesicast::ExitCode::numerics_failed;
  unsetenv("SLURM_JOB_ID");
  json = nlohmann::json::parse(to_json(p));
  EXPECT_EQ(json["finished"], "2023-11-14T22:14:50Z");
  EXPECT_EQ(json["wall_seconds"], 90.25);
  EXPECT_EQ(json["exit_status"], 5);
}

TEST_F(OutputRecords, TheLastAttemptSaysHowItEnded) {
  EXPECT_THROW((void)last_attempt(folder), vesicast::InputError);
  Provenance p;
  p.ranks = 3;
  p.started = std::chrono::system_clock::from_time_t(1700000000);
  write_provenance(folder, p);
  EXPECT_FALSE(last_attempt(folder).exit_status);
  EXPECT_EQ(last_attempt(folder).text().find(
                "the last attempt, begun 2023-11-14T22:13:20Z on 3 ranks, was killed: it left no exit status"),
            0u);
  EXPECT_NE(read_provenance(folder).earlier.find("\"stopped_by\":\"killed\""), std::string::npos);

  p.reached = 1200;
  p.stopped_by = "SIGTERM";
  p.exit_status = vesicast::ExitCode::stopped_early;
  write_provenance(folder, p);
  EXPECT_EQ(last_attempt(folder).text(),
            "the last attempt, begun 2023-11-14T22:13:20Z on 3 ranks, ended at t = 1200 s by SIGTERM, exit code 3");
  EXPECT_NE(read_provenance(folder).earlier.find("\"stopped_by\":\"SIGTERM\""), std::string::npos);

  record_lone_failure(folder, 2, vesicast::ExitCode::internal, "out of memory", 1800);
  EXPECT_EQ(last_attempt(folder).exit_status, 70);
  EXPECT_EQ(last_attempt(folder).reached, 1800);
  EXPECT_EQ(last_attempt(folder).stopped_by, "rank 2: out of memory");
  EXPECT_TRUE(is_run_folder(folder));
  EXPECT_FALSE(fs::exists(folder / "rank_0002.tmp"));
  record_lone_failure(folder / "gone", 2, vesicast::ExitCode::internal, "out of memory", 1800);  // and says nothing
  EXPECT_FALSE(fs::exists(folder / "gone"));
}

TEST_F(OutputRecords, AnInputThatCannotBeReadIsAnInputError) {
  EXPECT_THROW((void)record_input(folder / "none.csv"), vesicast::InputError);
  EXPECT_THROW((void)record_input(folder), vesicast::InputError);
}

TEST_F(OutputRecords, OnlyItsOwnProvenanceMakesARunFolder) {
  EXPECT_FALSE(is_run_folder(folder));
  for (const char* text : {"", "{", "[]", "{\"program\": 3}", "{\"program\": \"other\"}"}) {
    put("provenance.json", text);
    EXPECT_FALSE(is_run_folder(folder)) << text;
  }
  put("provenance.json", "{\"program\": \"vesicast\"}");
  EXPECT_TRUE(is_run_folder(folder));
}

TEST_F(OutputRecords, ASeriesReadsBackAndStaysInOrder) {
  std::vector<SeriesEntry> entries;
  entries = with_entry(entries, {0.0, "fields/fields_000000.pvti"});
  entries = with_entry(entries, {7200.0, "fields/fields_000002.pvti"});
  entries = with_entry(entries, {3600.1, "fields/fields_000001.pvti"});
  entries = with_entry(entries, {7200.0, "fields/fields_000002.pvti"});
  const auto read = read_pvd(put("fields.pvd", pvd_text(entries)));
  ASSERT_EQ(read.size(), 3u);
  EXPECT_EQ(read[1].time_s, 3600.1);
  EXPECT_EQ(read[1].file, "fields/fields_000001.pvti");
  EXPECT_EQ(read[2].time_s, 7200.0);

  EXPECT_TRUE(read_pvd(folder / "none.pvd").empty());
  EXPECT_THROW((void)read_pvd(put("bad.pvd", "<VTKFile/>")), vesicast::InputError);
  EXPECT_THROW((void)read_pvd(put("bad.pvd", "<VTKFile><Collection><DataSet file=\"a\"/></Collection></VTKFile>")),
               vesicast::InputError);
}

TEST_F(OutputRecords, DifferencesAreBitByBit) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const double other_nan = std::bit_cast<double>(std::bit_cast<std::uint64_t>(nan) + 1);
  const Values a = std::vector<double>{1.0, 0.0, nan, nan, 4.0, 2.0};
  const Values b = std::vector<double>{1.0, -0.0, nan, other_nan, 5.0, 2.5};
  const ArrayDifference d = difference(a, b);
  EXPECT_EQ(d.count, 4);
  EXPECT_EQ(d.first, 1);
  EXPECT_EQ(d.first_b, "-0");
  EXPECT_EQ(d.sign_of_zero, 1);
  EXPECT_EQ(d.with_nan, 1);
  EXPECT_EQ(d.largest_absolute, 1.0);
  EXPECT_EQ(d.largest_relative, 0.2);
  EXPECT_EQ(difference(a, a).count, 0);

  const Values m = std::vector<std::int64_t>{9007199254740992, 3}, n = std::vector<std::int64_t>{9007199254740993, 3};
  EXPECT_EQ(difference(m, n).count, 1);
  EXPECT_EQ(difference(m, n).largest_absolute, 1.0);
}

TEST_F(OutputRecords, TablesShowTheFirstLineThatDiffers) {
  const fs::path a = put("a.csv", "time [s],free\n0,1\n30,2\n");
  EXPECT_FALSE(compare_tables(a, a).has_value());
  const auto differing = [&](const std::string& text) { return compare_tables(a, put("b.csv", text)).value_or(""); };
  EXPECT_EQ(differing("time [s],free\n0,1\n30,4\n"), "a.csv: differs first in line 3\n  A: 30,2\n  B: 30,4");
  EXPECT_EQ(differing("time [s],free\n0,1\n"), "a.csv: differs first in line 3\n  A: 30,2\n  B: (the file ends here)");
  EXPECT_EQ(differing("time [s],free\n0,1\n30,2"),
            "a.csv: differs first in line 3\n  A: 30,2\n  B: 30,2 (without a line end)");
  EXPECT_EQ(differing("time [s],free\n0,12\n30,2\n"), "a.csv: differs first in line 2\n  A: 0,1\n  B: 0,12");
  EXPECT_EQ(differing(""), "a.csv: differs first in line 1\n  A: time [s],free\n  B: (the file ends here)");
  EXPECT_THROW((void)compare_tables(a, folder / "none.csv"), vesicast::InputError);
}

}  // namespace
}  // namespace vesicast::output_records_test
