// Who may write where: a run never overwrites anything it was not told to, and never what another program made.
#include <gtest/gtest.h>

#include "io/run_folder/atomic_file.hpp"
#include "io/run_folder/provenance.hpp"
#include "io/run_folder/run_folder.hpp"
#include "tests/parallel/output_support.hpp"

namespace vesicast::output_run_folder_test {
namespace {

using namespace output_test;
using vesicast::ExitCode;
using vesicast::io::prepare;

/// A finished run. Collective.
void make_run(const fs::path& run) {
  static_cast<void>(prepare(MPI_COMM_WORLD, run, false));
  const SmallRun small;
  small.write_fields(run, 0, 0.0);
  small.write_cells(run, 0, 0.0);
  if (rank() == 0) {
    for (const char* name : {"config.toml", "log.txt", "series.csv", "ledger.csv", "communication.csv"})
      vesicast::io::write_file_atomically(run / name, "x\n");
    vesicast::io::write_provenance(run, {});
  }
  barrier();
}

TEST(OutputRunFolder, MakesTheFolderAndItsParents) {
  const Scratch scratch;
  const fs::path run = scratch.path() / "results" / "tumour" / "run 1";
  static_cast<void>(prepare(MPI_COMM_WORLD, run, false));
  EXPECT_TRUE(fs::is_directory(run));
  static_cast<void>(prepare(MPI_COMM_WORLD, run, false));  // still empty
  barrier();
  EXPECT_TRUE(fs::is_empty(run));
}

TEST(OutputRunFolder, AnExistingRunIsKeptUnlessToldOtherwise) {
  const Scratch scratch;
  const fs::path run = scratch.path() / "run";
  make_run(run);
  const auto before = snapshot_of(run);
  const std::string message =
      failure(ExitCode::bad_input, [&] { static_cast<void>(prepare(MPI_COMM_WORLD, run, false)); });
  EXPECT_NE(message.find("--overwrite"), std::string::npos) << message;
  EXPECT_NE(message.find("--output"), std::string::npos) << message;
  EXPECT_EQ(snapshot_of(run), before);
  barrier();
  static_cast<void>(prepare(MPI_COMM_WORLD, run, true));
  barrier();
  EXPECT_TRUE(fs::is_empty(run));
}

TEST(OutputRunFolder, OverwriteKeepsForeignFiles) {
  const Scratch scratch;
  const fs::path run = scratch.path() / "run";
  make_run(run);
  const std::map<std::string, std::string> foreign{{"notes.md", "mine"},
                                                   {"series.csv.bak", "mine"},
                                                   {"fields/thesis.vti", "mine"},
                                                   {"fields/fields_000000/piece_0000.vti.old", "mine"},
                                                   {"cells/cells_final.pvtp", "mine"}};
  if (rank() == 0) {
    for (const auto& [name, text] : foreign) std::ofstream(run / name) << text;
    std::ofstream(run / "fields/fields_000001.pvti.tmp") << "left by an interrupted run";
    fs::create_directory(run / "cells/cells_000001");
    std::ofstream(run / "cells/cells_000001/piece_0003.vtp.tmp") << "left by an interrupted run";
  }
  barrier();
  static_cast<void>(prepare(MPI_COMM_WORLD, run, true));
  barrier();
  EXPECT_EQ(snapshot_of(run), foreign);
}

TEST(OutputRunFolder, OverwriteLeavesOtherFoldersAlone) {
  const Scratch scratch;
  const fs::path home = scratch.path() / "home";
  if (rank() == 0) {
    fs::create_directory(home);
    std::ofstream(home / "series.csv") << "mine";
  }
  barrier();
  std::string message = failure(ExitCode::bad_input, [&] { static_cast<void>(prepare(MPI_COMM_WORLD, home, true)); });
  EXPECT_NE(message.find("no vesicast run"), std::string::npos) << message;
  barrier();
  if (rank() == 0) std::ofstream(home / "provenance.json") << "{\"program\": \"other\"}";
  barrier();
  message = failure(ExitCode::bad_input, [&] { static_cast<void>(prepare(MPI_COMM_WORLD, home, true)); });
  EXPECT_EQ(contents(home / "series.csv"), "mine");
}

TEST(OutputRunFolder, OverwriteDoesNotFollowALinkOutOfTheFolder) {
  const Scratch scratch;
  const fs::path run = scratch.path() / "run", other = scratch.path() / "other";
  make_run(run);
  make_run(other);
  const auto before = snapshot_of(other);
  barrier();
  if (rank() == 0) {
    fs::remove_all(run / "fields");
    fs::create_directory_symlink(other / "fields", run / "fields");
  }
  barrier();
  const std::string message =
      failure(ExitCode::bad_input, [&] { static_cast<void>(prepare(MPI_COMM_WORLD, run, true)); });
  EXPECT_NE(message.find("fields"), std::string::npos) << message;
  EXPECT_EQ(snapshot_of(other), before);
  EXPECT_TRUE(fs::exists(run / "provenance.json"));
}

TEST(OutputRunFolder, AFileInThePlaceOfTheFolder) {
  const Scratch scratch;
  if (rank() == 0) std::ofstream(scratch.path() / "run") << "mine";
  barrier();
  failure(ExitCode::bad_input, [&] { static_cast<void>(prepare(MPI_COMM_WORLD, scratch.path() / "run", true)); });
  failure(ExitCode::output_failed,
          [&] { static_cast<void>(prepare(MPI_COMM_WORLD, scratch.path() / "run" / "below", false)); });
  failure(ExitCode::bad_input, [&] { static_cast<void>(prepare(MPI_COMM_WORLD, "", false)); });
  barrier();
  EXPECT_EQ(contents(scratch.path() / "run"), "mine");
}

TEST(OutputRunFolder, AFolderThatCannotBeWritten) {
  // Not even root can make a file there.
  const std::string message =
      failure(ExitCode::output_failed, [] { static_cast<void>(prepare(MPI_COMM_WORLD, "/proc/vesicast", false)); });
  EXPECT_NE(message.find("/proc/vesicast"), std::string::npos) << message;
}

TEST(OutputRunFolder, HostsAreNamedOnce) {
  const auto hosts = vesicast::io::host_names(MPI_COMM_WORLD);
  EXPECT_EQ(hosts.size(), rank() == 0 ? 1u : 0u);
}

}  // namespace
}  // namespace vesicast::output_run_folder_test
