// The same bits on any number of ranks: every rank runs the whole problem alone and compares with the shared one.
#include <gtest/gtest.h>

#include "src/ledger/communication.hpp"
#include "src/ledger/ledger.hpp"
#include "src/run/simulate.hpp"
#include "tests/support/everything.hpp"

namespace vesicast::rank_identity_test {

using test::cells_of;
using test::everything;

namespace {

/// Nine hundred seconds in automatic steps, looked at every so often.
void run_automatically(test::Scene& s, Ticks every) {
  struct Output : Observer {
    explicit Output(Ticks at) : interval_(at) {}
    [[nodiscard]] Ticks interval() const override { return interval_; }
    void observe(const Simulation& /*s*/, std::int64_t /*number*/) override {}
    Ticks interval_;
  } output(every);
  const std::array<Observer*, 1> observers{&output};
  Timings t;
  StepControl control({3e-3, 500, 512000}, s.site);
  simulate(s, to_ticks(900.0), control, observers, t);
}

/// A thousand seconds and a few steps of another length.
void run(test::Scene& s) {
  Timings t;
  simulate(s, to_ticks(900.0), to_ticks(30.0), {}, t);
  simulate(s, to_ticks(1000.0), to_ticks(7.5), {}, t);
}

void expect_identical(const test::Scene& shared, const Field& in_shared, const test::Scene& alone,
                      const Field& in_alone, const std::string& name) {
  const auto a = test::gather(in_shared, *shared.domain);
  const auto b = test::gather(in_alone, *alone.domain);
  std::size_t different = 0;
  for (std::size_t i = 0; i < a.size(); ++i) different += a[i] != b[i] ? 1 : 0;
  EXPECT_EQ(different, 0u) << name;
  EXPECT_GT(*std::max_element(a.begin(), a.end()), 0.0) << name << " is empty";
}

void expect_identical(const test::Scene& shared, const test::Scene& alone) {
  for (std::size_t f = 0; f < shared.state.fields.size(); ++f) {
    const std::string name = shared.model.field_name(f);
    expect_identical(shared, shared.state.fields[f], alone, alone.state.fields[f], name);
    const auto& bound = shared.state.bound_fields[f];
    ASSERT_EQ(bound.has_value(), shared.model.vesicle_of(f).parent == "microvesicle");
    if (bound) expect_identical(shared, *bound, alone, *alone.state.bound_fields[f], name + " on the matrix");
  }
  for (std::size_t c = 0; c < shared.state.cells.size(); ++c) {
    const auto& ids = alone.state.cells.id;
    const auto d = static_cast<std::size_t>(std::find(ids.begin(), ids.end(), shared.state.cells.id[c]) - ids.begin());
    EXPECT_LT(d, ids.size()) << "cell " << shared.state.cells.id[c] << " is missing";
    if (d >= ids.size()) continue;
    for (std::size_t i = 0; i < cell_array_count; ++i) {
      const auto a = static_cast<CellArray>(i);
      for (std::size_t which = 0; which < shared.state.cells.count(a); ++which)
        if (!shared.state.cells.at(a, which).empty()) {
          EXPECT_EQ(shared.state.cells.at(a, which)[c], alone.state.cells.at(a, which)[d])
              << info(a).name << " of cell " << ids[d];
        }
    }
  }
  const Ledger a = measure_ledger(shared.state, shared.model, shared.domain->comm());
  const Ledger b = measure_ledger(alone.state, alone.model, alone.domain->comm());
  for (std::size_t f = 0; f < a.fields.size(); ++f)
    for (std::size_t l = 0; l < a.fields[f].lines.size(); ++l)
      EXPECT_EQ(a.fields[f].lines[l].value, b.fields[f].lines[l].value) << a.fields[f].lines[l].account;
  for (std::size_t q = 0; q < a.cargo.size(); ++q)
    for (std::size_t l = 0; l < a.cargo[q].lines.size(); ++l)
      EXPECT_EQ(a.cargo[q].lines[l].value, b.cargo[q].lines[l].value);
  const auto ca = measure_communication(shared.state, shared.model, shared.domain->comm());
  const auto cb = measure_communication(alone.state, alone.model, alone.domain->comm());
  ASSERT_EQ(ca.size(), cb.size());
  for (std::size_t i = 0; i < ca.size(); ++i) EXPECT_EQ(ca[i].amount, cb[i].amount);
}

void check(int dimensions, const std::string& integrator, const Layout* layout, RunMode mode = RunMode::deterministic) {
  Parameters p = everything({11, 9, dimensions == 3 ? 7 : 0});
  p.run.mode = mode;
  p.transport.integrator = integrator;
  test::Scene shared = test::make_scene(p, cells_of(p), layout);
  test::Scene alone = test::make_scene(p, cells_of(p), nullptr, MPI_COMM_SELF);
  run(shared);
  run(alone);
  expect_identical(shared, alone);
}

}  // namespace

TEST(RankIdentity, InThreeDimensions) {
  check(3, "uniformisation", nullptr);
}
TEST(RankIdentity, InASection) {
  check(2, "uniformisation", nullptr);
}
TEST(RankIdentity, OfTheReferenceIntegrator) {
  check(3, "ssprk2", nullptr);
}

TEST(RankIdentity, OfWholeVesiclesReleasedByChance) {
  check(3, "uniformisation", nullptr, RunMode::stochastic_release);
}

TEST(RankIdentity, InAutomaticSteps) {
  const Parameters p = everything({11, 9, 7});
  test::Scene shared = test::make_scene(p, cells_of(p));
  test::Scene alone = test::make_scene(p, cells_of(p), nullptr, MPI_COMM_SELF);
  run_automatically(shared, to_ticks(70.3));
  run_automatically(alone, to_ticks(300.0));
  EXPECT_EQ(shared.state.steps, alone.state.steps);
  EXPECT_GT(alone.state.steps, 10);
  EXPECT_LT(alone.state.steps, 900);
  expect_identical(shared, alone);
}

TEST(RankIdentity, UnderUnevenCuts) {
  int ranks = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  const Grid grid = make_grid(everything({11, 9, 7}).domain);
  std::vector<std::int64_t> x{11}, y{9};
  if (ranks == 2) x = {2, 9};
  if (ranks == 3) y = {1, 6, 2};
  if (ranks == 4) {
    x = {8, 3};
    y = {2, 7};
  }
  const Layout layout = explicit_layout(grid, {{x, y, {7}}});
  if (layout.size() != ranks) GTEST_SKIP() << "no uneven cut for " << ranks << " ranks";
  check(3, "uniformisation", &layout);
}

}  // namespace vesicast::rank_identity_test
