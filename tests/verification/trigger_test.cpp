// A pulse of calcium in a window of time, in both modes: what buds against its closed form, fusion of MVBs against
// finer steps, and whole MVBs against the mean.
#include <gtest/gtest.h>

#include <cmath>

#include "src/donor/budding.hpp"
#include "src/ledger/ledger.hpp"
#include "src/run/simulate.hpp"
#include "tests/support/scenes.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::trigger_test {
namespace {

constexpr double end = 960.0, from = 240.0, until = 480.0, factor = 3.0;

/// `linear`: without coupling and capacity, so that moves are exact and the mean over cells is the deterministic run.
Parameters parameters(RunMode mode, bool pulse, bool linear = true) {
  Parameters p = test::parameters_of({4, 4, 1}, 20.0, 1.0);
  p.run.mode = mode;
  p.vesicles.push_back(p.vesicles[0]);
  p.vesicles.back().name = "microvesicle";
  CellType donor;
  donor.name = "donor";
  test::give_pathway(donor, 30.0, "microvesicle");
  if (linear) {
    donor.biogenesis->capacity = 1e9;
    donor.biogenesis->fate_coupling = 0.0;
  }
  p.cell_types = {donor};
  if (pulse)
    p.perturbations = {{.label = "pulse",
                        .changes = {{Rate("Ca"), factor}},
                        .cell_types = {},
                        .from = to_ticks(from),
                        .until = to_ticks(until)}};
  return p;
}

struct Result {
  double fusions = 0.0, spread = 0.0, microvesicles = 0.0, residual = 0.0;  ///< per cell; variance of the fusions
};

Result run(const Parameters& p, std::int64_t n, double step) {
  std::vector<PlacedCell> cells;
  const auto at = [](std::int64_t i) { return 5.0 + static_cast<double>(i % 8) * 10.0; };
  for (std::int64_t id = 0; id < n; ++id) cells.push_back({id, {at(id), at(id / 8), 10.0}, 0});
  test::Scene s = test::make_scene(p, cells);
  Timings t;
  simulate(s, to_ticks(end), to_ticks(step), {}, t);
  std::array<double, 2> sums{};
  for (const double x : s.state.cells.at(CellArray::fusions, 0)) {
    sums[0] += x;
    sums[1] += x * x;
  }
  MPI_Allreduce(MPI_IN_PLACE, sums.data(), 2, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
  const Ledger ledger = measure_ledger(s.state, s.model, MPI_COMM_WORLD);
  const auto cells_of = static_cast<double>(n);
  const double mean = sums[0] / cells_of;
  return {mean, sums[1] / cells_of - mean * mean, ledger.fields[1]["secreted"] / cells_of, ledger.worst_residual()};
}

}  // namespace

TEST(Trigger, ACalciumPulseIsOfSecondOrder) {
  Parameters p = parameters(RunMode::deterministic, true, false);
  p.cell_types[0].biogenesis->steady_start = false;  // so that the coupling changes
  p.cell_types[0].biogenesis->formation[0] *= 3.0;
  const Result reference = run(p, 1, 0.5);
  std::vector<test::Level> levels;
  for (const double step : {40.0, 20.0, 10.0}) {
    const Result r = run(p, 1, step);
    levels.push_back({step, std::abs(r.fusions / reference.fusions - 1.0)});
    Biogenesis b = *p.cell_types[0].biogenesis;
    const double rest = donor::microvesicle_rate(b);
    b.calcium = factor;
    EXPECT_NEAR(r.microvesicles / (rest * (end - (until - from)) + donor::microvesicle_rate(b) * (until - from)), 1.0,
                1e-12);
    EXPECT_LT(r.residual, 1e-12);
  }
  test::verify({.name = "calcium x 3 in a window: fusions of MVBs",
                .exact = "the same in steps of 0.5 s",
                .norm = "relative",
                .levels = levels,
                .largest_error = 1e-3,
                .least_order = 1.9,
                .refined = "dt"});
  // Without the coupling moves are exact, whatever the step.
  const Parameters linear = parameters(RunMode::deterministic, true);
  test::verify({.name = "the same without fate coupling, steps of 40 s",
                .exact = "the same in steps of 2 s",
                .norm = "relative",
                .levels = {{40.0, std::abs(run(linear, 1, 40.0).fusions / run(linear, 1, 2.0).fusions - 1.0)}},
                .largest_error = 1e-12});
}

TEST(Trigger, WholeMvbsFollowThePulseInTheMean) {
  constexpr std::int64_t cells = 1000;
  const Result at_rest = run(parameters(RunMode::deterministic, false), 1, 20.0),
               mean = run(parameters(RunMode::deterministic, true), 1, 20.0),
               drawn = run(parameters(RunMode::stochastic_release, true), cells, 20.0);
  EXPECT_GT(mean.fusions, 1.05 * at_rest.fusions);
  const double z = (drawn.fusions - mean.fusions) / std::sqrt(drawn.spread / cells);
  const double of_microvesicles =
      (drawn.microvesicles - mean.microvesicles) / std::sqrt(mean.microvesicles / cells);  // Poisson
  EXPECT_LT(std::abs(z), 4.0) << drawn.fusions << " for " << mean.fusions << ", " << at_rest.fusions << " at rest";
  EXPECT_LT(std::abs(of_microvesicles), 4.0) << drawn.microvesicles << " for " << mean.microvesicles;
  EXPECT_GT((drawn.fusions - at_rest.fusions) / std::sqrt(drawn.spread / cells), 6.0);
  EXPECT_LT(drawn.residual, 1e-12);
}

}  // namespace vesicast::trigger_test
