// Mass and sign of whole steps with binding to the matrix.
#include <gtest/gtest.h>

#include <algorithm>

#include "src/base/random.hpp"
#include "src/ledger/ledger.hpp"
#include "src/run/simulate.hpp"
#include "src/step/advance.hpp"
#include "tests/support/scenes.hpp"

namespace vesicast::matrix_bounds_test {
namespace {

/// A class that binds at `a` = k_on S and comes off at `b` [1/s].
void bind(Parameters& p, double a, double b) {
  p.vesicles[0].matrix = MatrixBinding{.k_on = a / 50.0, .k_off = b, .sites = 50.0, .sites_map = {}};
}

}  // namespace

TEST(MatrixBounds, TheLedgerClosesAfterTenThousandSteps) {
  Parameters p = test::parameters_of({8, 8, 4}, 20.0, 2.0);
  p.vesicles[0].decay = 1e-4;
  p.vesicles[0].initial_concentration = 1e-3;
  p.vesicles[0].cargo["miR-21"] = 0.00825;
  p.cargo.push_back({"miR-21", 1e-5});
  p.vesicles[0].boundary[0] = {{{BoundaryKind::fixed, 5e-4}, {BoundaryKind::open, 0.0}}};
  bind(p, 3e-3, 1e-3);
  CellType tumour = test::recipient_type("tumour"), stroma = test::recipient_type("stroma");
  tumour.donor["exosome"] = {0.02, ReleaseMode::poisson, 30.0};
  stroma.receptors = 50.0;
  p.cell_types = {tumour, stroma};
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
  EXPECT_LE(ledger.worst_residual(), 1e-12);
  for (const Balance& b : ledger.fields)
    for (const std::string_view account : {"matrix-bound", "free", "decayed", "left", "degraded"})
      EXPECT_GT(b[account], 0.0) << b.name << ": " << account;
  RecordProperty("residual", testing::PrintToString(ledger.worst_residual()));
}

TEST(MatrixBounds, NothingIsNegativeHoweverFastTheBinding) {
  const double dt = 30.0;
  double worst = 0.0;
  for (const double a : {1e6 / dt, 1.0, 1e-9})
    for (const double b : {0.0, 1e-9, 1.0, 1e6 / dt})
      for (const double d : {0.0, 1e-5, 1.0}) {
        Parameters p = test::parameters_of({9, 9, 9}, 10.0, 1.0);
        p.vesicles[0].decay = d;
        test::set_boundaries(p, BoundaryKind::open);
        bind(p, a, b);
        p.cell_types = {test::donor_type("donor", 10.0), test::recipient_type("sink")};
        p.cell_types[1].recipient["exosome"].k_on = 0.1;
        test::Scene s = test::make_scene(p, {{0, {45.0, 45.0, 45.0}, 0}, {1, {55.0, 45.0, 45.0}, 1}});
        Timings t;
        for (int i = 0; i < 5; ++i) {
          advance(s, to_ticks(dt), t);
          ASSERT_NO_THROW(audit(s)) << a << ' ' << b << ' ' << d;
        }
        worst = std::max(worst, measure_ledger(s.state, s.model, MPI_COMM_WORLD).worst_residual());
      }
  EXPECT_LE(worst, 1e-12);
  RecordProperty("residual", testing::PrintToString(worst));
}

TEST(MatrixBounds, AClassThatDoesNotBindHasNoSuchPool) {
  test::Scene s = test::make_scene([] {
    Parameters p = test::parameters_of({4, 4, 4}, 20.0, 1.0);
    p.vesicles[0].initial_concentration = 1e-3;
    return p;
  }());
  EXPECT_FALSE(s.state.bound_fields[0].has_value());
  const Ledger ledger = measure_ledger(s.state, s.model, MPI_COMM_WORLD);
  for (const LedgerLine& l : ledger.fields[0].lines) EXPECT_NE(l.account, "matrix-bound");
}

}  // namespace vesicast::matrix_bounds_test
