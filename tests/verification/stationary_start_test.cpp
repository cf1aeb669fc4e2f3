// `[run] steady = true`: a field that starts stationary stays as it is, whatever the tissue is made of.
#include "src/start/stationary_start.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "decomposition/base/error.hpp"
#include "src/ledger/ledger.hpp"
#include "src/run/simulate.hpp"
#include "tests/support/scenes.hpp"

namespace vesicast::stationary_start_test {
namespace {

/// Donors, and recipients that bind so rarely that their receptors stay free; nothing comes back.
Parameters quiet_tissue() {
  Parameters p = test::parameters_of({14, 12, 11}, 10.0, 2.0);
  p.vesicles[0].decay = 1e-4;
  p.vesicles[0].boundary[0] = {{{BoundaryKind::open, 0.0}, {BoundaryKind::fixed, 1e-4}}};
  p.vesicles[0].boundary[1][0] = {BoundaryKind::clearance, 2e-4, 1e-3};
  CellType donor = test::donor_type("donor", 1e-3), recipient = test::recipient_type("recipient");
  Uptake rare = test::no_uptake();
  rare.k_on = 1e-10;
  rare.k_endocytosis = 1e-3;
  recipient.receptors = 1e12;
  recipient.recipient["exosome"] = rare;
  p.cell_types = {donor, recipient};
  return p;
}

const std::vector<PlacedCell> cells{{0, {45.0, 45.0, 45.0}, 0}, {1, {85.0, 65.0, 45.0}, 1}, {2, {85.0, 66.0, 48.0}, 1}};

/// Largest change of any field's voxel, and of what is bound there, in 3000 s, relative to the largest.
double drift(test::Scene& s, double step) {
  std::vector<std::vector<double>> before;
  const auto contents = [&] {
    std::vector<std::vector<double>> all;
    for (std::size_t f = 0; f < s.state.fields.size(); ++f) {
      all.push_back(test::gather(s.state.fields[f], *s.domain));
      if (s.state.bound_fields[f]) all.push_back(test::gather(*s.state.bound_fields[f], *s.domain));
    }
    return all;
  };
  before = contents();
  Timings timings;
  simulate(s, to_ticks(3000.0), to_ticks(step), {}, timings);
  const auto after = contents();
  double largest = 0.0;
  for (std::size_t f = 0; f < before.size(); ++f) {
    const double most = *std::max_element(before[f].begin(), before[f].end());
    EXPECT_GT(most, 0.0) << f;
    for (std::size_t i = 0; i < before[f].size(); ++i)
      largest = std::max(largest, std::abs(after[f][i] - before[f][i]) / most);
  }
  return largest;
}

}  // namespace

TEST(StationaryStart, StaysAsItIs) {
  Parameters p = quiet_tissue();
  p.transport.tolerance = 1e-9;
  test::Scene s = test::make_scene(p, cells);
  const auto fields = start_stationary(s.state, s.model, s.site, s.seats);
  ASSERT_EQ(fields.size(), 2u);  // of the donor, and from outside
  for (const StationaryField& f : fields) {
    EXPECT_GT(f.content, 0.0) << f.name;
    EXPECT_LE(f.residual, 1e-11) << f.name;
  }
  EXPECT_LE(drift(s, 30.0), 1e-6);
  EXPECT_LE(measure_ledger(s.state, s.model, MPI_COMM_WORLD).worst_residual(), ledger_tolerance);
}

TEST(StationaryStart, WithBindingToTheMatrix) {
  Parameters p = quiet_tissue();
  p.transport.tolerance = 1e-9;
  p.vesicles[0].matrix = MatrixBinding{1e-6, 1e-3, 2e3, {}};
  // What the splitting of binding and decay moves, of second order in the step.
  std::vector<double> moved;
  for (const double step : {15.0, 7.5}) {
    test::Scene s = test::make_scene(p, cells);
    static_cast<void>(start_stationary(s.state, s.model, s.site, s.seats));
    moved.push_back(drift(s, step));
    EXPECT_LE(measure_ledger(s.state, s.model, MPI_COMM_WORLD).worst_residual(), ledger_tolerance);
  }
  EXPECT_LE(moved[1], 1e-4);
  EXPECT_GE(test::order(moved[0], moved[1]), 1.9);
}

TEST(StationaryStart, IsFarFromWhereItWouldStartOtherwise) {
  Parameters p = quiet_tissue();
  test::Scene s = test::make_scene(p, cells);
  Timings timings;
  simulate(s, to_ticks(300.0), to_ticks(30.0), {}, timings);
  const auto young = test::total(s.state.fields[0], *s.domain);
  test::Scene old = test::make_scene(p, cells);
  static_cast<void>(start_stationary(old.state, old.model, old.site, old.seats));
  EXPECT_GT(test::total(old.state.fields[0], *old.domain), 3.0 * young);
}

TEST(StationaryStart, NeedsSomethingThatRemovesWhatIsReleased) {
  Parameters p = test::parameters_of({8, 8, 8}, 10.0, 2.0);
  p.cell_types = {test::donor_type("donor", 1.0)};
  test::Scene s = test::make_scene(p, {{0, {45.0, 45.0, 45.0}, 0}});
  EXPECT_THROW(static_cast<void>(start_stationary(s.state, s.model, s.site, s.seats)), NumericsError);
}

}  // namespace vesicast::stationary_start_test
