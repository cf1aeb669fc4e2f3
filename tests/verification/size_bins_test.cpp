// Vesicles of one class in size bins: the spread of a mixture, and what bins must not change.
#include "src/parameters/size_bins.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "src/ledger/ledger.hpp"
#include "src/run/simulate.hpp"
#include "src/step/advance.hpp"
#include "tests/support/scenes.hpp"

namespace vesicast::size_bins_test {
namespace {

constexpr double mean_diffusivity = 2.0, length = 480.0, start_variance = 16.0, seconds = 200.0;

struct Spread {
  double error = 0.0;     ///< largest, of the density [1/um], relative to its peak
  double variance = 0.0;  ///< of the position, of the whole mixture [um^2]
  double kurtosis = 0.0;
};

/// A thin pulse in the middle of a line of n voxels, in four bins, against the sum of their Gaussians.
Spread spread(std::int64_t n) {
  const double h = length / static_cast<double>(n), middle = 0.5 * length;
  Parameters p = test::parameters_of({n, 1, 1}, h, mean_diffusivity);
  p.transport.tolerance = 1e-13;
  p.vesicles[0].size = {4, 0.1, 0.03};
  p.vesicles[0].initial_concentration = 1.0;  // so that there are fields; filled below
  p = with_size_bins(p);
  test::Scene s = test::make_scene(p);
  const auto left_edge = [&](std::int64_t i) { return static_cast<double>(i) * h; };
  for (Field& f : s.state.fields)
    test::fill(f, *s.domain, [&](const Index3& v) {
      return 0.25 * test::gaussian_mass(left_edge(v[0]), left_edge(v[0] + 1), middle, start_variance);
    });
  Timings t;
  for (int step = 0; step < 10; ++step) advance(s, to_ticks(seconds / 10.0), t);
  std::vector<double> sum(static_cast<std::size_t>(n), 0.0), exact = sum;
  for (std::size_t f = 0; f < s.state.fields.size(); ++f) {
    const auto values = test::gather(s.state.fields[f], *s.domain);
    const double variance = start_variance + 2.0 * s.model.vesicle_of(f).diffusivity * seconds;
    for (std::int64_t i = 0; i < n; ++i) {
      sum[static_cast<std::size_t>(i)] += values[static_cast<std::size_t>(i)];
      // The walls of the line are mirrors.
      for (const double image : {middle, -middle, 3.0 * middle})
        exact[static_cast<std::size_t>(i)] +=
            0.25 * test::gaussian_mass(left_edge(i), left_edge(i + 1), image, variance);
    }
  }
  Spread result;
  double peak = 0.0, fourth = 0.0;
  for (std::size_t i = 0; i < sum.size(); ++i) {
    result.error = std::max(result.error, std::abs(sum[i] - exact[i]));
    peak = std::max(peak, exact[i]);
    const double x = (static_cast<double>(i) + 0.5) * h - middle;
    result.variance += sum[i] * x * x;
    fourth += sum[i] * x * x * x * x;
  }
  result.error /= peak;
  result.kurtosis = fourth / (result.variance * result.variance);
  return result;
}

/// A cell that releases exosomes of several sizes in bursts, among recipients whose receptors fill up.
Parameters busy(int bins) {
  Parameters p = test::parameters_of({6, 6, 6}, 20.0, 1.0);
  p.vesicles[0].size = {bins, 0.1, 0.03};
  p.vesicles[0].initial_concentration = 1e-4;
  CellType both = test::recipient_type("both");
  both.receptors = 20.0;
  both.recipient["exosome"].k_on = 5.0;
  both.donor["exosome"] = {0.3, ReleaseMode::poisson, 7.0};
  p.cell_types = {both};
  return with_size_bins(p);
}

test::Scene run(const Parameters& p) {
  test::Scene s = test::make_scene(p, {{0, {50.0, 50.0, 50.0}, 0}, {1, {70.0, 50.0, 50.0}, 0}});
  Timings t;
  simulate(s, to_ticks(1200.0), to_ticks(30.0), {}, t);
  return s;
}

}  // namespace

TEST(SizeBins, AMixtureSpreadsAsTheSumOfItsGaussians) {
  const Spread coarse = spread(240), fine = spread(480);
  EXPECT_GE(test::order(coarse.error, fine.error), 1.95) << coarse.error << " -> " << fine.error;
  EXPECT_LT(fine.error, 2e-4);
  RecordProperty("error_h_1um", std::to_string(fine.error));
  // The mean square displacement is the mean D's, exactly; 1/12 um^2 is the width of the voxels that held the start.
  EXPECT_NEAR(fine.variance / (start_variance + 1.0 / 12.0 + 2.0 * mean_diffusivity * seconds), 1.0, 1e-9);
  EXPECT_GT(fine.kurtosis, 3.02);
}

TEST(SizeBins, OneBinChangesNoBit) {
  Parameters plain = busy(1);
  plain.vesicles[0].size = {};
  const test::Scene without = run(plain), one = run(busy(1));
  ASSERT_EQ(one.state.fields.size(), without.state.fields.size());
  for (std::size_t f = 0; f < one.state.fields.size(); ++f) {
    EXPECT_EQ(test::gather(one.state.fields[f], *one.domain), test::gather(without.state.fields[f], *without.domain));
    for_each_cell_array(Scope::cell_field, [&](CellArray a) {
      for (std::size_t c = 0; c < one.state.cells.size(); ++c)
        EXPECT_EQ(one.state.cells.at(a, f)[c], without.state.cells.at(a, f)[c]) << info(a).name;
    });
  }
}

TEST(SizeBins, BinsTakeTheirSharesOfTheSameEvents) {
  const test::Scene one = run(busy(1)), four = run(busy(4));
  const auto field_of = [](const test::Scene& s, std::size_t vesicle) { return s.model.fields_of[vesicle][0]; };
  for (std::size_t c = 0; c < four.state.cells.size(); ++c) {
    const double all = one.state.cells.at(CellArray::secreted, field_of(one, 0))[c];
    EXPECT_GT(all, 0.0);
    for (std::size_t j = 0; j < 4; ++j)
      EXPECT_NEAR(four.state.cells.at(CellArray::secreted, field_of(four, j))[c], 0.25 * all, 1e-12 * all) << j;
  }
  EXPECT_LT(measure_ledger(four.state, four.model, MPI_COMM_WORLD).worst_residual(), 1e-12);
}

TEST(SizeBins, SharedReceptorsFillAsWithoutBins) {
  // With one diffusivity for all, bins are the class cut in pieces: receptors must be as full, from all bins together.
  Parameters pieces = busy(4);
  for (VesicleClass& v : pieces.vesicles) v.diffusivity = 1.0;
  const test::Scene one = run(busy(1)), four = run(pieces);
  const auto bound = [](const test::Scene& s, std::size_t c) {
    double sum = 0.0;
    for (std::size_t f = 0; f < s.state.fields.size(); ++f) sum += s.state.cells.at(CellArray::bound, f)[c];
    return sum;
  };
  for (std::size_t c = 0; c < four.state.cells.size(); ++c) {
    EXPECT_GT(bound(one, c), 10.0);  // of 20: they compete
    EXPECT_NEAR(bound(four, c), bound(one, c), 1e-9);
  }
}

}  // namespace vesicast::size_bins_test
