// A checkpoint that is not as it was written is found out, whatever is wrong with it.
#include "io/checkpoint/checkpoint.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "src/ledger/ledger.hpp"
#include "src/run/assemble.hpp"
#include "src/run/recut.hpp"
#include "src/state/depart.hpp"
#include "tests/parallel/output_support.hpp"
#include "tests/support/everything.hpp"

namespace vesicast::checkpoint_test {
namespace {

using namespace output_test;

/// A file on rank 0's disk as bytes, and back.
std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
void put(const fs::path& file, const std::string& bytes) {
  barrier();
  if (rank() == 0) std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
  barrier();
}

class Checkpoint : public testing::Test {
 protected:
  void SetUp() override {
    test::Scene s = test::make_scene(parameters, test::cells_of(parameters));
    Timings t;
    for (int i = 0; i < 3; ++i) advance(s, 30000, t);
    static_cast<void>(io::write_checkpoint(s, folder, {{{"series", 3, 60000}}, "a = 1\n", ""}));
    barrier();
  }
  /// Reads all of it; what is wrong, or nothing. The same on every rank.
  [[nodiscard]] std::string problem() const {
    try {
      const io::Manifest m = io::read_manifest(MPI_COMM_WORLD, folder);
      const Stored stored = io::read_checkpoint(MPI_COMM_WORLD, folder, m, make_model(parameters));
      return "";
    } catch (const AgreedError& e) {
      EXPECT_EQ(e.code(), ExitCode::bad_input) << e.what();
      return e.what();
    }
  }
  Parameters parameters = test::everything({9, 8, 7});
  Scratch scratch;
  fs::path folder = scratch.path() / "000000000003", data = folder / "data", manifest = folder / "manifest";
};

}  // namespace

TEST_F(Checkpoint, IsTwoFilesThatSayWhatTheyAreOf) {
  EXPECT_EQ(problem(), "");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 2);
  EXPECT_FALSE(fs::exists(folder.string() + ".tmp"));
  const io::Manifest m = io::read_manifest(MPI_COMM_WORLD, folder);
  EXPECT_EQ(m.numbers.time, 90000);
  EXPECT_EQ(m.numbers.steps, 3);
  EXPECT_EQ(m.layout.size(), ranks());
  ASSERT_EQ(m.outputs.size(), 1u);
  EXPECT_EQ(m.outputs[0].seen, 3);
  EXPECT_EQ(m.outputs[0].last, 60000);
  EXPECT_EQ(m.config, "a = 1\n");
}

// What departed cells did is gathered from all ranks and counted once.
TEST_F(Checkpoint, DepartedCellsAreInIt) {
  test::Scene s = test::make_scene(parameters, test::cells_of(parameters));
  Timings t;
  for (int i = 0; i < 3; ++i) advance(s, 30000, t);
  std::vector<std::size_t> leaving;
  for (std::size_t c = 0; c < s.state.cells.size(); ++c)
    if (s.state.cells.id[c] % 5 == 0) leaving.push_back(c);
  depart(s.state, leaving, *s.domain);
  reseat(s);
  const Ledger before = measure_ledger(s.state, s.model, MPI_COMM_WORLD);
  static_cast<void>(io::write_checkpoint(s, scratch.path() / "departed", {}));
  s = {};
  const io::Manifest m = io::read_manifest(MPI_COMM_WORLD, scratch.path() / "departed");
  Stored stored = io::read_checkpoint(MPI_COMM_WORLD, scratch.path() / "departed", m, make_model(parameters));
  std::int64_t departed = stored.sums.departed.count();
  MPI_Allreduce(MPI_IN_PLACE, &departed, 1, MPI_INT64_T, MPI_SUM, MPI_COMM_WORLD);
  EXPECT_EQ(departed, 30);  // of 150
  s = restore(make_model(parameters), MPI_COMM_WORLD, std::move(stored), test::no_maps);
  const Ledger after = measure_ledger(s.state, s.model, MPI_COMM_WORLD);
  EXPECT_LE(after.worst_residual(), 1e-12);
  ASSERT_EQ(after.balances().size(), before.balances().size());
  for (std::size_t i = 0; i < before.balances().size(); ++i)
    for (std::size_t l = 0; l < before.balances()[i]->lines.size(); ++l)
      EXPECT_EQ(after.balances()[i]->lines[l].value, before.balances()[i]->lines[l].value)
          << before.balances()[i]->name << ": " << before.balances()[i]->lines[l].account;
}

TEST_F(Checkpoint, AFlippedBitAnywhereIsFound) {
  for (const fs::path& file : {data, manifest}) {
    const std::string whole = broadcast(MPI_COMM_WORLD, bytes_of(file));
    const std::size_t stride = std::max<std::size_t>(1, whole.size() / 60);
    for (std::size_t at = stride / 2; at < whole.size(); at += stride) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
      put(file, damaged);
      EXPECT_NE(problem(), "") << file << " at byte " << at;
    }
    put(file, whole);
  }
  EXPECT_EQ(problem(), "");
}

TEST_F(Checkpoint, ACutFileIsFound) {
  for (const fs::path& file : {data, manifest}) {
    const std::string whole = broadcast(MPI_COMM_WORLD, bytes_of(file));
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, whole.size() / 3, whole.size() / 2, whole.size() - 1}) {
      put(file, whole.substr(0, size));
      const std::string text = problem();
      EXPECT_NE(text.find(file.filename().string()), std::string::npos) << size << " bytes: " << text;
    }
    put(file, whole);
  }
}

TEST_F(Checkpoint, AMissingFileIsFound) {
  for (const fs::path& file : {data, manifest}) {
    const std::string whole = broadcast(MPI_COMM_WORLD, bytes_of(file));
    barrier();
    if (rank() == 0) fs::remove(file);
    barrier();
    EXPECT_NE(problem().find(file.filename().string()), std::string::npos);
    put(file, whole);
  }
}

TEST_F(Checkpoint, AnotherVersionOrByteOrderIsNamed) {
  const std::string whole = broadcast(MPI_COMM_WORLD, bytes_of(manifest));
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string other = whole;
    other.replace(other.find(from), from.size(), to);
    put(manifest, other);
    return problem();
  };
  EXPECT_NE(with("vesicast-checkpoint 1 ", "vesicast-checkpoint 2 ").find("another version"), std::string::npos);
  EXPECT_NE(with(" little ", " big ").find("another kind of machine"), std::string::npos);
  EXPECT_NE(with("vesicast-checkpoint", "something-different").find("not the manifest"), std::string::npos);
}

TEST_F(Checkpoint, OfAnotherConfigurationIsRefused) {
  parameters.cell_types[1].responses.clear();
  EXPECT_NE(problem().find("other arrays"), std::string::npos);
}

}  // namespace vesicast::checkpoint_test
