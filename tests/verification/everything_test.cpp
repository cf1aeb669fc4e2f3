// The ledger of runs with every process on.
#include "tests/support/everything.hpp"

#include <gtest/gtest.h>

#include "src/ledger/ledger.hpp"
#include "src/simulation.hpp"
#include "tests/support/verify.hpp"

using namespace vesicast;

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
  simulate(s.state, s.model, *s.domain, to_ticks(1e5), to_ticks(10.0), {}, t);
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

TEST(Everything, BalancesCloseInMeansOverTenThousandSteps) {
  expect_closed(RunMode::deterministic, "every process at once, 10^4 steps: all balances");
}

TEST(Everything, BalancesCloseByChanceOverTenThousandSteps) {
  expect_closed(RunMode::stochastic_release,
                "every process at once, mode stochastic-release, 10^4 steps: all balances");
}
