// The same bits on any number of ranks with maps, an obstacle, vessels, faces that change and a flow.
#include <gtest/gtest.h>

#include "src/extracellular/flow/steady_flow.hpp"
#include "src/ledger/ledger.hpp"
#include "src/run/simulate.hpp"
#include "tests/support/tissue.hpp"

namespace vesicast::tissue_identity_test {
namespace {

test::Scene make(const Parameters& p, const Layout* layout, MPI_Comm comm, const test::FlowMaker& flow) {
  return test::make_scene(p, test::tissue_cells(p), layout, comm, test::tissue_maps, flow);
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

/// Each rank runs the whole problem alone and compares it with the shared one. Krylov solvers sum in the order of the
/// ranks, so both take the pressure that one rank found alone.
void check(int dimensions, const std::string& integrator, const Layout* layout) {
  Parameters p = test::tissue_with_everything(dimensions);
  p.transport.integrator = integrator;
  test::Scene alone = make(p, nullptr, MPI_COMM_SELF, {});
  const std::vector<double> pressure = test::gather(alone.site.flow->darcy->pressure, *alone.domain);
  test::Scene shared = make(p, layout, MPI_COMM_WORLD, [&](const Domain& domain, const Interstitium& interstitium) {
    Field field(domain);
    test::fill(field, domain,
               [&](const Index3& v) { return pressure[static_cast<std::size_t>(domain.grid().global_index(v))]; });
    return std::optional<SteadyFlow>({flow_of_pressure(p, domain, interstitium, field), std::nullopt});
  });
  Timings t;
  for (test::Scene* s : {&shared, &alone}) {
    simulate(*s, to_ticks(600.0), to_ticks(60.0), {}, t);
    simulate(*s, to_ticks(650.0), to_ticks(12.5), {}, t);
  }
  EXPECT_GT(alone.site.transport->advection_substeps(60.0), 2);
  expect_identical(shared, alone);
}

}  // namespace

TEST(TissueIdentity, InThreeDimensions) {
  check(3, "exponential", nullptr);
}
TEST(TissueIdentity, InASection) {
  check(2, "uniformisation", nullptr);
}

TEST(TissueIdentity, UnderUnevenCuts) {
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
  if (layout.size() != ranks) GTEST_SKIP() << "no uneven cut for " << ranks << " ranks";
  check(3, "exponential", &layout);
}

}  // namespace vesicast::tissue_identity_test
