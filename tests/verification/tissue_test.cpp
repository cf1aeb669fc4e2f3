// Maps, obstacle, vessels, flow and changing faces together: positive, conservative, kept out of obstacles.
#include "tests/support/tissue.hpp"

#include <gtest/gtest.h>

#include "src/ledger/ledger.hpp"
#include "src/run/simulate.hpp"
#include "src/step/advance.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::tissue_test {
namespace {

test::Scene make(const Parameters& p, const std::vector<PlacedCell>& cells) {
  return test::make_scene(p, cells, nullptr, MPI_COMM_WORLD, test::tissue_maps);
}

}  // namespace

TEST(Tissue, LedgerClosesOverTenThousandStepsWithEverythingOn) {
  Parameters p = test::tissue_with_everything(2);
  p.vesicles[0].matrix = MatrixBinding{.k_on = 1e-4, .k_off = 1e-3, .sites = 20.0, .sites_map = {}};
  test::Scene s = make(p, test::tissue_cells(p));
  Timings t;
  for (int step = 0; step < 10000; ++step) {
    advance(s, to_ticks(30.0), t);
    ASSERT_NO_THROW(audit(s)) << "step " << step;  // nothing is negative
  }
  const Ledger ledger = measure_ledger(s.state, s.model, MPI_COMM_WORLD);
  test::verify({.name = "maps, obstacle, flow, binding, blood, lymph, open and changing faces, cells: 10,000 steps",
                .exact = "what came in; nothing negative at any step",
                .norm = "ledger residual",
                .levels = {{0.0, ledger.worst_residual()}},
                .largest_error = 1e-12});
  for (std::size_t f = 0; f < ledger.fields.size(); ++f) {
    const bool external = s.model.sources[s.model.fields[f].source] == "external";
    for (const LedgerLine& l : ledger.fields[f].lines) {
      if (external ? l.account == "secreted"
                   : l.account == "initial" || l.account == "entered" || l.account.starts_with("from "))
        continue;
      EXPECT_GT(l.value, 0.0) << ledger.fields[f].name << ": " << l.account;
    }
  }
  for (const LedgerLine& l : ledger.cargo[0].lines) EXPECT_GT(l.value, 0.0) << l.account;
}

TEST(Tissue, NothingIsNegativeAndNothingEntersAnObstacle) {
  for (const char* integrator : {"exponential", "uniformisation"}) {
    Parameters p = test::tissue_with_everything(3);
    p.transport.integrator = integrator;
    p.vesicles[0].initial_concentration = 0.0;
    test::Scene s = make(p, test::tissue_cells(p));
    Timings t;
    for (int step = 0; step < 20; ++step) {
      advance(s, to_ticks(60.0), t);
      for (std::size_t f = 0; f < s.state.fields.size(); ++f) {
        const ReadScope scope(s.state.fields[f]);
        for (std::size_t i = 0; i < scope.values().size(); ++i) {
          ASSERT_GE(scope.values()[i], 0.0);
          if (s.site.interstitium.obstacle[i] != 0) {
            ASSERT_EQ(scope.values()[i], 0.0);
          }
        }
      }
    }
    EXPECT_LE(measure_ledger(s.state, s.model, MPI_COMM_WORLD).worst_residual(), 1e-12);
  }
}

TEST(Tissue, AClosedBoxRoundAnObstacleKeepsItsMass) {
  Parameters p = test::parameters_of({9, 8, 7}, 10.0, 3.0);
  p.run.track_sources = false;
  Region wall;
  wall.shape = Shape::box;
  wall.lower = {30.0, 0.0, 20.0};
  wall.upper = {60.0, 60.0, 70.0};
  wall.obstacle = true;
  p.regions = {wall};
  test::Scene s = test::make_scene(p);
  test::fill(s.state.fields[0], *s.domain, [](const Index3& v) { return v == Index3{1, 1, 5} ? 1e4 : 0.0; });
  Timings t;
  for (int step = 0; step < 200; ++step) advance(s, to_ticks(300.0), t);
  EXPECT_NEAR(test::total(s.state.fields[0], *s.domain), 1e4, 1e-9);
  // In the end the same concentration on both sides, none inside.
  const auto values = test::gather(s.state.fields[0], *s.domain);
  const double each = 1e4 / static_cast<double>(9 * 8 * 7 - 3 * 6 * 5);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Index3 v = s.domain->grid().box().voxel(static_cast<std::int64_t>(i));
    const bool inside = v[0] >= 3 && v[0] < 6 && v[1] < 6 && v[2] >= 2;
    EXPECT_NEAR(values[i], inside ? 0.0 : each, inside ? 0.0 : 1e-3 * each);
  }
}

}  // namespace vesicast::tissue_test
