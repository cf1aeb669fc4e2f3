// The same bits on any number of ranks: every rank runs the whole problem alone and compares with the shared one.
#include <gtest/gtest.h>

#include "src/ledger/communication.hpp"
#include "src/ledger/ledger.hpp"
#include "src/random.hpp"
#include "src/simulation.hpp"
#include "src/size_bins.hpp"
#include "tests/support/scenes.hpp"

using namespace vesicast;

namespace {

/// Everything on: two classes, three cell types of which two secrete and all take up, Poisson release, cargo,
/// recycling, one open, one fixed, one periodic axis, decay, and one class that binds to the matrix.
Parameters everything(int dimensions) {
  Parameters p = test::parameters_of({11, 9, dimensions == 3 ? 7 : 0}, 15.0, 2.0);
  p.vesicles[0].decay = 1e-5;
  p.vesicles[0].initial_concentration = 1e-4;
  p.vesicles[0].cargo["miR-21"] = 0.01;
  VesicleClass micro = p.vesicles[0];
  micro.name = "microvesicle";
  micro.diffusivity = 0.4;
  micro.matrix = MatrixBinding{.k_on = 1.66e-3, .k_off = 1e-3, .sites = 1.2, .sites_map = {}};
  p.vesicles.push_back(micro);
  for (VesicleClass& v : p.vesicles) {
    v.boundary[0].fill({BoundaryKind::periodic, 0.0});
    v.boundary[1] = {{{BoundaryKind::open, 0.0}, {BoundaryKind::fixed, 3e-4}}};
  }
  p.cargo.push_back({"miR-21", 1e-5});
  CellType a = test::recipient_type("a"), b = test::recipient_type("b"), c = test::recipient_type("c");
  for (CellType* t : {&a, &b, &c}) {
    Uptake& u = t->recipient["exosome"];
    u.fluid = 0.1;
    u.lysosome_share = 0.4;
    t->recipient["microvesicle"] = u;
  }
  p.vesicles[0].cd47 = 0.6;
  p.vesicles[1].cluster = 0.3;
  a.donor["exosome"] = {0.05, ReleaseMode::constant, 30.0};
  a.donor["microvesicle"] = {0.01, ReleaseMode::poisson, 1.0};
  b.donor["exosome"] = {0.02, ReleaseMode::poisson, 30.0};
  b.receptors = 20.0;  // saturates
  VesicleClass ectosome = p.vesicles[0];
  ectosome.name = "ectosome";
  ectosome.initial_concentration = 0.0;
  ectosome.boundary[1].fill({BoundaryKind::open, 0.0});
  ectosome.size = {1, 0.1, 0.03};
  test::give_pathway(c, 30.0, "microvesicle", "ectosome");
  c.biogenesis->ectosome_cargo = "EGFR";
  test::give_populations(c);
  a.polarised = Polarised{0, 1, 0.5};
  c.polarised = Polarised{1, 0, 0.7};
  // A class in size bins, and a soluble factor with receptors of its own.
  p.vesicles[1].size = {3, 0.25, 0.13};
  VesicleClass factor;
  factor.name = "factor";
  factor.substance = Substance::soluble;
  factor.diffusivity = 100.0;
  factor.boundary = p.vesicles[0].boundary;
  p.vesicles.push_back(factor);
  p.vesicles.push_back(ectosome);
  b.donor["factor"].rate = 3.0;
  Uptake own = test::no_uptake();
  own.k_on = 0.01;
  own.k_off = 1e-3;
  own.k_internalisation = 2e-3;
  c.recipient["factor"] = own;
  c.factor_receptors["factor"] = 200.0;
  for (CellType* t : {&b, &c})
    t->variation = {
        {Rate::k_on, 0.4}, {Rate::k_bf, 0.3}, {Rate::secretion, 0.5}, {Rate::k_lys, 0.3}, {std::nullopt, 0.5}};
  // Cargo of their own, which recipients send on; a response that makes cells of one type become another.
  p.cargo.push_back({"miR-155", 1e-5});
  p.cargo.push_back({"EGFR", 1e-5, CargoKind::membrane});
  p.vesicles[0].size = {1, 0.1, 0.03};
  for (CellType* t : {&a, &b, &c}) {
    t->cargo["miR-155"] = {.copies = t == &a ? 1e5 : 1e6, .synthesis = {}, .sorting = {9.0, 9.0, 9.0, 9.0}};
    t->cargo["EGFR"] = {.copies = 1e5, .synthesis = 0.1};
    for (const char* name : {"exosome", "microvesicle"}) t->recipient[name].k_fusion = 1e-4;
  }
  a.responses["PTEN"] = {.cargo = "miR-155", .half = 1.0, .decay = 1e-2};
  a.becomes = PhenotypeSwitch{"c", "PTEN", false, 0.9, 60.0};
  b.variation = {{Rate::k_on, 0.4}, {std::nullopt, 0.3}};
  c.variation = {{Rate::k_fus, 0.5}, {Rate::k_endo, 0.3}};
  p.cell_types = {a, b, c};
  // Rates that change on the way, in some types or in all, and in the matrix; one edge between two steps.
  p.perturbations = {{.label = "one type",
                      .changes = {{Rate::k_off, 5.0}, {Rate::k_on, 0.3}},
                      .cell_types = {"b"},
                      .from = 100000,
                      .until = 615000},
                     {.label = "all",
                      .changes = {{Rate::secretion, 2.0}, {Rate::kon_e, 3.0}, {Rate::acidity, 0.0}},
                      .cell_types = {},
                      .from = 300000,
                      .until = {}}};
  return with_size_bins(p);
}

std::vector<PlacedCell> cells_of(const Parameters& p) {
  const Grid grid = make_grid(p.domain);
  std::vector<PlacedCell> cells;
  Draws draws({2, Purpose::placement_jitter, 0, 0, 0});
  for (int i = 0; i < 150; ++i) {
    Vector3 x{};
    for (int a = 0; a < 3; ++a) x[a] = draws.uniform() * grid.length(a);
    cells.push_back({i, x, i % 3});
  }
  return cells;
}

/// Nine hundred seconds in automatic steps, stopping for output on the way; in one go or in two.
void run_automatically(test::Scene& s, bool in_two) {
  struct Output : Observer {
    [[nodiscard]] Ticks interval() const override { return to_ticks(300.0); }
    void observe(const State& /*u*/, const Model& /*model*/) override {}
  } output;
  const std::array<Observer*, 1> observers{&output};
  Timings t;
  for (const double end : {600.0, 900.0}) {
    if (end < 900.0 && !in_two) continue;
    StepControl control({3e-3, 500, 512000}, s.model, *s.domain, s.state);
    simulate(s.state, s.model, *s.domain, to_ticks(end), control, observers, t);
  }
}

/// A thousand seconds and a few steps of another length.
void run(test::Scene& s) {
  Timings t;
  simulate(s.state, s.model, *s.domain, to_ticks(900.0), to_ticks(30.0), {}, t);
  simulate(s.state, s.model, *s.domain, to_ticks(1000.0), to_ticks(7.5), {}, t);
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
  Parameters p = everything(dimensions);
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
  const Parameters p = everything(3);
  test::Scene shared = test::make_scene(p, cells_of(p));
  test::Scene alone = test::make_scene(p, cells_of(p), nullptr, MPI_COMM_SELF);
  run_automatically(shared, true);
  run_automatically(alone, false);
  EXPECT_EQ(shared.state.steps, alone.state.steps);
  EXPECT_GT(alone.state.steps, 10);
  EXPECT_LT(alone.state.steps, 900);
  expect_identical(shared, alone);
}

TEST(RankIdentity, UnderUnevenCuts) {
  int ranks = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  const Grid grid = make_grid(everything(3).domain);
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
