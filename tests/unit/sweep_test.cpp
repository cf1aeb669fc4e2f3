// The loops and the order of the sweeps: same bits from every vector level, same numbers in every order of visits.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <map>

#include "decomposition/base/error.hpp"
#include "src/base/random.hpp"
#include "src/extracellular/sweep/blocked.hpp"
#include "src/extracellular/sweep/rim_depth.hpp"
#include "src/extracellular/sweep/row_kernels.hpp"
#include "src/extracellular/sweep/work_array.hpp"

namespace vesicast::sweep_test {
namespace {

constexpr std::size_t longest = 67;

template <class Real>
std::vector<Real> random_row(std::uint64_t id) {
  Draws draws({7, Purpose::placement_jitter, id, 0, 0});
  std::vector<Real> row(longest + 2);
  for (Real& x : row) x = static_cast<Real>(draws.uniform() * std::pow(10.0, 6.0 * draws.uniform() - 3.0));
  return row;
}

/// Everything the kernels of one level make of random rows of every length.
template <class Real>
std::vector<double> results_of(SimdLevel level) {
  use_simd_level(level);
  const SumKernels<Real>& k = row_kernels().sums<Real>();
  std::vector<std::vector<Real>> rows;
  std::vector<std::vector<double>> maps;
  for (std::uint64_t id = 0; id < 12; ++id) rows.push_back(random_row<Real>(id));
  for (std::uint64_t id = 0; id < 6; ++id) maps.push_back(random_row<double>(100 + id));
  const Neighbours<Real> u{rows[0].data() + 1, rows[1].data(), rows[2].data(), rows[3].data(), rows[4].data()};
  const MappedRow<Real> g{rows[5].data(), rows[6].data(), rows[7].data(),
                          rows[8].data(), rows[9].data(), rows[10].data()};
  const MappedRow<double> g2{maps[0].data(), maps[1].data(), maps[2].data(),
                             maps[3].data(), maps[4].data(), maps[5].data()};
  std::vector<double> all;
  const auto keep = [&](const auto& v) { all.insert(all.end(), v.begin(), v.end()); };
  for (std::size_t n = 1; n <= longest; ++n)
    for (const bool again : {false, true}) {
      std::vector<Real> out = rows[11];
      std::vector<double> content = maps[0], lost(n);
      k.uniform(n, {Real(0.3), Real(0.1), Real(0.07), Real(0.13)}, u, Real(0.017), rows[5].data(), again, out.data());
      keep(out);
      k.mapped(n, g, Real(1e-3), Real(0.2), u, Real(again ? 2 : 1), Real(0.3), rows[6].data(), again, out.data());
      keep(out);
      k.uniform_finish(n, {0.0, 0.1, 0.07, 0.13}, 0.01, u, content.data(), again ? lost.data() : nullptr);
      keep(content);
      k.mapped_finish(n, g2, 0.7, 0.01, u, content.data(), again ? lost.data() : nullptr);
      keep(content);
      keep(lost);
      k.scale(n, Real(0.77), rows[2].data(), out.data());
      keep(out);
      content[n / 2] = -content[n / 2];
      content[n / 3] = -1e-33;
      row_kernels().clip(n, again ? -1e-30 : -1e300, content.data());
      keep(content);
      k.take(n, content.data(), out.data());
      k.multiply(n, rows[1].data(), out.data());
      keep(out);
    }
  use_simd_level(best_simd_level());
  return all;
}

/// A 7-point sweep of small whole numbers, one row of a stage: the first one fills the array.
void sweep_row(std::size_t stage, const Row& r, std::int64_t x0, std::int64_t j, std::int64_t k,
               const std::vector<double>& in, std::vector<double>& out) {
  for (std::size_t i = 0; i < r.n; ++i) {
    if (stage == 0)
      out[r.at + i] = static_cast<double>((x0 + static_cast<std::int64_t>(i)) * 7 + j * 13 + k * 29);
    else
      out[r.at + i] = std::fmod(in[r.at + i] + 2.0 * in[r.at + i - 1] + 3.0 * in[r.at + i + 1] + 5.0 * in[r.ym + i] +
                                    7.0 * in[r.yp + i] + 11.0 * in[r.zm + i] + 13.0 * in[r.zp + i],
                                1009.0);
  }
  mirror_row_ends(r, out.data());
}

std::vector<Box> regions_of(const SweepShape& shape, std::size_t stages) {
  std::vector<Box> regions;
  for (std::size_t s = 0; s < stages; ++s) regions.push_back(shape.grown(static_cast<std::int64_t>(stages - 1 - s)));
  return regions;
}

/// All stages one after the other; returns the last one's array.
std::vector<double> one_by_one(const SweepShape& shape, std::size_t stages) {
  std::array<std::vector<double>, 2> buffer;
  for (auto& b : buffer) b.assign(static_cast<std::size_t>(shape.covered.volume()), -1e300);
  const std::vector<Box> regions = regions_of(shape, stages);
  for (std::size_t s = 0; s < stages; ++s)
    for_each_row(regions[s], [&](std::int64_t x0, std::int64_t x1, std::int64_t j, std::int64_t k) {
      sweep_row(s, shape.row(x0, x1, j, k), x0, j, k, buffer[1 - s % 2], buffer[s % 2]);
    });
  return buffer[(stages - 1) % 2];
}

/// The same in tiles.
std::vector<double> swept(const SweepShape& shape, std::size_t stages, std::int64_t tile) {
  std::array<std::vector<double>, 2> buffer;
  for (auto& b : buffer) b.assign(static_cast<std::size_t>(shape.covered.volume()), -1e300);
  sweep_blocked(regions_of(shape, stages), tile,
                [&](std::size_t s, std::int64_t x0, std::int64_t x1, std::int64_t j0, std::int64_t j1, std::int64_t k) {
                  Row r = shape.row(x0, x1, j0, k);
                  for (std::int64_t j = j0; j < j1; ++j) {
                    if (j > j0) shape.to_next(r, j);
                    sweep_row(s, r, x0, j, k, buffer[1 - s % 2], buffer[s % 2]);
                  }
                });
  return buffer[(stages - 1) % 2];
}

SweepShape shape_of(const std::array<std::array<bool, 2>, 3>& joined) {
  SweepShape s;
  s.owned = {{10, 20, 30}, {19, 41, 37}};
  s.depth = 6;
  s.joined = joined;
  s.covered = s.grown(s.depth);
  if (!joined[0][0]) --s.covered.lower[0];
  if (!joined[0][1]) ++s.covered.upper[0];
  return s;
}

}  // namespace

template <class Real>
void expect_same_bits() {
  const std::vector<double> reference = results_of<Real>(SimdLevel::v2);
  for (const SimdLevel level : {SimdLevel::v3, SimdLevel::v4}) {
    std::vector<double> other;
    try {
      other = results_of<Real>(level);
    } catch (const InputError&) {
      continue;  // this processor lacks the level
    }
    ASSERT_EQ(other.size(), reference.size());
    EXPECT_EQ(std::memcmp(other.data(), reference.data(), other.size() * sizeof(double)), 0) << name_of(level);
  }
}

TEST(RowKernels, GiveTheSameBitsAtEveryVectorLevel) {
  expect_same_bits<double>();
  expect_same_bits<float>();
}

TEST(RowKernels, LevelsHaveNames) {
  for (const SimdLevel level : {SimdLevel::v2, SimdLevel::v3, SimdLevel::v4})
    EXPECT_EQ(simd_level_of(name_of(level)), level);
  EXPECT_THROW(static_cast<void>(simd_level_of("v5")), InputError);
}

TEST(BlockedSweep, AnyTileGivesWhatPlainSweepsGive) {
  for (const auto& joined : {std::array<std::array<bool, 2>, 3>{},
                             {{{true, true}, {true, true}, {true, true}}},
                             {{{false, true}, {true, false}, {false, true}}}}) {
    const SweepShape shape = shape_of(joined);
    for (const std::size_t stages : {2u, 3u, 6u}) {
      const auto plain = one_by_one(shape, stages);
      for (const std::int64_t tile : {1, 3, 4, 8, 20, 1000}) {
        const auto tiled = swept(shape, stages, tile);
        for (std::int64_t v = 0; v < shape.owned.volume(); ++v) {
          const auto at = static_cast<std::size_t>(shape.covered.offset(shape.owned.voxel(v)));
          ASSERT_EQ(tiled[at], plain[at]) << stages << " stages, tile " << tile;
        }
      }
    }
  }
}

TEST(BlockedSweep, TheFrameIsWhatTheInnerBoxLeaves) {
  const Box outer{{0, 0, 0}, {7, 6, 5}}, inner{{2, 0, 1}, {6, 4, 5}};
  std::map<std::int64_t, int> seen;
  for (const Box& part : frame(outer, inner))
    for_each_row(part, [&](std::int64_t x0, std::int64_t x1, std::int64_t j, std::int64_t k) {
      for (std::int64_t i = x0; i < x1; ++i) ++seen[outer.offset({i, j, k})];
    });
  for (std::int64_t v = 0; v < outer.volume(); ++v) EXPECT_EQ(seen[v], inner.contains(outer.voxel(v)) ? 0 : 1) << v;
  EXPECT_EQ(frame(outer, Box{}).size(), 1u);
  EXPECT_TRUE(frame(outer, outer).empty());
}

TEST(WorkArray, IsZeroedAndKeepsItsContentUnlessItGrows) {
  WorkArray a;
  a.resize(1000);
  EXPECT_EQ(a.data()[999], 0.0);
  a.data()[3] = 2.0;
  a.resize(10);
  EXPECT_EQ(a.size(), 1000u);
  EXPECT_EQ(a.data()[3], 2.0);
  a.resize(2000);
  EXPECT_EQ(a.data()[1999], 0.0);
}

TEST(Sweep, RowsEndAtWallsAndReachOverToOthers) {
  // 9 x 21 x 7 voxels; walls below in x, above in y and z, others' voxels elsewhere.
  const SweepShape s = shape_of({{{false, true}, {true, false}, {true, false}}});
  const std::size_t y = static_cast<std::size_t>(s.covered.extent(0)),
                    z = y * static_cast<std::size_t>(s.covered.extent(1));
  const Row last = s.row(10, 19, 40, 36);
  EXPECT_TRUE(last.wall_low && !last.wall_high && last.wall_yp && last.wall_zp);
  EXPECT_EQ(last.ym, last.at - y);
  EXPECT_EQ(last.yp, last.at);
  EXPECT_EQ(last.zm, last.at - z);
  EXPECT_EQ(last.zp, last.at);
  std::vector<double> u(static_cast<std::size_t>(s.covered.volume()), 0.0);
  u[last.at] = 3.0;
  u[last.at + 8] = 5.0;
  mirror_row_ends(last, u.data());
  EXPECT_EQ(u[last.at - 1], 3.0);
  EXPECT_EQ(u[last.at + 9], 0.0);
}

TEST(WorkArray, KeepsWhatItHoldsUntilItGrows) {
  WorkArray a;
  a.resize(5);
  EXPECT_EQ(a.size(), 5U);
  a.data()[1] = 4.0;
  a.resize(3);
  a.resize(5);
  EXPECT_EQ(a.data()[1], 4.0);
  a.resize(7);
  EXPECT_EQ(a.size(), 7U);
  EXPECT_EQ(a.data()[1], 0.0);
  WorkArrayOf<float> b;
  b.resize(6);
  EXPECT_EQ(b.size(), 6U);
}

TEST(RimDepth, IsASixthOfTheThinnestSlabWithinBounds) {
  EXPECT_EQ(rim_depth(1), 1);
  EXPECT_EQ(rim_depth(2), 2);
  EXPECT_EQ(rim_depth(11), 2);
  EXPECT_EQ(rim_depth(18), 3);
  EXPECT_EQ(rim_depth(47), 7);
  EXPECT_EQ(rim_depth(48), 8);
  EXPECT_EQ(rim_depth(1000), 8);
}

}  // namespace vesicast::sweep_test
