// The recipients' pathway for many cells at once: the network's exact step, and the same bits however cells are put
// into stretches.
#include "src/recipient/pathway_step.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "src/recipient/pathway.hpp"

namespace vesicast::pathway_step_test {

using recipient::pool_count;

namespace {

constexpr std::size_t cells = 203;

/// Every process, at rates of its own for each kind.
TransitionMatrix matrix_of(int kind) {
  Uptake u;
  u.k_recycling = u.k_resecretion = 0.0;
  u.k_fusion = 2e-4;
  u.k_late = 6e-4 * (1 + kind);
  u.k_lysosome = 2e-4 / (1 + kind);
  u.k_degradation = 6e-5;
  u.k_back_fusion = 3e-4;
  u.lysosome_share = 0.3;
  return recipient::pathway_matrix(u, {}, 40.0);
}

/// Arrays of `cells` cells with contents drawn from a fixed seed.
struct Held {
  Held() {
    std::mt19937_64 random(7);
    for (auto& pool : pools)
      for (double& x : pool) x = static_cast<double>(random() >> 11) * 0x1p-43;
  }
  recipient::PoolArrays arrays() {
    recipient::PoolArrays a;
    for (std::size_t p = 0; p < pool_count; ++p) a.pool[p] = pools[p].data();
    a.endocytosed = pools[pool_count].data();
    a.at_surface = surface.data();
    a.inside = inside.data();
    return a;
  }
  bool operator==(const Held&) const = default;

  std::vector<std::vector<double>> pools = std::vector(pool_count + 1, std::vector<double>(cells));
  std::vector<double> surface = std::vector<double>(cells, -1.0), inside = surface;
};

}  // namespace

TEST(PathwayStep, IsTheNetworksExactStep) {
  const TransitionMatrix matrix = matrix_of(0);
  const Held before;
  Held after;
  recipient::move_alike(recipient::pathway_step(matrix), after.arrays(), 0, cells);
  for (std::size_t c = 0; c < cells; ++c) {
    double held = 0.0, holds = 0.0;
    for (int to = 0; to < pool_count; ++to) {
      const auto t = static_cast<std::size_t>(to);
      double expected = 0.0;
      for (int from = 0; from < pool_count; ++from)
        expected += matrix(to, from) * before.pools[static_cast<std::size_t>(from)][c];
      EXPECT_NEAR(after.pools[t][c], expected, 1e-15 * 8000.0);
      held += before.pools[t][c];
      holds += after.pools[t][c];
    }
    EXPECT_NEAR(holds, held, 1e-14 * held);
    const double was_bound = before.pools[recipient::bound][c];
    const double went_in =
        was_bound * (1.0 - matrix(recipient::bound, recipient::bound) - matrix(recipient::fused, recipient::bound));
    EXPECT_NEAR(after.pools[pool_count][c] - before.pools[pool_count][c], went_in, 1e-15 * 8000.0);
    EXPECT_EQ(after.pools[recipient::fused][c], before.pools[recipient::fused][c] + after.surface[c]);
    EXPECT_EQ(after.pools[recipient::back_fused][c], before.pools[recipient::back_fused][c] + after.inside[c]);
  }
}

TEST(PathwayStep, HasTheSameBitsInAnyStretch) {
  std::vector<std::optional<recipient::PathwayStep>> steps(3);  // the last does not take up
  for (int kind = 0; kind < 2; ++kind) steps[static_cast<std::size_t>(kind)] = recipient::pathway_step(matrix_of(kind));
  std::mt19937_64 random(3);
  std::vector<std::uint32_t> kinds(cells);
  for (std::uint32_t& kind : kinds) kind = static_cast<std::uint32_t>(random() >> 11) % 3;

  // Every kind alone, by one call for all cells; the cells of that kind are taken from it.
  Held alone;
  std::fill(alone.surface.begin(), alone.surface.end(), 0.0);
  alone.inside = alone.surface;
  for (std::uint32_t kind = 0; kind < 2; ++kind) {
    Held all;
    recipient::move_alike(*steps[kind], all.arrays(), 0, cells);
    for (std::size_t c = 0; c < cells; ++c) {
      if (kinds[c] != kind) continue;
      for (std::size_t p = 0; p < all.pools.size(); ++p) alone.pools[p][c] = all.pools[p][c];
      alone.surface[c] = all.surface[c];
      alone.inside[c] = all.inside[c];
    }
  }
  for (const std::size_t stretch : {std::size_t{1}, std::size_t{3}, std::size_t{8}, cells}) {
    Held mixed, parts;
    for (std::size_t begin = 0; begin < cells; begin += stretch) {
      const std::size_t end = std::min(cells, begin + stretch);
      recipient::move_each(steps, kinds, mixed.arrays(), begin, end);
      recipient::move_alike(*steps[1], parts.arrays(), begin, end);
    }
    EXPECT_EQ(mixed, alone) << stretch;
    Held whole;
    recipient::move_alike(*steps[1], whole.arrays(), 0, cells);
    EXPECT_EQ(parts, whole) << stretch;
  }
}

}  // namespace vesicast::pathway_step_test
