// Diffusivities from diameters: Stokes & Einstein, the average over a lognormal distribution, size bins.
#include "src/parameters/stokes_einstein.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "src/parameters/size_bins.hpp"

namespace vesicast::stokes_einstein_test {
namespace {

/// Mean of value(d) over the lognormal distribution, by the trapezium rule in the standard score: exact to rounding for
/// a smooth value.
template <class Value>
double mean_over(const SizeDistribution& size, Value&& value) {
  const double sigma = std::sqrt(std::log(1.0 + size.sd * size.sd / (size.mean * size.mean)));
  const double mu = std::log(size.mean) - 0.5 * sigma * sigma;
  constexpr double step = 1.0 / 64.0;
  double sum = 0.0;
  for (int i = -12 * 64; i <= 12 * 64; ++i) {
    const double z = step * i;
    sum += std::exp(-0.5 * z * z) * value(std::exp(mu + sigma * z));
  }
  return sum * step / std::sqrt(2.0 * std::numbers::pi);
}

TEST(StokesEinstein, AtBodyTemperature) {
  // biology.md section 1: 37 C, 0.692 mPa s.
  EXPECT_NEAR(stokes_einstein({}, 0.05), 13.1, 0.05);
  EXPECT_NEAR(stokes_einstein({}, 0.1), 6.57, 0.005);
  EXPECT_NEAR(stokes_einstein({}, 0.15), 4.38, 0.005);
  EXPECT_NEAR(stokes_einstein({}, 0.5), 1.31, 0.005);
  RecordProperty("D0_100_nm", std::to_string(stokes_einstein({}, 0.1)));
  EXPECT_NEAR(stokes_einstein({310.15, 1.2e-3, 1.6}, 0.1), stokes_einstein({}, 0.1) / 1.734, 2e-3);
  EXPECT_DOUBLE_EQ(stokes_einstein({2.0 * 310.15, 0.692e-3, 1.6}, 0.1), 2.0 * stokes_einstein({}, 0.1));
}

TEST(StokesEinstein, MeanOverTheSizesIsThatOfTheQuadrature) {
  for (const SizeDistribution& size : {SizeDistribution{1, 0.1, 0.03}, {1, 0.25, 0.13}, {1, 2.0, 1.0}, {1, 0.1, 0.0}}) {
    const double each = mean_over(size, [](double d) { return stokes_einstein({}, d) / (1.6 * 1.6); });
    EXPECT_NEAR(effective_diffusivity({}, size), each, 1e-12 * each) << size.mean;
    const double measured = mean_over(size, [](double d) { return 0.5 * 0.1 / d; });
    EXPECT_NEAR(scaled_diffusivity(0.5, 0.1, size), measured, 1e-12 * measured) << size.mean;
    EXPECT_NEAR(harmonic_mean_diameter(size) * mean_over(size, [](double d) { return 1.0 / d; }), 1.0, 1e-12);
  }
  EXPECT_NEAR(effective_diffusivity({}, {1, 0.1, 0.03}), 1.09 * 6.566 / 2.56, 1e-3);
}

Parameters one_class(bool by_size) {
  Parameters p;
  VesicleClass v;
  v.name = "exosome";
  v.size = {4, 0.1, 0.03};
  v.diffusivity = effective_diffusivity({}, v.size);
  v.diffusivity_by_size = by_size;
  p.vesicles = {v};
  return p;
}

TEST(StokesEinstein, EachSizeBinHasTheDiffusivityOfItsOwnDiameter) {
  const Parameters p = with_size_bins(one_class(true));
  ASSERT_EQ(p.vesicles.size(), 4U);
  double mean = 0.0;
  for (const VesicleClass& v : p.vesicles) {
    const double own = stokes_einstein({}, v.size.mean) / (1.6 * 1.6);
    EXPECT_NEAR(v.diffusivity, own, 1e-14) << v.name;
    mean += 0.25 * v.diffusivity;
  }
  const double all = effective_diffusivity({}, {1, 0.1, 0.03});
  EXPECT_LT(mean, all);  // a bin stands for its mean diameter, and 1/d is convex
  EXPECT_GT(mean, 0.98 * all);
}

TEST(StokesEinstein, BinsOfAGivenDiffusivityKeepItsMean) {
  const Parameters p = with_size_bins(one_class(false));
  double mean = 0.0;
  for (const VesicleClass& v : p.vesicles) mean += 0.25 * v.diffusivity;
  EXPECT_NEAR(mean, effective_diffusivity({}, {1, 0.1, 0.03}), 1e-14);
}

}  // namespace
}  // namespace vesicast::stokes_einstein_test
