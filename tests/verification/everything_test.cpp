// The ledger of runs with every process on.
#include "tests/support/everything.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "decomposition/base/error.hpp"
#include "src/extracellular/sweep/simd_level.hpp"
#include "src/ledger/ledger.hpp"
#include "src/run/simulate.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::everything_test {
namespace {

/// Ten thousand steps of ten seconds; a day and more.
void expect_closed(RunMode mode, const std::string& name) {
  int ranks = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  if (ranks > 1) GTEST_SKIP() << "the same bits on any number of ranks: RankIdentity";
  Parameters p = test::everything({5, 4, 3});
  p.run.mode = mode;
  test::Scene s = test::make_scene(p, test::cells_of(p, 12));
  Timings t;
  simulate(s, to_ticks(1e5), to_ticks(10.0), {}, t);
  ASSERT_EQ(s.state.steps, 10000);
  const Ledger ledger = measure_ledger(s.state, s.model, MPI_COMM_WORLD);
  // Every cargo went every way, and so did the vesicles of donors; cells of the first type have no pathway yet.
  for (const auto* balances : {&ledger.cargo, &ledger.donors})
    for (const Balance& b : *balances)
      for (const LedgerLine& l : b.lines)
        if (l.side == Side::fate && b.sum(Side::in) > 0.0) {
          EXPECT_GT(l.value, 0.0) << b.name << ": " << l.account;
        }
  for (const Balance& b : ledger.donors)
    if (mode == RunMode::stochastic_release) {
      EXPECT_EQ(b.residual(), 0.0) << b.name;
    }
  if (mode == RunMode::stochastic_release) test::expect_whole_numbers(s.state, false);
  test::verify({.name = name,
                .exact = "what was made",
                .norm = "ledger residual",
                .levels = {{0.0, ledger.worst_residual()}},
                .largest_error = 1e-12});
}

}  // namespace

TEST(Everything, HasTheSameBitsWithAllVectors) {
  const SimdLevel best = simd_level();
  const Parameters p = test::everything({5, 4, 3});
  const auto run = [&](SimdLevel level) {
    use_simd_level(level);
    test::Scene s = test::make_scene(p, test::cells_of(p, 40), nullptr, MPI_COMM_SELF);
    Timings t;
    simulate(s, to_ticks(1000.0), to_ticks(20.0), {}, t);
    return s;
  };
  const test::Scene narrow = run(SimdLevel::v2);
  for (const SimdLevel level : {SimdLevel::v3, SimdLevel::v4}) {
    try {
      use_simd_level(level);
    } catch (const InputError&) {
      continue;  // not on this processor
    }
    const test::Scene wide = run(level);
    for (std::size_t a = 0; a < cell_array_count; ++a)
      for (std::size_t which = 0; which < narrow.state.cells.count(static_cast<CellArray>(a)); ++which)
        EXPECT_TRUE(std::ranges::equal(narrow.state.cells.at(static_cast<CellArray>(a), which),
                                       wide.state.cells.at(static_cast<CellArray>(a), which)))
            << cell_arrays[a].name << " with " << name_of(level);
  }
  use_simd_level(best);
}

TEST(Everything, BalancesCloseInMeansOverTenThousandSteps) {
  expect_closed(RunMode::deterministic, "every process at once, 10^4 steps: all balances");
}

TEST(Everything, BalancesCloseByChanceOverTenThousandSteps) {
  expect_closed(RunMode::stochastic_release,
                "every process at once, mode stochastic-release, 10^4 steps: all balances");
}

}  // namespace vesicast::everything_test
