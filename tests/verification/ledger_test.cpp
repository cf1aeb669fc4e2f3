// The ledger closes after ten thousand steps with every process on.
#include "src/ledger/ledger.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "decomposition/base/error.hpp"
#include "src/base/random.hpp"
#include "src/run/simulate.hpp"
#include "tests/support/scenes.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::ledger_test {
namespace {

Parameters everything() {
  Parameters p = test::parameters_of({8, 8, 4}, 20.0, 2.0);
  p.vesicles[0].decay = 1e-4;
  p.vesicles[0].initial_concentration = 1e-3;
  p.vesicles[0].cargo["miR-21"] = 0.00825;
  p.cargo.push_back({"miR-21", 1e-5});
  p.vesicles[0].boundary[0] = {{{BoundaryKind::fixed, 5e-4}, {BoundaryKind::open, 0.0}}};
  p.vesicles[0].boundary[1].fill({BoundaryKind::periodic, 0.0});
  CellType tumour = test::recipient_type("tumour");
  tumour.donor["exosome"] = {0.02, ReleaseMode::poisson, 30.0};
  CellType stroma = test::recipient_type("stroma");
  stroma.donor["exosome"] = {0.005, ReleaseMode::constant, 30.0};
  stroma.receptors = 50.0;
  for (CellType* type : {&tumour, &stroma}) {
    Uptake& u = type->recipient["exosome"];
    u.fluid = 0.5;
    u.lysosome_share = 0.3;
  }
  p.vesicles[0].cd47 = 0.7;
  p.vesicles[0].cluster = 0.2;
  p.cell_types = {tumour, stroma};
  return p;
}

/// n^3 voxels of 20 um with a concentration of 0.01 held at all faces, and a third of it inside at first: 200 steps of
/// 30 s with D dt/h^2 = 33. In each a voxel turns over 200 times what it holds.
test::Scene stiff_box(std::int64_t n, const char* integrator) {
  Parameters p = test::parameters_of({n, n, n}, 20.0, 440.0);
  p.transport.integrator = integrator;
  p.vesicles[0].substance = Substance::soluble;
  p.vesicles[0].initial_concentration = 0.01 / 3.0;
  test::set_boundaries(p, BoundaryKind::fixed, 0.01);
  test::Scene s = test::make_scene(p);
  Timings t;
  simulate(s, to_ticks(6000.0), to_ticks(30.0), {}, t);
  return s;
}

}  // namespace

TEST(Ledger, ClosesBehindStiffFacesAndStillSeesALoss) {
  double worst = 0.0, least_seen = 1.0;
  for (const char* integrator : {"exponential", "economised"})
    for (const std::int64_t n : {2, 3}) {
      test::Scene s = stiff_box(n, integrator);
      const Ledger ledger = measure_ledger(s.state, s.model, MPI_COMM_WORLD);
      worst = std::max(worst, ledger.worst_residual());
      // What is turned over is no excuse for a loss.
      {
        const WriteScope scope(s.state.fields[0]);
        for (double& x : scope.values()) x *= 1.0 - 1e-9;
      }
      least_seen = std::min(least_seen, measure_ledger(s.state, s.model, MPI_COMM_WORLD).worst_residual());
    }
  test::verify({.name = "a factor behind fixed faces, 200 times a voxel's content through them in each of 200 steps",
                .exact = "what came in",
                .norm = "ledger residual",
                .levels = {{0.0, worst}},
                .largest_error = 1e-12});
  EXPECT_GT(least_seen, 1e-11) << "a billionth of the contents is missing";
}

TEST(Ledger, ClosesAfterTenThousandSteps) {
  const Parameters p = everything();
  const Grid grid = make_grid(p.domain);
  std::vector<PlacedCell> cells;
  Draws draws({4, Purpose::placement_jitter, 0, 0, 0});
  for (int i = 0; i < 40; ++i) {
    Vector3 x{};
    for (std::size_t a = 0; a < 3; ++a) x[a] = draws.uniform() * grid.length(a);
    cells.push_back({i, x, i % 2});
  }
  test::Scene s = test::make_scene(p, cells);
  Timings t;
  simulate(s, to_ticks(300000.0), to_ticks(30.0), {}, t);
  ASSERT_EQ(s.state.steps, 10000);
  const Ledger ledger = measure_ledger(s.state, s.model, MPI_COMM_WORLD);
  test::verify({.name = "every process of the cells, open, fixed and periodic faces, cargo: 10,000 steps",
                .exact = "what came in",
                .norm = "ledger residual",
                .levels = {{0.0, ledger.worst_residual()}},
                .largest_error = 1e-12});
  // Every account of the test is in use: a ledger of zeros closes too.
  for (std::size_t f = 0; f < ledger.fields.size(); ++f) {
    const bool external = s.model.sources[s.model.fields[f].source] == "external";
    for (const LedgerLine& l : ledger.fields[f].lines) {
      if (external ? l.account == "secreted" : l.account == "entered" || l.account == "initial") continue;
      EXPECT_GT(l.value, 0.0) << ledger.fields[f].name << ": " << l.account;
    }
  }
  for (const LedgerLine& l : ledger.cargo[0].lines) EXPECT_GT(l.value, 0.0) << l.account;
}

TEST(Ledger, ARunWhoseLedgerDoesNotCloseStops) {
  Parameters p = test::parameters_of({4, 4, 4}, 20.0, 1.0);
  p.vesicles[0].initial_concentration = 1e-3;
  test::Scene s = test::make_scene(p);
  s.state.initial[0] *= 1.0 + 1e-9;
  Timings t;
  try {
    simulate(s, to_ticks(60.0), to_ticks(30.0), {}, t);
    FAIL() << "the run went on";
  } catch (const Error& e) {
    EXPECT_EQ(e.code(), ExitCode::numerics_failed);
    EXPECT_NE(std::string(e.what()).find("does not close"), std::string::npos);
    EXPECT_NE(std::string(e.what()).find("exosome from external"), std::string::npos);
  }
}

}  // namespace vesicast::ledger_test
