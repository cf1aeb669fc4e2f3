// Nothing is ever negative and nothing is lost, step after step.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "decomposition/base/error.hpp"
#include "src/ledger/ledger.hpp"
#include "src/run/simulate.hpp"
#include "src/step/advance.hpp"
#include "tests/support/scenes.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::positivity_test {
namespace {

double smallest(const Field& f) {
  const ReadScope scope(f);
  double least = 0.0;
  for (const double x : scope.values()) least = std::min(least, x);
  MPI_Allreduce(MPI_IN_PLACE, &least, 1, MPI_DOUBLE, MPI_MIN, MPI_COMM_WORLD);
  return least;
}

}  // namespace

TEST(Positivity, FromAPointSourceAtEveryStepForSmallAndLargeSteps) {
  for (const std::string integrator : {"exponential", "economised", "uniformisation", "chebyshev", "rkl2", "ssprk2"})
    for (const double tolerance : {1e-2, 1e-6})
      for (const double dt : {0.5, 30.0, 120.0, 3000.0}) {  // D dt/h^2 from 0.01 to 60
        Parameters p = test::parameters_of({15, 15, 15}, 10.0, 2.0);
        p.run.track_sources = false;
        p.transport.integrator = integrator;
        p.transport.tolerance = tolerance;
        p.vesicles[0].decay = 1e-5;
        test::Scene s = test::make_scene(p);
        test::fill(s.state.fields[0], *s.domain, [](const Index3& v) { return v == Index3{7, 7, 7} ? 1.0 : 0.0; });
        s.state.initial[0] = 1.0;
        Timings t;
        for (int i = 0; i < 10; ++i) {
          advance(s, to_ticks(dt), t);
          ASSERT_GE(smallest(s.state.fields[0]), 0.0) << integrator << " dt " << dt << " step " << i;
        }
        EXPECT_LE(measure_ledger(s.state, s.model, MPI_COMM_WORLD).worst_residual(), 1e-12);
      }
}

TEST(Positivity, WithStrongSinksBesideASource) {
  Parameters p = test::parameters_of({9, 9, 9}, 10.0, 1.0);
  p.cell_types = {test::donor_type("donor", 10.0), test::recipient_type("sink")};
  p.cell_types[1].recipient["exosome"].k_on = 0.1;  // 500 um^3/s per cell: far above what diffusion brings
  std::vector<PlacedCell> cells{{0, {45.0, 45.0, 45.0}, 0}};
  for (int i = 0; i < 6; ++i) {
    PlacedCell c{i + 1, {45.0, 45.0, 45.0}, 1};
    c.position[static_cast<std::size_t>(i / 2)] += i % 2 == 0 ? -10.0 : 10.0;
    cells.push_back(c);
  }
  test::Scene s = test::make_scene(p, cells);
  Timings t;
  for (int i = 0; i < 100; ++i) {
    advance(s, to_ticks(10.0), t);
    ASSERT_NO_THROW(audit(s));
  }
  EXPECT_LE(measure_ledger(s.state, s.model, MPI_COMM_WORLD).worst_residual(), 1e-12);
}

TEST(Positivity, OfACellThatReleasesIntoAFlowAtPeclet20) {
  // Grid Peclet number u h/D = 20, obliquely, with and without binding to the matrix; the flow leaves through open
  // faces.
  for (const bool binds : {false, true})
    for (const double step : {4.0, 40.0}) {
      const double h = 10.0, d = 0.25, u = 20.0 * d / h, alpha = 0.2;
      Parameters p = test::parameters_of({24, 12, 7}, h, d);
      p.domain.extracellular_fraction = alpha;
      test::set_boundaries(p, BoundaryKind::open);
      p.flow.kind = FlowKind::uniform;
      p.flow.velocity = {alpha * u, 0.5 * alpha * u, -0.25 * alpha * u};
      if (binds) p.vesicles[0].matrix = MatrixBinding{.k_on = 1e-3, .k_off = 0.02, .sites = 20.0, .sites_map = {}};
      p.cell_types = {test::donor_type("donor", 0.5)};
      test::Scene s = test::make_scene(p, {{0, {55.0, 35.0, 35.0}, 0}});
      double least = 0.0;
      Timings t;
      for (int i = 0; i < static_cast<int>(std::lround(1200.0 / step)); ++i) {
        advance(s, to_ticks(step), t);
        ASSERT_NO_THROW(audit(s));
        least = std::min(least, smallest(s.state.fields[0]));
        if (binds) least = std::min(least, smallest(*s.state.bound_fields[0]));
      }
      const Ledger ledger = measure_ledger(s.state, s.model, MPI_COMM_WORLD);
      EXPECT_GT(ledger.fields[0]["left"], 0.0);
      test::verify({.name = fmt::format("a releasing cell at grid Peclet number 20{}, steps of {:g} s: below zero",
                                        binds ? ", matrix" : "", step),
                    .exact = "0 at every step",
                    .norm = "smallest value, sign changed",
                    .levels = {{0.0, std::max(0.0, -least)}},
                    .largest_error = 0.0});
      EXPECT_LE(ledger.worst_residual(), 1e-12);
    }
}

}  // namespace vesicast::positivity_test
