#include <gtest/gtest.h>

#include <numeric>

#include "decomposition/base/error.hpp"
#include "decomposition/halo.hpp"
#include "decomposition/route.hpp"
#include "src/base/random.hpp"
#include "tests/support/scenes.hpp"

namespace vesicast::decomposition_test {
namespace {

double value_at(const Index3& v) {
  return 1.0 + static_cast<double>(v[0]) + 1e3 * static_cast<double>(v[1]) + 1e6 * static_cast<double>(v[2]);
}

/// Fills an array with value_at in the owned voxels, exchanges, and checks every voxel of the rim.
void check_halo(const Domain& domain, int depth) {
  Halo halo(domain, depth);
  const Box& covered = halo.covered();
  std::vector<double> a(static_cast<std::size_t>(covered.volume()), -1.0), b(a.size(), -1.0);
  for (std::int64_t i = 0; i < domain.owned_voxels(); ++i) {
    const Index3 v = domain.owned().voxel(i);
    a[static_cast<std::size_t>(covered.offset(v))] = value_at(v);
    b[static_cast<std::size_t>(covered.offset(v))] = -2.0 * value_at(v);
  }
  const std::array<double*, 2> arrays{a.data(), b.data()};
  halo.exchange(arrays);
  for (std::int64_t i = 0; i < covered.volume(); ++i) {
    const Index3 v = covered.voxel(i);
    Index3 wrapped = v;
    bool inside = true;
    int beyond = 0;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const std::int64_t n = domain.grid().voxels[axis];
      if (v[axis] < domain.owned().lower[axis] || v[axis] >= domain.owned().upper[axis]) ++beyond;
      if (domain.periodic()[axis]) wrapped[axis] = (v[axis] + n) % n;
      inside = inside && wrapped[axis] >= 0 && wrapped[axis] < n;
    }
    if (depth == 1 && beyond > 1) continue;  // edges and corners are not exchanged at depth 1
    const double expected = inside ? value_at(wrapped) : -1.0;
    EXPECT_EQ(a[static_cast<std::size_t>(i)], expected) << v[0] << " " << v[1] << " " << v[2];
    EXPECT_EQ(b[static_cast<std::size_t>(i)], inside ? -2.0 * expected : -1.0);
  }
}

}  // namespace

TEST(Halo, BringsTheNeighboursValues) {
  const Grid g = test::grid_of({9, 8, 7}, 1.0);
  for (const int depth : {1, 2})
    for (const std::array<bool, 3>& periodic :
         {std::array{false, false, false}, std::array{true, false, true}, std::array{true, true, true}})
      check_halo(test::domain_of(g, periodic), depth);
}

TEST(Halo, WorksOnSectionsAndRows) {
  check_halo(test::domain_of(test::grid_of({12, 10, 0}, 1.0)), 1);
  check_halo(test::domain_of(test::grid_of({12, 10, 0}, 1.0), {true, true, false}), 2);
  check_halo(test::domain_of(test::grid_of({16, 1, 1}, 1.0)), 1);
}

TEST(Field, HoldsTheOwnedVoxelsAndSumsTheSameOnAnyCut) {
  const Domain domain = test::domain_of(test::grid_of({7, 6, 5}, 1.0));
  Field f(domain);
  EXPECT_EQ(f.size(), domain.owned_voxels());
  const auto uneven = [](const Index3& v) { return 1.0 / (1.0 + static_cast<double>(v[0] + 7 * v[1] + 42 * v[2])); };
  test::fill(f, domain, uneven);
  ExactSum serial;
  for (std::int64_t i = 0; i < domain.grid().size(); ++i) serial.add(uneven(domain.grid().box().voxel(i)));
  EXPECT_EQ(test::total(f, domain), serial.value());
}

TEST(Domain, RefusesALayoutOfAnotherSize) {
  const Grid g = test::grid_of({40, 40, 40}, 1.0);
  int ranks = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  EXPECT_THROW(Domain(MPI_COMM_WORLD, g, {}, uniform_layout(g, ranks + 1)), InputError);
}

TEST(Route, DeliversEveryRecordOnceToItsOwner) {
  struct Record {
    int from, to, number;
  };
  int rank = 0, ranks = 1;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  std::vector<Record> records;
  std::vector<int> destination;
  Draws draws({5, Purpose::placement_type, static_cast<std::uint64_t>(rank), 0, 0});
  const int mine = rank == 1 ? 0 : 100;  // one rank has nothing to send
  for (int i = 0; i < mine; ++i) {
    destination.push_back(static_cast<int>(draws() % static_cast<std::uint64_t>(ranks)));
    records.push_back({rank, destination.back(), i});
  }
  const auto received = route(MPI_COMM_WORLD, std::span<const Record>(records), destination);
  int last_from = -1, last_number = -1;
  for (const Record& r : received) {
    EXPECT_EQ(r.to, rank);
    // By sender, and in the sender's order.
    EXPECT_TRUE(r.from > last_from || (r.from == last_from && r.number > last_number));
    last_from = r.from;
    last_number = r.number;
  }
  int count = static_cast<int>(received.size()), sent = mine;
  MPI_Allreduce(MPI_IN_PLACE, &count, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
  MPI_Allreduce(MPI_IN_PLACE, &sent, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
  EXPECT_EQ(count, sent);
}

TEST(Route, ManyToOneLeavesTheOthersEmpty) {
  int rank = 0, ranks = 1;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  const std::vector<double> mine{static_cast<double>(rank)};
  const std::vector<int> to{ranks - 1};
  const auto received = route(MPI_COMM_WORLD, std::span<const double>(mine), to);
  EXPECT_EQ(received.size(), rank == ranks - 1 ? static_cast<std::size_t>(ranks) : 0u);
}

}  // namespace vesicast::decomposition_test
