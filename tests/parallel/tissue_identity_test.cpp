// The same bits on any number of ranks with maps, an obstacle, vessels, faces that change and a flow that is solved
// for; of stationary fields and of one of PETSc's integrators too.
#include <gtest/gtest.h>

#include "src/extracellular/flow/steady_flow.hpp"
#include "src/ledger/ledger.hpp"
#include "src/run/simulate.hpp"
#include "src/start/stationary_start.hpp"
#include "tests/support/petsc_options.hpp"
#include "tests/support/tissue.hpp"

namespace vesicast::tissue_identity_test {
namespace {

test::Scene make(const Parameters& p, const Layout* layout, MPI_Comm comm) {
  return test::make_scene(p, test::tissue_cells(p), layout, comm, test::tissue_maps);
}

void expect_identical(const test::Scene& shared, const test::Scene& alone) {
  for (std::size_t f = 0; f < shared.state.fields.size(); ++f) {
    const auto a = test::gather(shared.state.fields[f], *shared.domain);
    const auto b = test::gather(alone.state.fields[f], *alone.domain);
    std::size_t different = 0;
    for (std::size_t i = 0; i < a.size(); ++i) different += a[i] != b[i] ? 1 : 0;
    EXPECT_EQ(different, 0u) << shared.model.field_name(f);
    EXPECT_GT(*std::max_element(a.begin(), a.end()), 0.0) << shared.model.field_name(f) << " is empty";
  }
  const Ledger a = measure_ledger(shared.state, shared.model, shared.domain->comm());
  const Ledger b = measure_ledger(alone.state, alone.model, alone.domain->comm());
  for (std::size_t f = 0; f < a.fields.size(); ++f)
    for (std::size_t l = 0; l < a.fields[f].lines.size(); ++l)
      EXPECT_EQ(a.fields[f].lines[l].value, b.fields[f].lines[l].value) << a.fields[f].lines[l].account;
}

/// Each rank runs the whole problem alone and compares it with the shared one.
void check(int dimensions, const std::string& integrator, const Layout* layout) {
  Parameters p = test::tissue_with_everything(dimensions);
  p.transport.integrator = integrator;
  test::Scene alone = make(p, nullptr, MPI_COMM_SELF), shared = make(p, layout, MPI_COMM_WORLD);
  EXPECT_GT(alone.site.flow->darcy->iterations, dimensions == 3 ? 5 : 0);
  EXPECT_EQ(shared.site.flow->darcy->iterations, alone.site.flow->darcy->iterations);
  EXPECT_EQ(test::gather(shared.site.flow->darcy->pressure, *shared.domain),
            test::gather(alone.site.flow->darcy->pressure, *alone.domain));
  Timings t;
  for (test::Scene* s : {&shared, &alone}) {
    simulate(*s, to_ticks(600.0), to_ticks(60.0), {}, t);
    simulate(*s, to_ticks(650.0), to_ticks(12.5), {}, t);
  }
  EXPECT_GT(alone.site.transport->advection_substeps(60.0), 2);
  expect_identical(shared, alone);
}

/// Of the 3-D tissue, where the number of ranks has one here.
std::optional<Layout> uneven_cut() {
  int ranks = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  const Grid grid = make_grid(test::tissue_with_everything(3).domain);
  std::vector<std::int64_t> x{12}, y{10};
  if (ranks == 2) x = {3, 9};
  if (ranks == 3) y = {3, 4, 3};
  if (ranks == 4) {
    x = {8, 4};
    y = {3, 7};
  }
  const Layout layout = explicit_layout(grid, {{x, y, {9}}});
  return layout.size() == ranks ? std::optional(layout) : std::nullopt;
}

}  // namespace

TEST(TissueIdentity, InThreeDimensions) {
  check(3, "exponential", nullptr);
}
TEST(TissueIdentity, InASection) {
  check(2, "uniformisation", nullptr);
}

TEST(TissueIdentity, UnderUnevenCuts) {
  const std::optional<Layout> layout = uneven_cut();
  if (!layout) GTEST_SKIP() << "no uneven cut for this number of ranks";
  check(3, "exponential", &*layout);
}

TEST(TissueIdentity, OfStationaryFields) {
  const std::optional<Layout> layout = uneven_cut();
  for (const bool flowing : {true, false}) {
    Parameters p = test::tissue_with_everything(3);
    if (!flowing) p.flow = {};
    test::Scene alone = make(p, nullptr, MPI_COMM_SELF), shared = make(p, layout ? &*layout : nullptr, MPI_COMM_WORLD);
    const auto a = start_stationary(alone.state, alone.model, alone.site, alone.seats);
    const auto b = start_stationary(shared.state, shared.model, shared.site, shared.seats);
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t f = 0; f < a.size(); ++f) {
      EXPECT_GT(a[f].iterations, 3) << a[f].name;
      EXPECT_EQ(a[f].iterations, b[f].iterations) << a[f].name;
      EXPECT_EQ(a[f].residual, b[f].residual) << a[f].name;
    }
    expect_identical(shared, alone);
  }
}

TEST(TissueIdentity, OfAStationaryFieldWhoseLimiterActs) {
  // Grid Peclet number 10, oblique, three releasing cells, a periodic axis of an odd extent.
  Parameters p = test::parameters_of({23, 18, 15}, 10.0, 2.0);
  p.domain.extracellular_fraction = 0.2;
  p.flow.kind = FlowKind::uniform;
  p.flow.velocity = {0.24, -0.19, 0.25};
  p.vesicles[0].decay = 1e-4;
  for (auto& faces : p.vesicles[0].boundary) faces.fill({BoundaryKind::open, 0.0});
  p.cell_types = {test::donor_type("donor", 1e-3)};
  const std::vector<PlacedCell> cells{
      {0, {45.0, 45.0, 45.0}, 0}, {1, {95.0, 65.0, 75.0}, 0}, {2, {55.0, 95.0, 85.0}, 0}};
  test::Scene alone = test::make_scene(p, cells, nullptr, MPI_COMM_SELF), shared = test::make_scene(p, cells);
  const auto a = start_stationary(alone.state, alone.model, alone.site, alone.seats).at(0);
  const auto b = start_stationary(shared.state, shared.model, shared.site, shared.seats).at(0);
  EXPECT_GT(a.iterations, 30);
  EXPECT_EQ(a.iterations, b.iterations);
  expect_identical(shared, alone);
}

TEST(TissueIdentity, WithAnIntegratorOfPetsc) {
  Parameters p = test::tissue_with_everything(3);
  p.flow = {};
  const test::Options options("-ts_type theta");
  test::Scene alone = make(p, nullptr, MPI_COMM_SELF), shared = make(p, nullptr, MPI_COMM_WORLD);
  Timings t;
  for (test::Scene* s : {&shared, &alone}) simulate(*s, to_ticks(300.0), to_ticks(60.0), {}, t);
  expect_identical(shared, alone);
}

}  // namespace vesicast::tissue_identity_test
