// Cells as records: out of the arrays and in again, from rank to rank and back.
#include <gtest/gtest.h>

#include <cstring>
#include <map>
#include <numeric>

#include "decomposition/base/error.hpp"
#include "src/base/random.hpp"
#include "src/run/simulate.hpp"
#include "src/state/hand_over.hpp"
#include "tests/support/everything.hpp"

namespace vesicast::cell_records_test {
namespace {

/// The cells of a run, some of which have become of another type; no two of their numbers are the same.
struct RecordsOfARun : testing::Test {
  Parameters p = test::everything_with_a_switch({11, 9, 7});
  test::Scene scene = test::make_scene(p, test::cells_of(p));
  int rank = 0, ranks = 1;

  RecordsOfARun() {
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    Timings t;
    simulate(scene, to_ticks(300.0), to_ticks(30.0), {}, t);
    Draws draws({9, Purpose::placement_type, static_cast<std::uint64_t>(rank), 0, 0});
    for (std::size_t a = 0; a < cell_array_count; ++a)
      for (std::size_t which = 0; which < scene.state.cells.count(static_cast<CellArray>(a)); ++which)
        for (double& x : scene.state.cells.at(static_cast<CellArray>(a), which)) x += draws.uniform();
  }
};

bool same_bits(std::span<const double> a, std::span<const double> b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size_bytes()) == 0);
}

void expect_same(const Cells& a, const Cells& b) {
  EXPECT_EQ(a.id, b.id);
  EXPECT_EQ(a.type, b.type);
  EXPECT_EQ(a.first_type, b.first_type);
  EXPECT_EQ(a.position, b.position);
  for (std::size_t i = 0; i < cell_array_count; ++i) {
    const auto array = static_cast<CellArray>(i);
    ASSERT_EQ(a.count(array), b.count(array));
    for (std::size_t which = 0; which < a.count(array); ++which)
      EXPECT_TRUE(same_bits(a.at(array, which), b.at(array, which))) << info(array).name << " " << which;
  }
}

std::vector<Record> take_out_all(Cells& cells) {
  std::vector<Record> records;
  while (cells.size() > 0) records.push_back(cells.take_out(cells.size() / 2));
  return records;
}

std::string error_of(const std::function<void()>& f) {
  try {
    f();
  } catch (const InternalError& e) {
    return e.what();
  }
  return "no error";
}

/// A record of `n` bytes and as many arrays of various sizes as its id says.
Record record_of(std::int64_t id, std::size_t n) {
  Record r{id, {}, {}};
  for (std::size_t i = 0; i < n; ++i) r.bytes.push_back(static_cast<std::byte>(id * 31 + static_cast<int>(i)));
  for (std::int64_t a = 0; a < id % 4; ++a)
    r.ragged.emplace_back(static_cast<std::size_t>((id * a) % 7), 1.0 / static_cast<double>(id + a));
  return r;
}

}  // namespace

TEST_F(RecordsOfARun, OutAndInInAnotherOrderAreTheSameBits) {
  Cells& cells = scene.state.cells;
  const Cells before = cells;
  std::vector<Record> records = take_out_all(cells);
  EXPECT_EQ(cells.size(), 0u);
  Draws draws({5, Purpose::placement_type, static_cast<std::uint64_t>(rank), 0, 0});
  for (std::size_t i = records.size(); i > 1; --i) std::swap(records[i - 1], records[draws() % i]);
  for (const Record& r : records) cells.put_in(r);
  for (std::size_t i = 0; i < records.size(); ++i) EXPECT_EQ(cells.record(i), records[i]);
  cells.sort(*scene.domain);
  expect_same(cells, before);
  bool became_another = before.type != before.first_type;
  MPI_Allreduce(MPI_IN_PLACE, &became_another, 1, MPI_CXX_BOOL, MPI_LOR, MPI_COMM_WORLD);
  EXPECT_TRUE(became_another);
}

TEST_F(RecordsOfARun, OneCellTakenOutLeavesTheOthers) {
  Cells& cells = scene.state.cells;
  const Cells before = cells;
  if (cells.size() > 2) {
    const Record taken = cells.take_out(1);
    EXPECT_EQ(taken.id, before.id[1]);
    EXPECT_EQ(cells.size() + 1, before.size());
    EXPECT_EQ(std::ranges::count(cells.id, taken.id), 0);
    cells.put_in(taken);
  }
  cells.sort(*scene.domain);
  expect_same(cells, before);
}

TEST_F(RecordsOfARun, AllToAnotherRankAndBack) {
  Cells& cells = scene.state.cells;
  const Cells before = cells;
  const std::size_t limit = 20000;  // several rounds
  for (const bool back : {false, true}) {
    const int step = back ? ranks - 1 : 1;
    const std::size_t n = cells.size();
    const std::vector<Record> arrived =
        migrate(MPI_COMM_WORLD, take_out_all(cells), std::vector<int>(n, (rank + step) % ranks), limit);
    EXPECT_TRUE(std::ranges::is_sorted(arrived, {}, &Record::id));
    for (const Record& r : arrived) cells.put_in(r);
    if (!back && ranks > 1) {
      for (const std::int64_t id : cells.id) EXPECT_EQ(std::ranges::count(before.id, id), 0);
    }
  }
  cells.sort(*scene.domain);
  expect_same(cells, before);
}

TEST_F(RecordsOfARun, HandedOverToTheOwnersUnderAnotherCutAndBack) {
  std::array<std::vector<std::int64_t>, 3> widths{{{11}, {9}, {7}}};
  widths[1].assign(static_cast<std::size_t>(ranks), 1);
  widths[1].back() = 9 - ranks + 1;
  const Domain other(MPI_COMM_WORLD, scene.domain->grid(), scene.domain->periodic(),
                     explicit_layout(scene.domain->grid(), widths));
  Cells& cells = scene.state.cells;
  const Cells before = cells;
  hand_over(cells, other);
  for (const Vector3& position : cells.position) EXPECT_EQ(other.owner(position), rank);
  int count = static_cast<int>(cells.size());
  MPI_Allreduce(MPI_IN_PLACE, &count, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
  EXPECT_EQ(count, 150);
  hand_over(cells, *scene.domain);
  expect_same(cells, before);
}

TEST_F(RecordsOfARun, WhatDoesNotFitIsRefusedAndChangesNothing) {
  Cells& cells = scene.state.cells;
  if (cells.size() < 2) GTEST_SKIP() << "no cells on this rank";
  const Record good = cells.record(0), second = cells.record(1);
  Cells others(*scene.domain, {}, plan_cells(p));
  const auto refused = [&](const Record& r) { return error_of([&] { others.put_in(r); }); };
  Record r = good;
  r.bytes.pop_back();
  EXPECT_NE(refused(r).find("arrays per cell make"), std::string::npos) << refused(r);
  r = good;
  r.ragged.push_back({1.0});
  EXPECT_NE(refused(r).find("of a size of its own"), std::string::npos) << refused(r);
  r = good;
  r.bytes[0] ^= std::byte{1};
  EXPECT_NE(refused(r).find("of other arrays"), std::string::npos) << refused(r);
  r = good;
  r.id = second.id;
  EXPECT_NE(refused(r).find("holds cell"), std::string::npos) << refused(r);
  EXPECT_EQ(others.size(), 0u);
  // As many arrays, but not the same ones.
  CellPlan plan = plan_cells(p);
  plan.has[0][0] = false;
  plan.has[static_cast<std::size_t>(CellArray::digested_cargo)].push_back(true);
  Cells strange(*scene.domain, {}, plan);
  EXPECT_NE(error_of([&] { strange.put_in(good); }).find("of other arrays"), std::string::npos);
  // The same cell twice, and one that another rank owns.
  others.put_in(good);
  others.put_in(second);
  others.put_in(good);
  EXPECT_NE(error_of([&] { others.sort(*scene.domain); }).find("is here twice"), std::string::npos);
  if (ranks == 1) return;
  cells.position[0] = scene.domain->grid().centre(scene.domain->layout().owned_by((rank + 1) % ranks).lower);
  EXPECT_NE(error_of([&] { cells.sort(*scene.domain); }).find("is not in the box of rank"), std::string::npos);
}

TEST(Migration, CarriesArraysOfAnySize) {
  int rank = 0, ranks = 1;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  for (const std::size_t round : {std::size_t{1}, std::size_t{1000}, migration_round}) {
    std::vector<Record> records;
    std::vector<int> to;
    for (std::int64_t id = 0; id < 60; ++id) {
      if (id % ranks != rank) continue;
      records.insert(records.begin(), record_of(id, static_cast<std::size_t>(id % 11)));
      to.insert(to.begin(), static_cast<int>(id * id) % ranks);
    }
    const std::vector<Record> mine = migrate(MPI_COMM_WORLD, records, to, round);
    std::vector<Record> expected;
    for (std::int64_t id = 0; id < 60; ++id)
      if (id * id % ranks == rank) expected.push_back(record_of(id, static_cast<std::size_t>(id % 11)));
    EXPECT_EQ(mine, expected);
  }
  EXPECT_TRUE(migrate(MPI_COMM_WORLD, {}, {}).empty());
}

TEST(Migration, AWrongDestinationAndADoubleAreEveryonesError) {
  int rank = 0, ranks = 1;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  const std::vector<Record> one{record_of(rank, 3)};
  const std::vector<int> wrong{rank == 0 ? ranks : 0}, first{0};
  EXPECT_THROW(static_cast<void>(migrate(MPI_COMM_WORLD, one, wrong)), AgreedError);
  const std::vector<Record> same{record_of(7, 3), record_of(7, 3)};
  const std::vector<int> both{0, 0};
  EXPECT_THROW(static_cast<void>(migrate(MPI_COMM_WORLD, same, both)), AgreedError);
}

TEST(Migration, BytesOfRecordsAreReadOrRefused) {
  std::vector<Record> records;
  for (std::int64_t id = 0; id < 9; ++id) records.push_back(record_of(id, 5));
  std::vector<std::byte> bytes = to_bytes(records);
  EXPECT_EQ(from_bytes(bytes), records);
  EXPECT_TRUE(from_bytes(to_bytes({})).empty());
  for (std::size_t n = 0; n < bytes.size(); n += 13)
    EXPECT_THROW(static_cast<void>(from_bytes(std::span(bytes).first(n))), InternalError) << n << " bytes";
  bytes.push_back(std::byte{0});
  EXPECT_THROW(static_cast<void>(from_bytes(bytes)), InternalError);
}

}  // namespace vesicast::cell_records_test
