// Runs in mode "stochastic-release": whole numbers in the donors, exactly accounted for; the mean over many cells
// against a deterministic run; a cell's draws do not depend on who else is there.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "src/ledger/ledger.hpp"
#include "src/parameters/size_bins.hpp"
#include "src/run/simulate.hpp"
#include "tests/support/everything.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::stochastic_test {
namespace {

/// Donors whose release in whole vesicles goes to exosomes in three size bins, microvesicles and ectosomes.
Parameters parameters(RunMode mode, double speed, bool steady) {
  Parameters p = test::parameters_of({4, 4, 1}, 20.0, 1.0);
  p.run.mode = mode;
  for (const char* name : {"microvesicle", "ectosome"}) {
    p.vesicles.push_back(p.vesicles[0]);
    p.vesicles.back().name = name;
  }
  p.vesicles[0].size = {3, 0.1, 0.03};
  CellType donor;
  donor.name = "donor";
  test::give_pathway(donor, speed, "microvesicle", "ectosome");
  donor.biogenesis->steady_start = steady;
  for (VesicleClass& v : p.vesicles)
    if (!(v.size.mean > 0.0)) v.size = {1, 0.2, 0.0};
  p.cargo = {{"miR-21", 1e-4}, {"EGFR", 1e-5, CargoKind::membrane}};
  donor.cargo["miR-21"] = {
      .copies = 2e4, .synthesis = {}, .sorting = {5.0, 10.0, 20.0, 5.0}, .sorting_at_surface = 40.0};
  donor.cargo["EGFR"] = {.copies = 5e3, .synthesis = 1.0};
  p.cell_types = {donor, test::recipient_type("recipient")};
  return p;
}

/// Cells with the ids from `first` on, each at the place of its id.
std::vector<PlacedCell> donors(std::int64_t n, std::int64_t first = 0) {
  const auto at = [](std::int64_t i) { return 5.0 + static_cast<double>(i % 8) * 10.0; };
  std::vector<PlacedCell> cells;
  for (std::int64_t id = first; id < first + n; ++id) cells.push_back({id, {at(id), at(id / 8), 10.0}, 0});
  return cells;
}

test::Scene run(const Parameters& p, const std::vector<PlacedCell>& cells, double end, double step) {
  test::Scene s = test::make_scene(with_size_bins(p), cells);
  Timings t;
  simulate(s, to_ticks(end), to_ticks(step), {}, t);
  return s;
}

}  // namespace

TEST(StochasticRun, WholeNumbersCloseExactlyOverTenThousandSteps) {
  Parameters p = parameters(RunMode::stochastic_release, 3.0, true);
  p.cell_types[0].recipient = p.cell_types[1].recipient;
  std::vector<PlacedCell> cells = donors(4);
  cells.push_back({4, {70.0, 70.0, 10.0}, 1});
  const test::Scene s = run(p, cells, 1e5, 10.0);
  ASSERT_EQ(s.state.steps, 10000);
  const Ledger ledger = measure_ledger(s.state, s.model, MPI_COMM_WORLD);
  ASSERT_EQ(ledger.donors.size(), 1u);
  EXPECT_EQ(ledger.donors[0].residual(), 0.0);
  test::expect_whole_numbers(s.state);
  for (const LedgerLine& l : ledger.donors[0].lines) {
    EXPECT_GT(l.value, 0.0) << l.account;
    EXPECT_EQ(l.value, std::floor(l.value)) << l.account;
  }
  double by_bins = 0.0;
  for (const Balance& b : ledger.cargo) {
    EXPECT_GT(b["carried"], 0.0) << b.name;
    EXPECT_GT(b["digested in the donor"], 0.0) << b.name;
    EXPECT_EQ(b["synthesised"], std::floor(b["synthesised"])) << b.name;
  }
  for (std::size_t f = 0; f < 3; ++f) by_bins += ledger.fields[f]["secreted"];
  EXPECT_EQ(by_bins, ledger.donors[0]["released"]);
  test::verify({.name = "mode stochastic-release, size bins, budding, tetherin, recipients, 10^4 steps: all balances",
                .exact = "what was made",
                .norm = "ledger residual",
                .levels = {{0.0, ledger.worst_residual()}},
                .largest_error = 1e-12});
}

TEST(StochasticRun, MeanOverCellsIsTheDeterministicRunWhereRatesAreLinear) {
  constexpr std::int64_t cells = 1000;
  const auto made = [](RunMode mode, std::int64_t n) {
    Parameters p = parameters(mode, 30.0, false);
    p.cell_types[0].biogenesis->capacity = 1e9;
    p.cell_types[0].biogenesis->fate_coupling = 0.0;
    return run(p, donors(n), 960.0, 16.0);
  };
  const test::Scene drawn = made(RunMode::stochastic_release, cells), mean = made(RunMode::deterministic, 64);
  test::expect_whole_numbers(drawn.state);
  double worst = 0.0;
  int compared = 0;
  for (std::size_t a = 0; a < cell_array_count; ++a) {
    const auto array = static_cast<CellArray>(a);
    for (std::size_t which = 0; which < drawn.state.cells.count(array); ++which) {
      // One cell of the deterministic run stands for all; sums over ranks.
      std::array<double, 4> sums{};
      for (const double x : drawn.state.cells.at(array, which)) {
        sums[0] += x;
        sums[1] += x * x;
      }
      for (const double x : mean.state.cells.at(array, which)) sums[2] += x;
      MPI_Allreduce(MPI_IN_PLACE, sums.data(), 4, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
      const double average = sums[0] / cells, expected = sums[2] / 64.0;
      const double error = std::sqrt((sums[1] / cells - average * average) / cells);
      if (expected == 0.0 && average == 0.0) continue;
      const double z = (average - expected) / error;
      EXPECT_LT(std::abs(z), 4.0) << cell_arrays[a].name << ' ' << which << ": " << average << " for " << expected;
      worst = std::max(worst, std::abs(z));
      ++compared;
    }
  }
  RecordProperty("worst_z", std::to_string(worst));
  EXPECT_GT(compared, 60);
}

TEST(StochasticRun, ACellsPathwayDoesNotDependOnTheOthers) {
  const Parameters p = parameters(RunMode::stochastic_release, 3.0, true);
  const test::Scene many = run(p, donors(40), 1200.0, 30.0), few = run(p, donors(3, 20), 1200.0, 30.0);
  const auto& ids = many.state.cells.id;
  for (std::size_t c = 0; c < few.state.cells.size(); ++c) {
    const auto d = static_cast<std::size_t>(std::ranges::find(ids, few.state.cells.id[c]) - ids.begin());
    ASSERT_LT(d, ids.size());
    for (const CellArray a : {CellArray::maturing_mvbs, CellArray::ilvs_maturing, CellArray::ilvs_formed,
                              CellArray::secreted, CellArray::tethered})
      EXPECT_EQ(many.state.cells.at(a, 0)[d], few.state.cells.at(a, 0)[c]) << info(a).name;
  }
}

}  // namespace vesicast::stochastic_test
