// Cells whose rates vary: each behaves as a cell of a type with its constants, on any number of ranks, in both modes.
#include <gtest/gtest.h>

#include <cmath>

#include "src/ledger/ledger.hpp"
#include "src/model/perturbed.hpp"
#include "src/parameters/multipliers.hpp"
#include "src/run/simulate.hpp"
#include "src/start/stationary_start.hpp"
#include "tests/support/scenes.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::variation_test {
namespace {

Parameters parameters() {
  Parameters p = test::parameters_of({6, 6, 1}, 20.0, 1.0);
  p.vesicles[0].initial_concentration = 1e-3;
  p.vesicles[0].boundary[0].fill({BoundaryKind::periodic, 0.0});
  CellType donor = test::recipient_type("donor"), recipient = test::recipient_type("recipient");
  test::give_pathway(donor, 3.0);
  donor.variation = {{Rate("k_lys"), 0.3}, {Rate("k_tr"), 0.5}, {Rate("f_t"), 0.4}, {Rate("k_on"), 0.2}};
  recipient.receptors = 60.0;  // saturates
  recipient.variation = {{Rate("k_on"), 0.5}, {Rate("k_off"), 0.3},    {Rate("k_int_raft"), 0.5},
                         {Rate("k_bf"), 0.6}, {Rate("CL_fluid"), 0.5}, {Rate("acidity"), 0.1},
                         {Rate("k_rs"), 0.4}, {std::nullopt, 0.5}};
  recipient.recipient["exosome"].fluid = 0.5;
  p.cell_types = {donor, recipient};
  p.perturbations = {{.label = "all", .changes = {{Rate("k_on"), 2.0}}, .cell_types = {}, .from = 300000, .until = {}}};
  return p;
}

std::vector<PlacedCell> cells() {
  std::vector<PlacedCell> all;
  for (std::int64_t i = 0; i < 24; ++i)
    all.push_back({i,
                   {10.0 + static_cast<double>(i % 6) * 20.0, 10.0 + static_cast<double>(i / 6) * 28.0, 10.0},
                   static_cast<std::int32_t>(i % 2)});
  return all;
}

/// The same cells without variation: every cell a type of its own, whose constants are multiplied by hand.
Parameters by_hand(const Parameters& p) {
  Parameters result = p;
  result.cell_types.clear();
  for (const PlacedCell& c : cells()) {
    CellType type = p.cell_types[static_cast<std::size_t>(c.type)];
    const CellMultipliers m = multipliers_of(type.variation, p.run.seed, c.id);
    type = perturbed(type, m.rates, p.vesicles);
    type.receptors *= m.receptors;
    type.variation.clear();
    type.name += " " + std::to_string(c.id);
    result.cell_types.push_back(type);
  }
  return result;
}

test::Scene run(const Parameters& p, const std::vector<PlacedCell>& all) {
  test::Scene s = test::make_scene(p, all);
  Timings t;
  simulate(s, to_ticks(600.0), to_ticks(10.0), {}, t);
  return s;
}

}  // namespace

TEST(Variation, EveryCellIsACellOfItsOwnType) {
  Parameters p = parameters();
  p.run.track_sources = false;
  // A start from empty, which the types by hand have alike; the steady start has a test of its own.
  p.cell_types[0].biogenesis->steady_start = false;
  std::vector<PlacedCell> own_types = cells();
  for (PlacedCell& c : own_types) c.type = static_cast<std::int32_t>(c.id);
  for (const RunMode mode : {RunMode::deterministic, RunMode::stochastic_release}) {
    p.run.mode = mode;
    const test::Scene varied = run(p, cells()), by_type = run(by_hand(p), own_types);
    double worst = 0.0;
    for (std::size_t a = 0; a < cell_array_count; ++a)
      for (std::size_t w = 0; w < varied.state.cells.count(static_cast<CellArray>(a)); ++w)
        for (std::size_t c = 0; c < varied.state.cells.size(); ++c) {
          const double x = varied.state.cells.at(static_cast<CellArray>(a), w)[c],
                       y = by_type.state.cells.at(static_cast<CellArray>(a), w)[c];
          worst = std::max(worst, std::abs(x - y) / std::max(1e-6, std::abs(y)));
        }
    EXPECT_LT(worst, 1e-11);
    const Ledger ledger = measure_ledger(varied.state, varied.model, MPI_COMM_WORLD);
    EXPECT_LT(ledger.worst_residual(), 1e-13);
  }
}

TEST(Variation, DonorsBeginInTheirOwnSteadyState) {
  Parameters p = parameters();
  p.perturbations.clear();
  p.vesicles[0].initial_concentration = 0.0;
  const test::Scene start = test::make_scene(p, cells()), end = run(p, cells());
  double least = 1e300, most = 0.0, drift = 0.0;
  for (std::size_t c = 0; c < start.state.cells.size(); ++c) {
    if (start.state.cells.type[c] != 0) continue;
    for (const CellArray a : {CellArray::maturing_mvbs, CellArray::docked_mvbs, CellArray::ilvs_maturing,
                              CellArray::ilvs_docked, CellArray::tethered}) {
      const double x = start.state.cells.at(a, 0)[c], y = end.state.cells.at(a, 0)[c];
      drift = std::max(drift, std::abs(y / x - 1.0));
    }
    const double mvbs = start.state.cells.at(CellArray::maturing_mvbs, 0)[c];
    least = std::min(least, mvbs);
    most = std::max(most, mvbs);
  }
  RecordProperty("drift", std::to_string(drift));
  EXPECT_LT(drift, 1e-3);
  MPI_Allreduce(MPI_IN_PLACE, &least, 1, MPI_DOUBLE, MPI_MIN, MPI_COMM_WORLD);
  MPI_Allreduce(MPI_IN_PLACE, &most, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
  EXPECT_GT(most / least, 1.5);
}

TEST(Variation, AutomaticStepsAndASteadyFieldKnowIt) {
  Parameters p = parameters();
  p.vesicles[0].initial_concentration = 0.0;
  p.vesicles[0].boundary[1].fill({BoundaryKind::open, 0.0});
  test::Scene s = test::make_scene(p, cells());
  static_cast<void>(start_stationary(s.state, s.model, s.site, s.seats));
  StepControl control({1e-3, 500, 64000}, s.site);
  Timings t;
  simulate(s, to_ticks(600.0), control, {}, t);
  EXPECT_LT(measure_ledger(s.state, s.model, MPI_COMM_WORLD).worst_residual(), 1e-12);
}

}  // namespace vesicast::variation_test
