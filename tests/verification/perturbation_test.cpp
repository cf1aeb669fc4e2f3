// Rates that change in windows of time: against an ODE solver that changes its constants, and when they take effect.
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "src/ledger/ledger.hpp"
#include "src/run/simulate.hpp"
#include "src/start/stationary_start.hpp"
#include "src/step/advance.hpp"
#include "tests/support/scenes.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::perturbation_test {
namespace {

constexpr double end = 1200.0;

Perturbation window(std::vector<Perturbation::Change> changes, double from, double until,
                    std::vector<std::string> types = {}) {
  return {.label = "test",
          .changes = std::move(changes),
          .cell_types = std::move(types),
          .from = to_ticks(from),
          .until = to_ticks(until)};
}

/// Four equal closed voxels, a cell in each that secretes and takes up: as good as one well-mixed voxel. Every step of
/// the recipient's pathway, receptors that fill, a matrix that binds.
Parameters well_mixed() {
  Parameters p = test::parameters_of({4, 1, 1}, 20.0, 1.0);
  p.transport.tolerance = 1e-13;
  p.vesicles[0].initial_concentration = 0.01;
  p.vesicles[0].matrix = MatrixBinding{.k_on = 2e-3, .k_off = 3e-3, .sites = 1.0, .sites_map = {}};
  p.run.track_sources = false;
  CellType cell = test::recipient_type("cell");
  cell.donor["exosome"].rate = 0.05;
  cell.receptors = 40.0;
  Uptake& u = cell.recipient["exosome"];
  u.k_on = 0.05;
  u.k_off = 2e-3;
  u.k_endocytosis = 3e-3;
  u.k_fusion = 5e-4;
  u.k_late = 2.8e-3;
  u.k_recycling = 1e-3;
  u.k_resecretion = 6e-4;
  u.k_lysosome = 1.1e-3;
  u.k_degradation = 0.9e-3;
  u.k_back_fusion = 1.2e-3;
  p.cell_types = {cell};
  return p;
}

/// Binding, unbinding, release, endocytosis by one route, the acid gate and the matrix, in windows that overlap.
std::vector<Perturbation> windows() {
  return {window({{Rate("k_off"), 4.0}}, 200.0, 600.0), window({{Rate("k_on"), 0.25}}, 400.0, 880.0, {"cell"}),
          window({{Rate("secretion"), 3.0}, {Rate("k_int_raft"), 0.2}}, 320.0, 720.0),
          window({{Rate("acidity"), 0.0}}, 480.0, 1000.0),
          window({{Rate("kon_e"), 5.0}, {Rate("koff_e"), 0.5}}, 240.0, 800.0)};
}

/// What the cells do to the constants in the reference, written out by hand.
struct Constants {
  double k_on, k_off, secretion, k_endocytosis, pH_early, pH_late, matrix_on, matrix_off;
};

Constants constants_at(const Parameters& p, double t) {
  const CellType& cell = p.cell_types[0];
  const Uptake& u = cell.recipient.at("exosome");
  Constants k{u.k_on,
              u.k_off,
              cell.donor.at("exosome").rate,
              u.k_endocytosis,
              cell.gate.pH_early,
              cell.gate.pH_late,
              p.vesicles[0].matrix->k_on,
              p.vesicles[0].matrix->k_off};
  const auto within = [&](double from, double until) { return t >= from && t < until; };
  if (within(200.0, 600.0)) k.k_off *= 4.0;
  if (within(400.0, 880.0)) k.k_on *= 0.25;
  if (within(320.0, 720.0)) {
    k.secretion *= 3.0;
    k.k_endocytosis *= 0.76;  // .30 of it by rafts, of which a fifth is left
  }
  if (within(480.0, 1000.0)) k.pH_early = k.pH_late = 7.0;
  if (within(240.0, 800.0)) {
    k.matrix_on *= 5.0;
    k.matrix_off *= 0.5;
  }
  return k;
}

/// Free, on the matrix, bound, early, late endosome, lysosome, fused, back-fused, degraded.
using Pools = std::array<double, 9>;

Pools derivative(const Parameters& p, const Constants& k, const Pools& y) {
  const CellType& cell = p.cell_types[0];
  const Uptake& u = cell.recipient.at("exosome");
  const auto phi = [&](double pH) { return 1.0 / (1.0 + std::pow(10.0, cell.gate.hill * (pH - cell.gate.pKa))); };
  const double volume = 0.2 * 8000.0, early = u.k_back_fusion * phi(k.pH_early),
               late = u.k_back_fusion * phi(k.pH_late);
  const auto& [n, m, b, e, l, lys, fused, back, degraded] = y;
  const double binds = k.k_on * (cell.receptors - b) * n / volume, sticks = k.matrix_on * n - k.matrix_off * m;
  return {k.secretion - binds - sticks + k.k_off * b + u.k_recycling * e + u.k_resecretion * l,
          sticks,
          binds - (k.k_off + k.k_endocytosis + u.k_fusion) * b,
          k.k_endocytosis * b - (u.k_late + u.k_recycling + early) * e,
          u.k_late * e - (u.k_lysosome + u.k_resecretion + late) * l,
          u.k_lysosome * l - u.k_degradation * lys,
          u.k_fusion * b,
          early * e + late * l,
          u.k_degradation * lys};
}

/// Fourth-order Runge-Kutta in steps of half a second; no window has an edge inside one.
Pools reference(const Parameters& p) {
  const double dt = 0.5;
  Pools y{0.01 * 0.2 * 8000.0};
  const auto moved = [](const Pools& a, const Pools& d, double h) {
    Pools sum = a;
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += h * d[i];
    return sum;
  };
  for (int i = 0; i < static_cast<int>(end / dt); ++i) {
    const Constants k = constants_at(p, i * dt);
    const Pools k1 = derivative(p, k, y), k2 = derivative(p, k, moved(y, k1, 0.5 * dt)),
                k3 = derivative(p, k, moved(y, k2, 0.5 * dt)), k4 = derivative(p, k, moved(y, k3, dt));
    for (std::size_t j = 0; j < y.size(); ++j) y[j] += dt / 6.0 * (k1[j] + 2.0 * (k2[j] + k3[j]) + k4[j]);
  }
  return y;
}

test::Scene scene_of(const Parameters& p) {
  std::vector<PlacedCell> cells;
  for (int i = 0; i < 4; ++i) cells.push_back({i, {20.0 * i + 10.0, 10.0, 10.0}, 0});
  return test::make_scene(p, cells);
}

/// Means over the four voxels, in the order of Pools.
Pools pools_of(const test::Scene& s) {
  Pools y{test::total(s.state.fields[0], *s.domain) / 4.0, test::total(*s.state.bound_fields[0], *s.domain) / 4.0};
  const CellArray arrays[] = {CellArray::bound,    CellArray::early_endosome, CellArray::late_endosome,
                              CellArray::lysosome, CellArray::fused,          CellArray::back_fused,
                              CellArray::degraded};
  for (std::size_t a = 0; a < std::size(arrays); ++a) {
    double sum = 0.0;
    for (const double x : s.state.cells.at(arrays[a], 0)) sum += x;
    MPI_Allreduce(MPI_IN_PLACE, &sum, 1, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
    y[a + 2] = sum / 4.0;
  }
  return y;
}

Pools run(const Parameters& p, double step) {
  test::Scene s = scene_of(p);
  Timings t;
  simulate(s, to_ticks(end), to_ticks(step), {}, t);
  return pools_of(s);
}

double distance(const Pools& a, const Pools& b) {
  return test::relative_l2({a.begin(), a.end()}, {b.begin(), b.end()});
}

/// Starts of the steps of an automatic run.
struct Starts : Observer {
  [[nodiscard]] Ticks interval() const override { return 0; }
  void observe(const Simulation& /*s*/, std::int64_t /*number*/) override {}
  void chosen(const Simulation& s, const StepChoice& /*choice*/) override { at.push_back(s.state.time); }
  std::vector<Ticks> at;
};

}  // namespace

TEST(Perturbation, FollowsAnOdeSolverThatChangesItsConstants) {
  Parameters p = well_mixed();
  p.perturbations = windows();
  const Pools exact = reference(p);
  test::verify({.name = "rates of cells and matrix changed in five windows that overlap, 1200 s; all pools",
                .exact = "Runge-Kutta in steps of 0.5 s",
                .levels = {{40.0, distance(run(p, 40.0), exact)},
                           {20.0, distance(run(p, 20.0), exact)},
                           {10.0, distance(run(p, 10.0), exact)}},
                .largest_error = 2e-4,
                .least_order = 1.9,
                .refined = "dt"});
  Parameters without = p;
  without.perturbations.clear();
  const double moved = distance(run(without, 10.0), exact);
  EXPECT_GT(moved, 0.1) << "the windows hardly matter: nothing was tested";
  RecordProperty("distance_without_perturbations", std::to_string(moved));
}

TEST(Perturbation, TakesEffectAtTheFirstStepAtOrAfterItsEdge) {
  Parameters early = well_mixed(), late = well_mixed(), between = well_mixed(), none = well_mixed();
  early.perturbations = {window({{Rate("k_off"), 4.0}}, 401.0, 761.0)};
  late.perturbations = {window({{Rate("k_off"), 4.0}}, 440.0, 800.0)};
  between.perturbations = {window({{Rate("k_off"), 4.0}}, 401.0, 439.0)};
  EXPECT_EQ(run(early, 40.0), run(late, 40.0));
  EXPECT_NE(run(early, 40.0), run(none, 40.0));
  EXPECT_EQ(run(between, 40.0), run(none, 40.0)) << "a window without a step's start in it does nothing";
}

TEST(Perturbation, AFactorOfOneChangesNoBit) {
  Parameters with = well_mixed();
  for (std::size_t r = 0; r < named_rates().size(); ++r)
    with.perturbations.push_back(window({{Rate(named_rates()[r].name), 1.0}}, 100.0, 900.0));
  EXPECT_EQ(run(with, 40.0), run(well_mixed(), 40.0));
}

TEST(Perturbation, FasterUptakeInAWindowKeepsSignAndMass) {
  // The transport's bound on what voxels lose must hold in every window, and the ledger must not see them.
  Parameters p = well_mixed(), always = well_mixed();
  p.perturbations = {window({{Rate("k_on"), 200.0}, {Rate("kon_e"), 50.0}}, 200.0, 600.0)};
  always.cell_types[0].recipient["exosome"].k_on *= 200.0;
  test::Scene s = scene_of(p);
  EXPECT_EQ(s.seats.largest_rate, scene_of(always).seats.largest_rate);
  Timings t;
  for (int i = 0; i < 30; ++i) {
    advance(s, to_ticks(40.0), t);
    ASSERT_NO_THROW(audit(s)) << "step " << i;
  }
  EXPECT_LE(measure_ledger(s.state, s.model, MPI_COMM_WORLD).worst_residual(), 1e-12);
}

TEST(Perturbation, AutomaticStepsStopAtItsEdges) {
  Parameters p = well_mixed();
  p.perturbations = {window({{Rate("k_off"), 4.0}}, 403.5, 761.25)};
  p.run.automatic = AutomaticStep{1e-3, 250, 256000};
  test::Scene s = scene_of(p);
  StepControl control(*p.run.automatic, s.site);
  Starts starts;
  const std::array<Observer*, 1> observers{&starts};
  Timings t;
  simulate(s, to_ticks(end), control, observers, t);
  for (const double edge : {403.5, 761.25})
    EXPECT_EQ(std::ranges::count(starts.at, to_ticks(edge)), 1) << "no step starts at " << edge << " s";
  Parameters fixed = p;
  fixed.run.automatic.reset();
  const double error = distance(pools_of(s), run(fixed, 0.25));
  EXPECT_LT(error, 2e-3);
  RecordProperty("error", std::to_string(error));
}

TEST(Perturbation, AStationaryStartHasTheRatesOfItsTime) {
  // Changed constants and a perturbation from the start that changes them are the same tissue, to the last bit.
  Parameters by_hand = well_mixed(), perturbed = well_mixed();
  for (Parameters* p : {&by_hand, &perturbed}) {
    p->vesicles[0].decay = 1e-4;
    p->vesicles[0].initial_concentration = 0.0;
    p->run.steady = true;
  }
  by_hand.cell_types[0].donor["exosome"].rate *= 2.0;
  by_hand.cell_types[0].recipient["exosome"].k_on *= 0.5;
  by_hand.vesicles[0].matrix->k_on *= 4.0;
  perturbed.perturbations = {window({{Rate("secretion"), 2.0}, {Rate("k_on"), 0.5}, {Rate("kon_e"), 4.0}}, 0.0, 1e6)};
  test::Scene a = scene_of(by_hand), b = scene_of(perturbed);
  const auto of_a = start_stationary(a.state, a.model, a.site, a.seats),
             of_b = start_stationary(b.state, b.model, b.site, b.seats);
  EXPECT_EQ(of_a[0].content, of_b[0].content);
  EXPECT_GT(of_a[0].content, 0.0);
  EXPECT_EQ(pools_of(a), pools_of(b));
}

}  // namespace vesicast::perturbation_test
