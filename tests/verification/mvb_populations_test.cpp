// Populations of MVBs in a tissue: one kind cut in two, second order with the pools that they share, release at the
// steady rate, balances, and whole MVBs against the mean.
#include <gtest/gtest.h>

#include <cmath>

#include "src/ledger/ledger.hpp"
#include "src/run/simulate.hpp"
#include "tests/support/scenes.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::mvb_populations_test {
namespace {

/// Donors of two populations that release classes of their own, with soluble and membrane cargo.
Parameters parameters(double speed, bool steady, RunMode mode = RunMode::deterministic) {
  Parameters p = test::parameters_of({4, 4, 1}, 20.0, 1.0);
  p.transport.tolerance = 1e-13;
  p.run.mode = mode;
  p.vesicles[0].size = {1, 0.1, 0.03};
  p.vesicles.push_back(p.vesicles[0]);
  p.vesicles.back().name = "small";
  p.vesicles.back().size.mean = 0.06;
  CellType donor;
  donor.name = "donor";
  test::give_pathway(donor, speed);
  donor.biogenesis->steady_start = steady;
  test::give_populations(donor, "exosome", "small");
  p.cargo = {{"miR-21", 1e-4}, {"EGFR", 1e-5, CargoKind::membrane}};
  donor.cargo["miR-21"] = {.copies = 2e4, .synthesis = {}, .sorting = {50.0, 100.0, 200.0, 50.0}};
  donor.cargo["EGFR"] = {.copies = 5e3, .synthesis = 1.0};
  p.cell_types = {donor, test::recipient_type("recipient")};
  p.cell_types[1].recipient["small"] = p.cell_types[1].recipient["exosome"];
  return p;
}

std::vector<PlacedCell> donors(std::int64_t n) {
  const auto at = [](std::int64_t i) { return 5.0 + static_cast<double>(i % 8) * 10.0; };
  std::vector<PlacedCell> cells;
  for (std::int64_t id = 0; id < n; ++id) cells.push_back({id, {at(id), at(id / 8), 10.0}, 0});
  return cells;
}

test::Scene run(const Parameters& p, const std::vector<PlacedCell>& cells, double end, double step) {
  test::Scene s = test::make_scene(p, cells);
  Timings t;
  simulate(s, to_ticks(end), to_ticks(step), {}, t);
  return s;
}

/// All arrays of all cells, summed over ranks.
std::vector<double> totals(const test::Scene& s) {
  std::vector<double> all;
  for (std::size_t a = 0; a < cell_array_count; ++a)
    for (std::size_t which = 0; which < s.state.cells.count(static_cast<CellArray>(a)); ++which) {
      double& sum = all.emplace_back(0.0);
      for (const double x : s.state.cells.at(static_cast<CellArray>(a), which)) sum += x;
    }
  MPI_Allreduce(MPI_IN_PLACE, all.data(), static_cast<int>(all.size()), MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
  return all;
}

}  // namespace

TEST(MvbPopulations, TwoPartsOfOneKindAreThatKind) {
  Parameters whole = parameters(30.0, false), parts = whole;
  for (Parameters* p : {&whole, &parts}) {
    p->cargo.clear();
    CellType& donor = p->cell_types[0];
    donor.cargo.clear();
    donor.donor.erase("small");
    donor.populations.clear();
  }
  CellType& donor = parts.cell_types[0];
  for (const auto& [name, share] : {std::pair{"one", 0.3}, {"other", 0.7}}) {
    donor.populations.push_back({name, share, *donor.biogenesis});
    donor.populations.back().rates.inflow *= share;
  }
  const test::Scene one = run(whole, donors(3), 1200.0, 10.0), two = run(parts, donors(3), 1200.0, 10.0);
  const Ledger a = measure_ledger(one.state, one.model, MPI_COMM_WORLD),
               b = measure_ledger(two.state, two.model, MPI_COMM_WORLD);
  double worst = 0.0;
  for (std::size_t i = 0; i < a.donors[0].lines.size(); ++i)
    if (a.donors[0].lines[i].value > 0.0)
      worst = std::max(worst, std::abs(b.donors[0].lines[i].value / a.donors[0].lines[i].value - 1.0));
  for (std::size_t i = 0; i < a.fields[0].lines.size(); ++i)
    if (a.fields[0].lines[i].value > 0.0)
      worst = std::max(worst, std::abs(b.fields[0].lines[i].value / a.fields[0].lines[i].value - 1.0));
  ASSERT_EQ(two.model.populations, (std::vector<std::string>{"one", "other"}));
  test::verify({.name = "MVBs of one kind in two populations of 0.3 and 0.7",
                .exact = "one population",
                .norm = "largest relative, of any line of the ledger",
                .levels = {{0.0, worst}},
                .largest_error = 1e-12});
}

TEST(MvbPopulations, WithSharedPoolsOfCargoAreOfSecondOrder) {
  std::vector<PlacedCell> cells = donors(1);
  cells.push_back({1, {45.0, 5.0, 10.0}, 1});
  const auto solve = [&](int steps) { return totals(run(parameters(30.0, false), cells, 1280.0, 1280.0 / steps)); };
  const auto reference = solve(2560);
  std::vector<test::Level> levels;
  for (const int steps : {80, 160, 320}) {
    const auto now = solve(steps);
    double worst = 0.0;
    for (std::size_t i = 0; i < now.size(); ++i)
      if (reference[i] > 0.0) worst = std::max(worst, std::abs(now[i] / reference[i] - 1.0));
    levels.push_back({1280.0 / steps, worst});
  }
  test::verify({.name = "two populations of MVBs, soluble and membrane cargo, from empty, 1280 s; any pool",
                .exact = "the same in 2560 steps",
                .norm = "largest relative",
                .levels = levels,
                .largest_error = 2e-2,
                .least_order = 1.9,
                .refined = "dt"});
}

TEST(MvbPopulations, ReleaseAtTheirSteadyRatesFromASteadyStart) {
  Parameters p = parameters(1.0, true);
  p.cell_types[0].cargo["EGFR"].synthesis.reset();  // as much as keeps the copies
  const test::Scene s = run(p, donors(2), 7200.0, 30.0);
  const Ledger ledger = measure_ledger(s.state, s.model, MPI_COMM_WORLD);
  for (std::size_t f = 0; f < 2; ++f) {
    const Balance& b = ledger.fields[f];
    // What leaves for good is the settled rate; what tetherin gives back to the cell comes on top.
    const double expected = 2.0 * 7200.0 * p.cell_types[0].donor.at(p.vesicles[f].name).rate;
    EXPECT_NEAR((b["secreted"] - b["degraded"]) / expected, 1.0, 3e-3) << p.vesicles[f].name;
  }
  const Balance& ilvs = ledger.donors.at(0);
  EXPECT_NEAR(ilvs["formed"] / (ilvs["back-fused in the donor"] + ilvs["digested in the donor"] + ilvs["released"]),
              1.0, 1e-5);
  EXPECT_NEAR(ilvs["released"] / (ledger.fields[0]["secreted"] + ledger.fields[1]["secreted"]), 1.0, 1e-12);
  // Cargo is where it settles, too.
  for (const Balance& b : ledger.cargo)
    EXPECT_NEAR(b.sum(Side::pool) - b["carried"],
                s.state.initial_cargo[static_cast<std::size_t>(&b - ledger.cargo.data())],
                2e-3 * s.state.initial_cargo[static_cast<std::size_t>(&b - ledger.cargo.data())])
        << b.name;
}

TEST(MvbPopulations, BalancesCloseInBothModes) {
  for (const RunMode mode : {RunMode::deterministic, RunMode::stochastic_release}) {
    Parameters p = parameters(3.0, true, mode);
    p.transport.tolerance = 1e-4;
    const test::Scene s = run(p, donors(4), 2e4, 10.0);
    const Ledger ledger = measure_ledger(s.state, s.model, MPI_COMM_WORLD);
    ASSERT_EQ(ledger.donors.size(), 1u);
    for (const Balance& b : ledger.cargo) EXPECT_GT(b["carried"], 0.0) << b.name;
    if (mode == RunMode::stochastic_release) {
      EXPECT_EQ(ledger.donors[0].residual(), 0.0);
    }
    test::verify({.name = mode == RunMode::deterministic ? "two populations of MVBs, 2000 steps: all balances"
                                                         : "the same in mode stochastic-release",
                  .exact = "what was made",
                  .norm = "ledger residual",
                  .levels = {{0.0, ledger.worst_residual()}},
                  .largest_error = 1e-12});
  }
}

TEST(MvbPopulations, MeanOverCellsIsTheDeterministicRunWhereRatesAreLinear) {
  constexpr std::int64_t cells = 1000;
  const auto made = [](RunMode mode, std::int64_t n) {
    Parameters p = parameters(30.0, false, mode);
    for (MvbPopulation& one : p.cell_types[0].populations) {
      one.rates.capacity = 1e9;
      one.rates.fate_coupling = 0.0;
    }
    return run(p, donors(n), 640.0, 16.0);
  };
  const test::Scene drawn = made(RunMode::stochastic_release, cells), mean = made(RunMode::deterministic, 64);
  double worst = 0.0;
  int compared = 0;
  for (std::size_t a = 0; a < cell_array_count; ++a) {
    const auto array = static_cast<CellArray>(a);
    for (std::size_t which = 0; which < drawn.state.cells.count(array); ++which) {
      std::array<double, 3> sums{};
      for (const double x : drawn.state.cells.at(array, which)) {
        sums[0] += x;
        sums[1] += x * x;
      }
      for (const double x : mean.state.cells.at(array, which)) sums[2] += x;
      MPI_Allreduce(MPI_IN_PLACE, sums.data(), 3, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
      const double average = sums[0] / cells, expected = sums[2] / 64.0;
      const double error = std::sqrt((sums[1] / cells - average * average) / cells);
      if (expected == 0.0 && average == 0.0) continue;
      const double z = (average - expected) / error;
      EXPECT_LT(std::abs(z), 4.5) << cell_arrays[a].name << ' ' << which << ": " << average << " for " << expected;
      worst = std::max(worst, std::abs(z));
      ++compared;
    }
  }
  RecordProperty("worst_z", std::to_string(worst));
  EXPECT_GT(compared, 80);
}

}  // namespace vesicast::mvb_populations_test
