// Ectosomes that follow a membrane cargo, q_sPM VPS4 P/P0: second order, in proportion to the copies, in both modes, in
// size bins, from a knocked-down start and after a change of the cell's type.
#include <gtest/gtest.h>

#include <cmath>

#include "decomposition/base/error.hpp"
#include "src/ledger/ledger.hpp"
#include "src/model/cargo_supply.hpp"
#include "src/parameters/size_bins.hpp"
#include "src/run/simulate.hpp"
#include "src/start/stationary_start.hpp"
#include "tests/support/scenes.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::ectosome_test {
namespace {

constexpr double hour = 3600.0, copies_at_rest = 2e4;

/// A donor whose ectosomes follow CD9; `speed` times as fast.
Parameters parameters(double speed = 1.0) {
  Parameters p = test::parameters_of({2, 2, 2}, 50.0, 1.0);
  p.vesicles[0].size = {1, 0.1, 0.03};
  VesicleClass ectosome = p.vesicles[0];
  ectosome.name = "ectosome";
  p.vesicles.push_back(ectosome);
  p.cargo = {{"CD9", 0.2 * speed / hour, CargoKind::membrane}};
  CellType donor;
  donor.name = "donor";
  test::give_pathway(donor, speed, "", "ectosome");
  Biogenesis& b = *donor.biogenesis;
  b.ectosome_cargo = "CD9";
  b.endocytosis = 2.0 / hour;  // faster than by default, so that recycling matters
  for (double Biogenesis::*rate :
       {&Biogenesis::endocytosis, &Biogenesis::recycling, &Biogenesis::retrograde, &Biogenesis::golgi_export})
    b.*rate *= speed;
  donor.cargo["CD9"] = {.copies = copies_at_rest, .synthesis = {}};
  p.cell_types = {donor};
  return p;
}

std::vector<PlacedCell> cells(int count = 1) {
  std::vector<PlacedCell> all;
  for (int i = 0; i < count; ++i) all.push_back({i, {25.0, 25.0, 25.0}, 0});
  return all;
}

/// The sum of an array over all cells.
double sum_of(const test::Scene& s, CellArray array, std::size_t which) {
  double sum = 0.0;
  for (const double x : s.state.cells.at(array, which)) sum += x;
  MPI_Allreduce(MPI_IN_PLACE, &sum, 1, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
  return sum;
}

double pool(const test::Scene& s) {
  return sum_of(s, CellArray::plasma_membrane, 0);
}

/// Ectosomes released so far, of all size bins and of the source named; of all sources where none is.
double ectosomes(const test::Scene& s, const std::string& source = "") {
  double sum = 0.0;
  for (std::size_t f = 0; f < s.model.carriers; ++f) {
    const VesicleClass& v = s.model.vesicle_of(f);
    const bool named = source.empty() || s.model.sources[s.model.fields[f].source] == source;
    if (named && (v.name == "ectosome" || v.parent == "ectosome")) sum += sum_of(s, CellArray::secreted, f);
  }
  return sum;
}

void run_until(test::Scene& s, double end, double dt) {
  Timings t;
  simulate(s, to_ticks(end), to_ticks(dt), {}, t);
}

/// Ectosomes, and copies at the plasma membrane, after an hour of a cell that begins with 3 times the copies it keeps.
/// Ectosomes take a good part of them: the rate follows what it changes itself; and MVBs bring as much back.
std::array<double, 2> solve(int steps) {
  Parameters p = parameters(4.0);
  p.cell_types[0].cargo["CD9"] = {.copies = copies_at_rest, .synthesis = 1.0, .sorting_at_surface = 200.0};
  p.cell_types[0].biogenesis->fusion *= 5.0;
  test::Scene s = test::make_scene(p, cells());
  run_until(s, hour, hour / steps);
  return {ectosomes(s), pool(s)};
}

}  // namespace

TEST(EctosomesThatFollow, AreOfSecondOrder) {
  const auto reference = solve(6000);
  const auto error = [&](int steps, std::size_t what) { return std::abs(solve(steps)[what] / reference[what] - 1.0); };
  test::verify({.name = "ectosomes that follow a membrane cargo, 1 h; their number",
                .exact = "the same in 6000 steps",
                .norm = "relative",
                .levels = {{45.0, error(80, 0)}, {22.5, error(160, 0)}, {11.25, error(320, 0)}},
                .largest_error = 1e-3,
                .least_order = 1.9,
                .refined = "dt"});
  test::verify({.name = "ectosomes that follow a membrane cargo, 1 h; its copies",
                .exact = "the same in 6000 steps",
                .norm = "relative",
                .levels = {{45.0, error(80, 1)}, {22.5, error(160, 1)}, {11.25, error(320, 1)}},
                .largest_error = 1e-3,
                .least_order = 1.9,
                .refined = "dt"});
}

TEST(EctosomesThatFollow, BudAtTheirRateAtRest) {
  // The copies half a step ahead are those at rest to second order in the step.
  const auto error = [](double dt) {
    Parameters p = parameters();
    p.run.step = to_ticks(dt);
    p.vesicles[1].size.bins = 3;
    test::Scene s = test::make_scene(with_size_bins(p), cells());
    run_until(s, 6.0 * hour, dt);
    EXPECT_NEAR(pool(s) / copies_at_rest, 1.0, 1e-5);
    EXPECT_LT(measure_ledger(s.state, s.model, MPI_COMM_WORLD).worst_residual(), 1e-12);
    return std::abs(ectosomes(s) / (6.0 * 20.0) - 1.0);
  };
  test::verify({.name = "ectosomes that follow a membrane cargo, 6 h of a cell at rest in size bins",
                .exact = "q_sPM VPS4",
                .norm = "relative",
                .levels = {{120.0, error(120.0)}, {60.0, error(60.0)}, {30.0, error(30.0)}},
                .largest_error = 1e-4,
                .least_order = 1.9,
                .refined = "dt"});
}

TEST(EctosomesThatFollow, FallWithTheSynthesis) {
  // Made at a quarter of what keeps the copies: P comes to a quarter, and with it the ectosomes.
  const Parameters control = parameters(10.0);
  const double needed = test::make_scene(control, cells()).model.supply[0][0]->synthesis;
  Parameters p = control;
  p.cell_types[0].cargo["CD9"].synthesis = 0.25 * needed;
  test::Scene s = test::make_scene(p, cells());
  run_until(s, 10.0 * hour, 5.0);
  const double before = ectosomes(s), first = pool(s);
  run_until(s, 11.0 * hour, 5.0);
  EXPECT_NEAR(first / copies_at_rest, 0.25, 0.25e-2);
  EXPECT_NEAR((ectosomes(s) - before) / 200.0 / (0.5 * (first + pool(s)) / copies_at_rest), 1.0, 5e-4);
  EXPECT_NEAR((ectosomes(s) - before) / 200.0, 0.25, 0.25e-2);
}

TEST(EctosomesThatFollow, BeginSettledInAKnockedDownCell) {
  // Recycling at a tenth from the start: fewer copies at the plasma membrane, of which many leave with ectosomes.
  Parameters p = parameters();
  p.run.step = to_ticks(30.0);
  p.cell_types[0].cargo["CD9"].sorting_at_surface = 300.0;
  p.perturbations = {
      {.label = "recycling", .changes = {{Rate("k_rec"), 0.1}}, .cell_types = {}, .from = 0, .until = {}}};
  for (VesicleClass& v : p.vesicles) v.decay = 1e-3;
  test::Scene s = test::make_scene(p, cells());
  const double start = pool(s), ratio = start / copies_at_rest;
  EXPECT_LT(ratio, 0.9);
  EXPECT_NEAR(s.model.pathways[0]->follows->at_start, ratio, 1e-11);
  EXPECT_EQ(s.model.pathways[0]->follows->at_rest, copies_at_rest);
  start_stationary(s.state, s.model, s.site, s.seats);
  const double held = measure_ledger(s.state, s.model, MPI_COMM_WORLD).fields[1]["free"];
  EXPECT_NEAR(held / (20.0 / hour * ratio / 1e-3), 1.0, 1e-6);
  run_until(s, 2.0 * hour, 30.0);
  EXPECT_NEAR(pool(s) / start, 1.0, 1e-5);
  EXPECT_NEAR(ectosomes(s) / (40.0 * ratio), 1.0, 1e-4);
}

TEST(EctosomesThatFollow, InWholeVesiclesHaveTheSameMean) {
  // Everything that decides the copies is linear but for what buds, which is little: the means agree.
  Parameters p = parameters(5.0);
  p.cell_types[0].cargo["CD9"].synthesis = 0.0;
  constexpr int count = 300;
  test::Scene mean = test::make_scene(p, cells(1));
  run_until(mean, 4.0 * hour, 60.0);
  p.run.mode = RunMode::stochastic_release;
  test::Scene drawn = test::make_scene(p, cells(count));
  run_until(drawn, 4.0 * hour, 60.0);
  // Poisson, and what the spread of the copies adds: less than a tenth of it.
  const double expected = count * ectosomes(mean), z = (ectosomes(drawn) - expected) / std::sqrt(1.1 * expected);
  EXPECT_LT(ectosomes(mean), 0.9 * 400.0);  // far from the rate at rest
  RecordProperty("z", std::to_string(z));
  EXPECT_LT(std::abs(z), 4.0) << ectosomes(drawn) << " for " << expected;
  EXPECT_EQ(std::fmod(ectosomes(drawn), 1.0), 0.0);
}

TEST(EctosomesThatFollow, TakeTheCopiesAtRestOfTheTypeThatTheCellBecomes) {
  Parameters p = parameters();
  p.run.step = to_ticks(30.0);
  CellType other = p.cell_types[0];
  other.name = "other";
  other.cargo["CD9"].copies = 4.0 * copies_at_rest;
  p.cell_types[0].responses["any"] = {.cargo = "CD9"};
  p.cell_types[0].becomes = PhenotypeSwitch{"other", "any", true, 0.0, 0.0};  // at the end of the first step
  p.cell_types.push_back(other);
  test::Scene s = test::make_scene(p, cells());
  run_until(s, 30.0, 30.0);
  EXPECT_NEAR(ectosomes(s, "donor") / (20.0 / 120.0), 1.0, 1e-4);
  EXPECT_EQ(ectosomes(s, "other"), 0.0);
  const double before = pool(s);
  run_until(s, 60.0, 30.0);
  EXPECT_NEAR(ectosomes(s, "other") / (20.0 / 120.0) / (0.5 * (before + pool(s)) / (4.0 * copies_at_rest)), 1.0, 1e-3);
  EXPECT_LT(ectosomes(s, "other"), 0.3 * ectosomes(s, "donor"));
}

TEST(EctosomesThatFollow, AStartThatDoesNotSettleIsFoundWithoutAModel) {
  const Parameters good = parameters();
  EXPECT_NO_THROW(check_starts(good));
  const auto message = [](const Parameters& p) {
    std::array<std::string, 2> found;
    try {
      check_starts(p);
    } catch (const InputError& e) {
      found[0] = e.what();
    }
    try {
      (void)test::make_scene(p, cells());
    } catch (const InputError& e) {
      found[1] = e.what();
    }
    EXPECT_FALSE(found[1].empty());
    EXPECT_TRUE(found[0].ends_with(found[1])) << found[0] << '\n' << found[1];
    return found[0];
  };
  Parameters p = good;
  p.cargo.push_back({"miR-21", 0.0});
  p.cell_types[0].biogenesis->formation.fill(0.0);
  p.cell_types[0].biogenesis->ectosome_cargo.clear();
  p.cell_types[0].cargo["miR-21"] = {.copies = {}, .synthesis = 1.0, .sorting = {}, .sorting_at_surface = 0.0};
  EXPECT_NE(message(p).find("cargo \"miR-21\" of \"donor\" does not settle"), std::string::npos);
  p = good;
  p.perturbations = {{.label = "no way out",
                      .changes = {{Rate("k_lys"), 0.0}, {Rate("k_tr"), 0.0}, {Rate("k_auto"), 0.0}},
                      .cell_types = {},
                      .from = 0,
                      .until = {}}};
  EXPECT_TRUE(
      message(p).starts_with("cell type \"donor\", perturbed by no way out: the donor pathway does not settle"));
  p = good;
  p.cell_types[0].cargo["CD9"].copies = 0.0;
  EXPECT_NE(message(p).find("of which it has no copies at rest"), std::string::npos);
}

}  // namespace vesicast::ectosome_test
