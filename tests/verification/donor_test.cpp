// The donor pathway in a tissue: second order with everything that follows, and a ledger that closes.
#include <gtest/gtest.h>

#include <cmath>

#include "src/ledger/ledger.hpp"
#include "src/parameters/size_bins.hpp"
#include "src/run/simulate.hpp"
#include "tests/support/scenes.hpp"
#include "tests/support/verify.hpp"

namespace vesicast::donor_test {
namespace {

constexpr double hour = 3600.0;

/// Donors that take up what they release, beside recipients.
Parameters parameters(double speed, bool steady) {
  Parameters p = test::parameters_of({6, 6, 1}, 20.0, 1.0);
  p.transport.tolerance = 1e-13;
  VesicleClass micro = p.vesicles[0];
  micro.name = "microvesicle";
  micro.diffusivity = 0.3;
  p.vesicles.push_back(micro);
  CellType donor = test::recipient_type("donor"), recipient = test::recipient_type("recipient");
  for (CellType* t : {&donor, &recipient}) {
    Uptake& u = t->recipient["microvesicle"] = t->recipient["exosome"];  // no class alike
    u.k_on *= 0.7;
    u.k_endocytosis *= 0.9;
  }
  test::give_pathway(donor, speed, "microvesicle");
  donor.biogenesis->steady_start = steady;
  p.cell_types = {donor, recipient};
  return p;
}
std::vector<PlacedCell> cells() {
  return {{0, {50.0, 50.0, 10.0}, 0}, {1, {70.0, 50.0, 10.0}, 1}, {2, {30.0, 90.0, 10.0}, 0}};
}

/// All fields, and all arrays of the cells, 1280 s after an empty start of a pathway thirty times as fast.
std::vector<double> solve(int steps) {
  test::Scene s = test::make_scene(parameters(30.0, false), cells());
  Timings t;
  simulate(s, to_ticks(1280.0), to_ticks(1280.0 / steps), {}, t);
  std::vector<double> result;
  for (const Field& f : s.state.fields) {
    const auto values = test::gather(f, *s.domain);
    result.insert(result.end(), values.begin(), values.end());
  }
  std::vector<double> of_cells;
  for (std::size_t a = 0; a < cell_array_count; ++a)
    for (std::size_t which = 0; which < s.state.cells.count(static_cast<CellArray>(a)); ++which) {
      std::vector<double> row(cells().size(), 0.0);
      for (std::size_t c = 0; c < s.state.cells.size(); ++c)
        row[static_cast<std::size_t>(s.state.cells.id[c])] = s.state.cells.at(static_cast<CellArray>(a), which)[c];
      of_cells.insert(of_cells.end(), row.begin(), row.end());
    }
  MPI_Allreduce(MPI_IN_PLACE, of_cells.data(), static_cast<int>(of_cells.size()), MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
  result.insert(result.end(), of_cells.begin(), of_cells.end());
  return result;
}

/// The largest relative deviation of any of the values, so that small pools count as much as large ones.
double distance(const std::vector<double>& a, const std::vector<double>& b) {
  double worst = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (b[i] > 0.0) worst = std::max(worst, std::abs(a[i] / b[i] - 1.0));
  return worst;
}

}  // namespace

TEST(Donor, InATissueIsOfSecondOrder) {
  const auto reference = solve(2560);
  const double coarse = distance(solve(80), reference), middle = distance(solve(160), reference),
               fine = distance(solve(320), reference);
  test::verify({.name = "donor pathway from empty, tetherin, autocrine uptake, recipients, 1280 s; any field or pool",
                .exact = "the same in 2560 steps",
                .norm = "largest relative",
                .levels = {{16.0, coarse}, {8.0, middle}, {4.0, fine}},
                .largest_error = 2e-2,
                .least_order = 1.9,
                .refined = "dt"});
}

TEST(Donor, ReleasesAtItsSteadyRateFromASteadyStart) {
  Parameters p = parameters(1.0, true);
  const Biogenesis defaults;  // of which the numbers below were computed
  for (CellType& type : p.cell_types)
    for (double Biogenesis::*rate : {&Biogenesis::docking, &Biogenesis::comes_back, &Biogenesis::undocking,
                                     &Biogenesis::fusion, &Biogenesis::detachment, &Biogenesis::reinternalisation})
      if (type.biogenesis) (*type.biogenesis).*rate = defaults.*rate;
  test::Scene s = test::make_scene(p, cells());
  Timings t;
  simulate(s, to_ticks(2.0 * hour), to_ticks(30.0), {}, t);
  const Ledger ledger = measure_ledger(s.state, s.model, MPI_COMM_WORLD);
  // 60 vesicles per hour and cell by fusion and 3.5 with amphisomes, from two cells for two hours.
  EXPECT_NEAR(ledger.fields[0]["secreted"], 4.0 * 63.5, 4.0 * 0.3);
  EXPECT_NEAR(ledger.fields[1]["secreted"], 4.0 * 5.0 * (1.0 + 5.0 / 28.0), 1e-9);
  EXPECT_NEAR(ledger.donors[0]["released"], ledger.fields[0]["secreted"], 1e-10);
  EXPECT_GT(ledger.fields[0]["tethered"], 0.0);
  EXPECT_NEAR(ledger.donors[0]["formed"] / (ledger.donors[0]["back-fused in the donor"] +
                                            ledger.donors[0]["digested in the donor"] + ledger.donors[0]["released"]),
              1.0, 1e-5);
}

TEST(Donor, LedgerClosesAfterTenThousandSteps) {
  Parameters p = parameters(3.0, false);
  p.transport.tolerance = 1e-4;
  p.vesicles[0].decay = 1e-4;
  p.vesicles[0].size = {3, 0.1, 0.03};
  test::Scene s = test::make_scene(with_size_bins(p), cells());
  Timings t;
  simulate(s, to_ticks(1e5), to_ticks(10.0), {}, t);
  const Ledger ledger = measure_ledger(s.state, s.model, MPI_COMM_WORLD);
  ASSERT_EQ(ledger.donors.size(), 1u);
  double by_bins = 0.0;
  for (std::size_t f = 0; f < 3; ++f) by_bins += ledger.fields[f]["secreted"];
  EXPECT_NEAR(by_bins / ledger.donors[0]["released"], 1.0, 1e-11);
  test::verify({.name = "donor pathway, size bins, budding, recipients, 10^4 steps",
                .exact = "what was made",
                .norm = "ledger residual",
                .levels = {{0.0, ledger.worst_residual()}},
                .largest_error = 1e-12});
}

}  // namespace vesicast::donor_test
