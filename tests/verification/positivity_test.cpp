// Nothing is ever negative and nothing is lost, step after step.
#include <gtest/gtest.h>

#include "decomposition/error.hpp"
#include "src/advance.hpp"
#include "src/ledger/ledger.hpp"
#include "src/simulation.hpp"
#include "tests/support/scenes.hpp"

using namespace vesicast;

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
          advance(s.state, s.model, to_ticks(dt), t);
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
    advance(s.state, s.model, to_ticks(10.0), t);
    ASSERT_NO_THROW(audit(s.state, s.model, *s.domain));
  }
  EXPECT_LE(measure_ledger(s.state, s.model, MPI_COMM_WORLD).worst_residual(), 1e-12);
}
