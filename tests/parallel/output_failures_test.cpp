// A write that fails on any rank ends in OutputError on every rank, and what was there before is still there.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>

#include "tests/parallel/output_support.hpp"

namespace vesicast::output_failures_test {
namespace {

using namespace output_test;
using vesicast::ExitCode;

/// Files larger than `bytes` cannot be written in this process while it lives: what a full disk or a quota looks like.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : old_handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &old_);
    const rlimit limit{bytes, old_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &old_);
    std::signal(SIGXFSZ, old_handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  void (*old_handler_)(int);
  rlimit old_{};
};

/// Writes a first output of both kinds, then tries a second one with the limit on `limited` ranks.
void check_that_a_limit_keeps_what_was_there(rlim_t bytes, bool limited) {
  const Scratch scratch;
  const SmallRun small;
  small.write_fields(scratch.path(), 0, 0.0);
  small.write_cells(scratch.path(), 0, 0.0);
  barrier();
  const auto before = snapshot_of(scratch.path());
  barrier();
  std::string fields, cells;
  {
    std::optional<FileSizeLimit> limit;
    if (limited) limit.emplace(bytes);
    fields = failure(ExitCode::output_failed, [&] { small.write_fields(scratch.path(), 1, 1.0); });
    cells = failure(ExitCode::output_failed, [&] { small.write_cells(scratch.path(), 1, 1.0); });
  }
  EXPECT_NE(fields.find("fields_000001"), std::string::npos) << fields;
  EXPECT_NE(fields.find("File too large"), std::string::npos) << fields;
  EXPECT_NE(cells.find("cells_000001"), std::string::npos) << cells;
  EXPECT_NE(cells.find("File too large"), std::string::npos) << cells;
  barrier();
  EXPECT_EQ(snapshot_of(scratch.path()), before);
  EXPECT_FALSE(fs::exists(scratch.path() / "fields/fields_000001"));
  barrier();
  // And the run could go on, once there is room again.
  small.write_fields(scratch.path(), 1, 1.0);
  EXPECT_TRUE(fs::exists(scratch.path() / "fields/fields_000001.pvti"));
}

TEST(OutputFailures, AFileSizeLimitOnEveryRank) {
  for (const rlim_t bytes : {rlim_t{0}, rlim_t{100}, rlim_t{1000}})
    check_that_a_limit_keeps_what_was_there(bytes, true);
}

TEST(OutputFailures, AFileSizeLimitOnTheLastRankOnly) {
  check_that_a_limit_keeps_what_was_there(500, rank() == ranks() - 1);
}

TEST(OutputFailures, AFolderRemovedUnderTheRunDoesNotComeBack) {
  const Scratch scratch;
  const fs::path run = scratch.path() / "run";
  const SmallRun small;
  if (rank() == 0) fs::create_directory(run);
  barrier();
  small.write_fields(run, 0, 0.0);
  barrier();
  if (rank() == 0) fs::remove_all(run);
  barrier();
  const std::string fields = failure(ExitCode::output_failed, [&] { small.write_fields(run, 1, 1.0); });
  const std::string cells = failure(ExitCode::output_failed, [&] { small.write_cells(run, 1, 1.0); });
  EXPECT_NE(fields.find((run / "fields").string() + ": No such file or directory"), std::string::npos) << fields;
  EXPECT_NE(cells.find((run / "cells").string() + ": No such file or directory"), std::string::npos) << cells;
  EXPECT_FALSE(fs::exists(run));
}

TEST(OutputFailures, APlaceTakenByAFile) {
  const Scratch scratch;
  const SmallRun small;
  if (rank() == 0) std::ofstream(scratch.path() / "fields") << "mine";
  barrier();
  const std::string message = failure(ExitCode::output_failed, [&] { small.write_fields(scratch.path(), 0, 0.0); });
  EXPECT_NE(message.find("fields"), std::string::npos) << message;
  barrier();
  EXPECT_EQ(contents(scratch.path() / "fields"), "mine");
}

TEST(OutputFailures, ASeriesThatIsNotOursIsLeftAlone) {
  const Scratch scratch;
  const SmallRun small;
  if (rank() == 0) std::ofstream(scratch.path() / "fields.pvd") << "<VTKFile/>";
  barrier();
  const std::string message = failure(ExitCode::output_failed, [&] { small.write_fields(scratch.path(), 0, 0.0); });
  EXPECT_NE(message.find("fields.pvd"), std::string::npos) << message;
  barrier();
  EXPECT_EQ(snapshot_of(scratch.path()).size(), 1u);
  EXPECT_EQ(contents(scratch.path() / "fields.pvd"), "<VTKFile/>");
}

}  // namespace
}  // namespace vesicast::output_failures_test
