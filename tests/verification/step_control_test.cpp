// Automatic steps: the tolerance bounds the true error and is not far above it, and dt goes with its root; steps end
// where they must; random release keeps its mean.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "src/run/simulate.hpp"
#include "src/step_control/first_step.hpp"
#include "tests/support/scenes.hpp"

namespace vesicast::step_control_test {
namespace {

constexpr double seconds = 4096.0;

/// Notes what was chosen, and when the state was seen.
class Choices : public Observer {
 public:
  void set_interval(Ticks interval) { interval_ = interval; }
  [[nodiscard]] Ticks interval() const override { return interval_; }
  void observe(const Simulation& s, std::int64_t /*number*/) override { seen.push_back(s.state.time); }
  void chosen(const Simulation& /*s*/, const StepChoice& choice) override { all.push_back(choice); }
  std::vector<StepChoice> all;
  std::vector<Ticks> seen;

 private:
  Ticks interval_ = 0;
};

/// What the run left, one vector per quantity: the field, and every array of the cells by id.
using Result = std::vector<std::vector<double>>;

Result gather(const test::Scene& s, std::size_t cells) {
  Result result{test::gather(s.state.fields[0], *s.domain)};
  for_each_cell_array(Scope::cell_field, [&](CellArray a) {
    std::vector<double>& values = result.emplace_back(cells, 0.0);
    for (std::size_t c = 0; c < s.state.cells.size(); ++c)
      values[static_cast<std::size_t>(s.state.cells.id[c])] = s.state.cells.at(a, 0)[c];
    MPI_Allreduce(MPI_IN_PLACE, values.data(), static_cast<int>(cells), MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
  });
  return result;
}

/// The largest error of any quantity, each relative to its own largest value.
double distance(const Result& a, const Result& b) {
  double worst = 0.0;
  for (std::size_t q = 0; q < a.size(); ++q) {
    double error = 0.0, scale = 0.0;
    for (std::size_t i = 0; i < a[q].size(); ++i) {
      error = std::max(error, std::abs(a[q][i] - b[q][i]));
      scale = std::max(scale, std::abs(b[q][i]));
    }
    if (scale > 0.0) worst = std::max(worst, error / scale);
  }
  return worst;
}

/// Donors and recipients that saturate, every process of a recipient on.
struct Tissue {
  Parameters parameters;
  std::vector<PlacedCell> cells;
};

Tissue saturating() {
  Tissue t{test::parameters_of({6, 6, 1}, 20.0, 1.0), {}};
  t.parameters.transport.tolerance = 1e-12;
  CellType donor = test::donor_type("donor", 0.5), r = test::recipient_type("recipient");
  r.receptors = 100.0;
  Uptake& u = r.recipient["exosome"];
  u.k_on = 0.01;
  u.k_off = 5e-4;
  u.k_endocytosis = 1e-3;
  u.k_fusion = 1e-4;
  u.k_late = 1.1e-3;
  u.k_recycling = 0.9e-3;
  u.k_resecretion = 4e-4;
  u.k_lysosome = 1.2e-3;
  u.k_degradation = 0.8e-3;
  u.k_back_fusion = 1.3e-3;
  t.parameters.cell_types = {donor, r};
  t.cells = {{0, {50.0, 50.0, 10.0}, 0},
             {1, {70.0, 50.0, 10.0}, 1},
             {2, {71.0, 52.0, 10.0}, 1},
             {3, {50.0, 90.0, 10.0}, 1},
             {4, {10.0, 10.0, 10.0}, 1}};
  return t;
}

Result in_steps_of(const Tissue& t, double step) {
  test::Scene s = test::make_scene(t.parameters, t.cells);
  Timings timings;
  simulate(s, to_ticks(seconds), to_ticks(step), {}, timings);
  return gather(s, t.cells.size());
}

struct Automatic {
  Result result;
  std::vector<StepChoice> choices;
};

Automatic automatically(const Tissue& t, double tolerance) {
  test::Scene s = test::make_scene(t.parameters, t.cells);
  Timings timings;
  StepControl control({tolerance, to_ticks(0.25), to_ticks(1024.0)}, s.site);
  Choices choices;
  const std::array<Observer*, 1> observers{&choices};
  simulate(s, to_ticks(seconds), control, observers, timings);
  EXPECT_EQ(s.state.time, to_ticks(seconds));
  return {gather(s, t.cells.size()), choices.all};
}

}  // namespace

namespace {

/// Errors against a short fixed step stay below the tolerance and no more than `slack` below it, fall fourfold with it,
/// and the last step is halved.
void expect_error_follows(const Tissue& tissue, double slack) {
  const Result reference = in_steps_of(tissue, 0.5);
  double before = 0.0;
  Ticks step_before = 0;
  for (const double tolerance : {4e-3, 1e-3, 2.5e-4}) {
    const Automatic a = automatically(tissue, tolerance);
    const double error = distance(a.result, reference);
    const std::string measured = fmt::format("error {:.3e}, {} steps, the last {} s", error, a.choices.size(),
                                             to_seconds(a.choices.back().step));
    testing::Test::RecordProperty(fmt::format("tolerance_{}", tolerance), measured);
    EXPECT_LE(error, tolerance) << measured;
    EXPECT_GE(error, tolerance / slack) << "shorter steps than needed: " << measured;
    if (before > 0.0) {
      EXPECT_NEAR(test::order(before, error, 4.0), 1.0, 0.1) << before << " -> " << measured;
      EXPECT_EQ(2 * a.choices.back().wanted, step_before) << measured;
    }
    before = error;
    step_before = a.choices.back().wanted;
  }
}

}  // namespace

TEST(StepControl, ErrorFollowsToleranceWithAllProcesses) {
  expect_error_follows(saturating(), 5.0);
}

TEST(StepControl, ErrorFollowsToleranceWhereReceptorsFill) {
  Tissue t = saturating();
  Uptake& u = t.parameters.cell_types[1].recipient["exosome"];
  u = test::no_uptake();
  u.k_on = 0.05;
  u.k_off = 1e-4;
  u.k_endocytosis = 2e-4;
  t.parameters.vesicles[0].initial_concentration = 2e-2;
  expect_error_follows(t, 5.0);
}

TEST(StepControl, ErrorFollowsToleranceWhereTheOutsideChanges) {
  Tissue t = saturating();
  t.parameters.cell_types[0].donor.clear();
  t.parameters.vesicles[0].boundary[0][0] = {BoundaryKind::fixed,
                                             TimeSeries({0.0, 600.0, 1800.0, 3000.0}, {0.0, 0.0, 2e-3, 1e-3})};
  expect_error_follows(t, 5.0);
}

TEST(StepControl, ALookAtTheStateChangesNoStepAndTheLastIsCutToTheEnd) {
  const Tissue t = saturating();
  const Ticks end = 200250;
  std::array<Choices, 3> runs;
  std::vector<Ticks> interval{0, 45500, 7000}, reached;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    test::Scene s = test::make_scene(t.parameters, t.cells);
    Timings timings;
    StepControl control({1e-3, to_ticks(1.0), to_ticks(1024.0)}, s.site);
    runs[i].set_interval(interval[i]);
    const std::array<Observer*, 1> observers{&runs[i]};
    simulate(s, end, control, observers, timings);
    reached.push_back(s.state.time);
  }
  std::vector<Ticks> boundaries{0};
  for (const StepChoice& c : runs[0].all) {
    EXPECT_GT(c.step, 0);
    EXPECT_LE(c.step, c.wanted);
    EXPECT_EQ(boundaries.back() % c.step, 0) << boundaries.back() << " + " << c.step;
    boundaries.push_back(std::min(boundaries.back() + c.step, end));
  }
  for (std::size_t i = 0; i < runs.size(); ++i) {
    EXPECT_EQ(reached[i], end);
    ASSERT_EQ(runs[i].all.size(), runs[0].all.size());
    for (std::size_t k = 0; k < runs[i].all.size(); ++k) EXPECT_EQ(runs[i].all[k].step, runs[0].all[k].step);
    if (interval[i] == 0) continue;
    // The first boundary at or after each multiple of the interval, and the end.
    std::vector<Ticks> expected;
    Ticks due = 0;
    for (const Ticks time : boundaries)
      if (time >= due || time == end) {
        expected.push_back(time);
        due = (time / interval[i] + 1) * interval[i];
      }
    EXPECT_EQ(runs[i].seen, expected);
  }
}

TEST(StepControl, RandomReleaseKeepsItsMean) {
  // Bursts that the donors themselves take up, so that steps follow the bursts: 300 cells, 20 events each on average.
  Parameters p = test::parameters_of({8, 8, 5}, 20.0, 1.0);
  CellType both = test::recipient_type("both");
  both.receptors = 500.0;
  both.recipient["exosome"].k_on = 0.01;
  both.donor["exosome"] = {0.05, ReleaseMode::poisson, 10.0};
  p.cell_types = {both};
  std::vector<PlacedCell> cells;
  for (int i = 0; i < 300; ++i)
    cells.push_back({i, {20.0 * (i % 8) + 10.0, 20.0 * ((i / 8) % 8) + 10.0, 20.0 * (i / 64) + 10.0}, 0});
  test::Scene s = test::make_scene(p, cells);
  Timings timings;
  StepControl control({1e-2, to_ticks(1.0), to_ticks(1024.0)}, s.site);
  Choices choices;
  const std::array<Observer*, 1> observers{&choices};
  simulate(s, to_ticks(4000.0), control, observers, timings);
  double secreted = 0.0;
  for (std::size_t c = 0; c < s.state.cells.size(); ++c) secreted += s.state.cells.at(CellArray::secreted, 0)[c];
  MPI_Allreduce(MPI_IN_PLACE, &secreted, 1, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
  const double events = 0.05 * 4000.0 * 300.0 / 10.0;
  EXPECT_NEAR(secreted / 10.0 / events, 1.0, 4.0 / std::sqrt(events));
  std::set<Ticks> lengths;
  for (const StepChoice& c : choices.all) lengths.insert(c.step);
  EXPECT_GE(lengths.size(), 3u) << "the steps hardly varied";
}

TEST(StepControl, TheFirstStepIsKnownBeforeAnythingIsAllocated) {
  for (const double initial : {0.0, 1e-3})
    for (const bool autocrine : {false, true}) {
      Tissue t = saturating();
      t.parameters.vesicles[0].initial_concentration = initial;
      t.parameters.vesicles[0].boundary[0] = {
          {{BoundaryKind::fixed, 5e-3}, {BoundaryKind::clearance, TimeSeries({0.0, 50.0}, {1e-3, 2e-3}), 0.1}}};
      t.parameters.vesicles[0].boundary[1][0].kind = BoundaryKind::open;
      if (autocrine) t.parameters.cell_types[1].donor["exosome"].rate = 0.1;
      t.parameters.run.end = to_ticks(seconds);
      t.parameters.run.automatic = AutomaticStep{1e-3, 125, 1024000};
      test::Scene s = test::make_scene(t.parameters, t.cells);
      StepControl control(*t.parameters.run.automatic, s.site);
      const StepChoice chosen = control.choose(s.state, s.model, s.site, s.seats);
      const StepChoice foretold = first_step(t.parameters, s.domain->grid(), t.cells);
      EXPECT_EQ(foretold.step, chosen.step);
      EXPECT_EQ(foretold.limit, chosen.limit);
      EXPECT_NEAR(foretold.error, chosen.error, 1e-9 * chosen.error);
    }
}

}  // namespace vesicast::step_control_test
