// Values carried from one cut of the grid to another, and back.
#include "decomposition/redistribute.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "decomposition/base/error.hpp"
#include "tests/support/scenes.hpp"

namespace vesicast::redistribute_test {
namespace {

int ranks_of_world() {
  int ranks = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  return ranks;
}

int rank_in_world() {
  int rank = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  return rank;
}

/// Cuts of a grid into as many parts as there are ranks: the even one, and uneven ones along every axis that has enough
/// voxels, with parts of one voxel's thickness.
std::vector<Layout> cuts_of(const Grid& grid, int parts) {
  std::vector<Layout> cuts{uniform_layout(grid, parts)};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    if (grid.voxels[axis] < parts || parts == 1) continue;
    std::array<std::vector<std::int64_t>, 3> widths{{{grid.voxels[0]}, {grid.voxels[1]}, {grid.voxels[2]}}};
    auto& thin = widths[axis];
    thin.assign(static_cast<std::size_t>(parts), 1);
    thin[axis % thin.size()] = grid.voxels[axis] - parts + 1;
    cuts.push_back(explicit_layout(grid, widths));
  }
  if (parts == 4) {
    std::array<std::vector<std::int64_t>, 3> widths{
        {{1, grid.voxels[0] - 1}, {grid.voxels[1] - 2, 2}, {grid.voxels[2]}}};
    cuts.push_back(explicit_layout(grid, widths));
  }
  return cuts;
}

const std::vector<Grid>& grids() {
  static const std::vector<Grid> all{test::grid_of({9, 8, 7}, 1.0), test::grid_of({12, 10, 0}, 1.0),
                                     test::grid_of({5, 11, 4}, 1.0)};
  return all;
}

/// Calls check(from, to) for every pair of cuts of every grid, walls or periodic.
template <class Check>
void for_all_cuts(Check&& check) {
  for (const Grid& grid : grids())
    for (const bool periodic : {false, true}) {
      const std::vector<Layout> cuts = cuts_of(grid, ranks_of_world());
      for (const Layout& a : cuts)
        for (const Layout& b : cuts) {
          const std::array<bool, 3> axes{periodic, periodic, periodic && grid.dimensions == 3};
          check(Domain(MPI_COMM_WORLD, grid, axes, a), Domain(MPI_COMM_WORLD, grid, axes, b));
        }
    }
}

/// No two voxels have the same; with all bits of a double in use, and NaN, -0 and a denormal among them.
double value_at(const Grid& grid, const Index3& v) {
  const std::int64_t i = grid.global_index(v);
  if (i == 3) return -0.0;
  if (i == 5) return std::numeric_limits<double>::quiet_NaN();
  if (i == 7) return std::numeric_limits<double>::denorm_min();
  return std::sqrt(1.0 + static_cast<double>(i)) - 7.0;
}

template <class T, class Value>
std::vector<T> values_over(const Box& box, Value&& value) {
  std::vector<T> values(static_cast<std::size_t>(box.volume()));
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = value(box.voxel(static_cast<std::int64_t>(i)));
  return values;
}

template <class T>
bool same_bits(std::span<const T> a, std::span<const T> b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size_bytes()) == 0);
}

template <class T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return same_bits(std::span<const T>(a), std::span<const T>(b));
}

}  // namespace

TEST(Redistribute, FieldsArriveInTheirVoxelsAndComeBackBitForBit) {
  for_all_cuts([](const Domain& from, const Domain& to) {
    Field field(from);
    {
      const WriteScope scope(field);
      const auto values = values_over<double>(from.owned(), [&](const Index3& v) { return value_at(from.grid(), v); });
      std::ranges::copy(values, scope.values().begin());
    }
    const Field there = redistribute(field, from, to);
    const auto expected = values_over<double>(to.owned(), [&](const Index3& v) { return value_at(to.grid(), v); });
    EXPECT_TRUE(same_bits(ReadScope(there).values(), std::span<const double>(expected)));
    const Field back = redistribute(there, to, from);
    EXPECT_TRUE(same_bits(ReadScope(back).values(), ReadScope(field).values()));
  });
}

TEST(Redistribute, MapsOfAnyPlainType) {
  for_all_cuts([](const Domain& from, const Domain& to) {
    const auto check = [&]<class T>(T scale) {
      const auto value = [&](const Index3& v) {
        return static_cast<T>(static_cast<T>(v[0] + 13 * v[1] + 5 * v[2]) * scale);
      };
      const auto before = values_over<T>(from.owned(), value);
      const auto there = redistribute(before, from, to);
      EXPECT_TRUE(same_bits(there, values_over<T>(to.owned(), value)));
      EXPECT_TRUE(same_bits(redistribute(there, to, from), before));
    };
    check(std::int16_t{-1});
    check(std::uint8_t{1});
    check(std::int64_t{1} << 40);
    check(0.1f);
    const auto centre = [&](const Index3& v) { return from.grid().centre(v); };
    EXPECT_TRUE(same_bits(redistribute(values_over<Vector3>(from.owned(), centre), from, to),
                          values_over<Vector3>(to.owned(), centre)));
    EXPECT_TRUE(redistribute(std::vector<double>(), from, to).empty()) << "a map that there is not";
  });
}

TEST(Redistribute, FacesWithThoseAtTheUpperSide) {
  for_all_cuts([](const Domain& from, const Domain& to) {
    for (std::size_t axis = 0; axis < from.grid().dimensions; ++axis) {
      const auto value = [&](const Index3& face) {
        return 1.0 / (1.0 + static_cast<double>(face[0] + 20 * face[1] + 400 * face[2]));
      };
      const auto over = [&](const Domain& d) {
        return values_over<double>(values_of_part(d.layout(), d.rank(), on_faces(axis)), value);
      };
      const auto there = redistribute_faces(std::span<const double>(over(from)), axis, from, to);
      EXPECT_TRUE(same_bits(there, over(to))) << "axis " << axis;
      EXPECT_TRUE(same_bits(redistribute_faces(std::span<const double>(there), axis, to, from), over(from)));
    }
  });
}

TEST(Redistribute, FromAnyNumberOfPartsWhoeverHoldsThem) {
  const Grid grid = test::grid_of({9, 8, 7}, 1.0);
  const int ranks = ranks_of_world(), rank = rank_in_world();
  const Layout to = cuts_of(grid, ranks).back();
  for (const int parts : {1, 2, 3, 5, 12}) {
    const Layout from = uniform_layout(grid, parts);
    Holders backwards(static_cast<std::size_t>(parts));
    for (int p = 0; p < parts; ++p) backwards[static_cast<std::size_t>(p)] = (parts - p) % ranks;
    for (const Holders& holders : {deal_parts(parts, ranks), backwards})
      for (const Centring centring : {in_voxels, on_faces(0), on_faces(2)}) {
        std::vector<double> held;
        for (int p = 0; p < parts; ++p) {
          if (holders[static_cast<std::size_t>(p)] != rank) continue;
          const auto part = values_over<double>(values_of_part(from, p, centring),
                                                [&](const Index3& v) { return value_at(grid, v); });
          held.insert(held.end(), part.begin(), part.end());
        }
        const Redistribution carry(MPI_COMM_WORLD, from, to, centring, holders);
        EXPECT_EQ(carry.size_before(), held.size());
        const auto expected =
            values_over<double>(values_of_part(to, rank, centring), [&](const Index3& v) { return value_at(grid, v); });
        EXPECT_TRUE(same_bits(carry(std::span<const double>(held)), expected));
      }
  }
}

TEST(Redistribute, DealsPartsInOrderAndEvenly) {
  EXPECT_EQ(deal_parts(4, 4), (Holders{0, 1, 2, 3}));
  EXPECT_EQ(deal_parts(2, 4), (Holders{0, 1}));
  EXPECT_EQ(deal_parts(5, 2), (Holders{0, 0, 0, 1, 1}));
}

TEST(Redistribute, RefusesWhatDoesNotFit) {
  const Grid grid = test::grid_of({9, 8, 7}, 1.0), other = test::grid_of({9, 8, 6}, 1.0);
  const int ranks = ranks_of_world();
  const Layout layout = uniform_layout(grid, ranks);
  EXPECT_THROW(Redistribution(MPI_COMM_WORLD, uniform_layout(other, ranks), layout), InputError);
  EXPECT_THROW(Redistribution(MPI_COMM_WORLD, layout, uniform_layout(grid, ranks + 1)), InputError);
  EXPECT_THROW(Redistribution(MPI_COMM_WORLD, layout, layout, in_voxels,
                              Holders(static_cast<std::size_t>(1 + layout.ranks[0] * 20), 0)),
               InputError);
  EXPECT_THROW(Redistribution(MPI_COMM_WORLD, uniform_layout(grid, 1), layout, in_voxels, {ranks}), InputError);
  // A wrong number of values on one rank is everyone's error.
  const Redistribution carry(MPI_COMM_WORLD, layout, layout);
  const std::vector<double> values(carry.size_before() + (rank_in_world() == 0 ? 1 : 0));
  EXPECT_THROW(static_cast<void>(carry(std::span<const double>(values))), AgreedError);
}

}  // namespace vesicast::redistribute_test
