#include "src/base/lanes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "src/base/exponential_share.hpp"
#include "src/donor/pathway.hpp"

namespace vesicast::donor::lanes_test {
namespace {

/// Cells in all of the states that a pathway can be in, some empty, with cargo.
struct OneCell {
  std::array<Mvbs, 2> mvbs;
  DonorCargo soluble, membrane;
  std::array<Made, 2> made;
};

std::vector<OneCell> cells(std::size_t count) {
  std::mt19937_64 random(7);
  const auto any = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
  std::vector<OneCell> all(count);
  for (std::size_t c = 0; c < count; ++c) {
    OneCell& cell = all[c];
    if (c == 1) continue;  // empty
    cell.soluble.mvbs.resize(2);
    cell.membrane.mvbs.resize(2);
    cell.soluble.pool = 1e4 * any();
    cell.membrane.pool = 1e5 * any();
    cell.membrane.leaving = 0.1 * any();
    for (std::size_t p = 0; p < 2; ++p) {
      for (std::size_t s = endosome; s < living_stages; ++s) cell.mvbs[p].count[s] = c == 2 ? 0.0 : 100.0 * any();
      for (std::size_t s = maturing; s < living_stages; ++s) {
        for (Stages& x : cell.mvbs[p].vesicles) x[s] = c == 3 ? 0.0 : 900.0 * any();
        cell.soluble.mvbs[p].loaded[s] = 50.0 * any();
        cell.membrane.mvbs[p].loaded[s] = 500.0 * any();
        cell.membrane.mvbs[p].limiting[s] = 300.0 * any();
      }
      cell.membrane.mvbs[p].limiting[endosome] = 1000.0 * any();
    }
  }
  for (OneCell& cell : all) {
    cell.soluble.mvbs.resize(2);
    cell.membrane.mvbs.resize(2);
  }
  return all;
}

std::array<CargoLoading, 4> loading() {
  std::array<CargoLoading, 4> all;
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].kind = i < 2 ? CargoKind::soluble : CargoKind::membrane;
    all[i].per_ilv = {1e-4, 2e-4, 3e-3, 0.02};
  }
  return all;
}

/// Every number of a cell, so that two can be compared.
template <class Real, class Mvb, class Cargo, class MadeBy>
std::vector<Real> numbers(const Mvb& mvbs, std::span<const Cargo> cargo, const MadeBy& made) {
  std::vector<Real> all;
  for (std::size_t p = 0; p < 2; ++p) {
    all.insert(all.end(), mvbs[p].count.begin(), mvbs[p].count.end());
    for (const auto& x : mvbs[p].vesicles) all.insert(all.end(), x.begin(), x.end());
    const auto& m = made[p];
    all.insert(all.end(), {m.formed, m.back_fused, m.digested, m.burst, m.expelled, m.fusions});
  }
  for (const Cargo& q : cargo) {
    all.insert(all.end(), {q.pool, q.budded});
    for (const auto& in : q.mvbs) {
      all.insert(all.end(), in.limiting.begin(), in.limiting.end());
      all.insert(all.end(), in.loaded.begin(), in.loaded.end());
      all.insert(all.end(), {in.digested, in.burst, in.expelled});
    }
  }
  return all;
}

/// Cells side by side against cells one by one.
template <class Lanes>
void expect_same_bits(const Biogenesis& b, double dt) {
  constexpr std::size_t width = width_of<Lanes>;
  const std::vector<PopulationStep> steps{PopulationStep(b, dt), PopulationStep(b, dt)};
  const auto how = loading();
  std::vector<OneCell> one_by_one = cells(width);
  std::array<MvbsOf<Lanes>, 2> mvbs{};
  std::array<MadeOf<Lanes>, 2> made;
  std::array<DonorCargoOf<Lanes>, 2> cargo;
  for (auto& q : cargo) q.mvbs.resize(2);
  for (std::size_t c = 0; c < width; ++c) {
    const auto set = [c](const Stages& from, StagesOf<Lanes>& to) {
      for (std::size_t s = 0; s < stage_count; ++s) to[s][c] = from[s];
    };
    const OneCell& cell = one_by_one[c];
    for (std::size_t p = 0; p < 2; ++p) {
      set(cell.mvbs[p].count, mvbs[p].count);
      for (std::size_t x = 0; x < ilv_routes; ++x) set(cell.mvbs[p].vesicles[x], mvbs[p].vesicles[x]);
    }
    std::size_t q = 0;
    for (const DonorCargo* from : {&cell.soluble, &cell.membrane}) {
      cargo[q].pool[c] = from->pool;
      cargo[q].leaving[c] = from->leaving;
      for (std::size_t p = 0; p < 2; ++p) {
        set(from->mvbs[p].limiting, cargo[q].mvbs[p].limiting);
        set(from->mvbs[p].loaded, cargo[q].mvbs[p].loaded);
      }
      ++q;
    }
  }
  step_pathway<Lanes>(mvbs, steps, made, cargo, how);
  const auto together = numbers<Lanes>(mvbs, std::span<const DonorCargoOf<Lanes>>(cargo), made);
  for (std::size_t c = 0; c < width; ++c) {
    OneCell& cell = one_by_one[c];
    std::array<DonorCargo, 2> own{cell.soluble, cell.membrane};
    step_pathway<double>(cell.mvbs, steps, cell.made, own, how);
    const auto alone = numbers<double>(cell.mvbs, std::span<const DonorCargo>(own), cell.made);
    ASSERT_EQ(alone.size(), together.size());
    for (std::size_t i = 0; i < alone.size(); ++i) {
      ASSERT_EQ(together[i][c], alone[i]) << "cell " << c << " of " << width << ", number " << i;
      ASSERT_GE(alone[i], 0.0);
    }
  }
}

TEST(Lanes, CellsSideBySideGetTheBitsThatTheyGetAlone) {
  Biogenesis uncoupled;
  uncoupled.fate_coupling = 0.0;
  for (const double dt : {1.0, 30.0, 600.0, 36000.0})
    for (const Biogenesis& b : {Biogenesis{}, uncoupled}) {
      expect_same_bits<Lanes2>(b, dt);
      expect_same_bits<Lanes4>(b, dt);
      expect_same_bits<Lanes8>(b, dt);
    }
}

TEST(Lanes, ExponentialsAreTheSameInEveryLane) {
  for (const double x : {0.0, 1e-12, 3e-4, 0.2, 1.0, 37.0, 699.0, 1e6}) {
    const Lanes4 four{x, 2.0 * x, 0.5 * x, 0.0};
    const auto lanes = exponential_share(four);
    for (std::size_t i = 0; i < 4; ++i) {
      const auto alone = exponential_share(static_cast<double>(four[i]));
      EXPECT_EQ(lanes.left[i], alone.left);
      EXPECT_EQ(lanes.gone[i], alone.gone);
    }
  }
}

}  // namespace
}  // namespace vesicast::donor::lanes_test
