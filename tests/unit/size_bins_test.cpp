// Size bins of a vesicle class: their diameters, their diffusivities, and what is divided between them.
#include "src/parameters/size_bins.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "decomposition/base/error.hpp"
#include "tests/unit/good_config.hpp"

namespace vesicast::size_bins_test {
namespace {

/// biology.md: mean 100 nm, SD 30 nm.
SizeDistribution exosomes(int bins) {
  return {bins, 0.1, 0.03};
}

double mean(const std::vector<SizeBin>& bins, double (*value)(const SizeBin&)) {
  double sum = 0.0;
  for (const SizeBin& b : bins) sum += b.share * value(b);
  return sum;
}

/// Integral of value(d) over the lognormal density between two standard scores, by Simpson's rule.
template <class Value>
double lognormal_integral(const SizeDistribution& size, double from, double to, Value&& value) {
  const double sigma = std::sqrt(std::log(1.0 + size.sd * size.sd / (size.mean * size.mean)));
  const double mu = std::log(size.mean) - 0.5 * sigma * sigma;
  const int n = 4000;
  double sum = 0.0;
  for (int i = 0; i <= n; ++i) {
    const double z = from + (to - from) * i / n;
    const double weight = i == 0 || i == n ? 1.0 : i % 2 == 1 ? 4.0 : 2.0;
    sum += weight * std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::numbers::pi) * value(std::exp(mu + sigma * z));
  }
  return sum * (to - from) / n / 3.0;
}

TEST(SizeBins, SharesMeanDiameterAndMeanDiffusivityAreTheClass) {
  for (const int n : {1, 2, 3, 5, 10, 100}) {
    const auto bins = size_bins(exosomes(n));
    ASSERT_EQ(bins.size(), static_cast<std::size_t>(n));
    EXPECT_NEAR(mean(bins, [](const SizeBin&) { return 1.0; }), 1.0, 1e-12) << n;
    EXPECT_NEAR(mean(bins, [](const SizeBin& b) { return b.diameter; }), 0.1, 1e-13) << n;
    EXPECT_NEAR(mean(bins, [](const SizeBin& b) { return b.diffusivity; }), 1.0, 1e-12) << n;
    for (std::size_t i = 1; i < bins.size(); ++i) {
      EXPECT_GT(bins[i].diameter, bins[i - 1].diameter);
      EXPECT_NEAR(bins[i].diffusivity * bins[i].diameter, bins[0].diffusivity * bins[0].diameter, 1e-15);
    }
  }
}

TEST(SizeBins, DiametersAreTheConditionalMeans) {
  // Quartiles of the normal distribution at 0 and +-0.674489750196082.
  const auto bins = size_bins(exosomes(4));
  const double edge[] = {-12.0, -0.674489750196082, 0.0, 0.674489750196082, 12.0};
  for (std::size_t i = 0; i < 4; ++i) {
    const double exact = 4.0 * lognormal_integral(exosomes(4), edge[i], edge[i + 1], [](double d) { return d; });
    EXPECT_NEAR(bins[i].diameter, exact, 1e-11) << i;
  }
}

TEST(SizeBins, ManyBinsComeToTheContinuousMixture) {
  // What a mixture of sizes keeps of a cosine profile of wave number k after a time t, with D k^2 t = 1 for the mean D.
  const SizeDistribution size = exosomes(1);
  const double harmonic = size.mean / (1.0 + size.sd * size.sd / (size.mean * size.mean));
  const double exact = lognormal_integral(size, -12.0, 12.0, [&](double d) { return std::exp(-harmonic / d); });
  const auto error = [&](int n) {
    return std::abs(mean(size_bins(exosomes(n)), [](const SizeBin& b) { return std::exp(-b.diffusivity); }) - exact);
  };
  const double coarse = error(8), fine = error(64);
  RecordProperty("error_8", std::to_string(coarse));
  EXPECT_LT(error(1), 0.05);
  EXPECT_GT(error(1), 0.01);  // one size is not the mixture
  EXPECT_LT(fine, 2e-4);
  EXPECT_GE(std::log(coarse / fine) / std::log(8.0), 1.0) << coarse << " -> " << fine;
}

TEST(SizeBins, ImpossibleDistributions) {
  EXPECT_THROW((void)size_bins({0, 0.1, 0.03}), InputError);
  EXPECT_THROW((void)size_bins({3, 0.0, 0.03}), InputError);
  EXPECT_THROW((void)size_bins({3, 0.1, 0.0}), InputError);
}

Parameters two_classes() {
  Parameters p;
  VesicleClass exosome, oncosome;
  exosome.name = "exosome";
  exosome.diffusivity = 2.0;
  exosome.initial_concentration = 1e-3;
  exosome.boundary[0][0] = {BoundaryKind::fixed, TimeSeries({0.0, 10.0}, {1.0, 3.0}), 0.0};
  exosome.diffusivity_map = MapFile{"d.vti", "D"};
  exosome.cargo["miR-21"] = 0.01;
  exosome.size = exosomes(4);
  oncosome.name = "oncosome";
  p.vesicles = {exosome, oncosome};
  CellType t;
  t.name = "tumour";
  t.donor["exosome"] = {0.1, ReleaseMode::poisson, 30.0};
  t.donor["oncosome"].rate = 0.2;
  t.recipient["exosome"].k_on = 3e-3;
  t.recipient["oncosome"].k_on = 4e-3;
  p.cell_types = {t};
  Region r;
  r.diffusivity = {{"exosome", 0.5}};
  r.binding_sites = {{"exosome", 0.7}};
  r.blood.emplace();
  r.blood->permeability = {{"exosome", 0.1}, {"oncosome", 0.2}};
  r.blood->plasma = {{"exosome", 8.0}};
  p.regions = {r};
  return p;
}

TEST(SizeBins, AClassBecomesItsBins) {
  const Parameters p = with_size_bins(two_classes());
  ASSERT_EQ(p.vesicles.size(), 5U);
  const auto bins = size_bins(exosomes(4));
  const char* const names[] = {"exosome 67 nm", "exosome 87 nm", "exosome 106 nm", "exosome 141 nm"};
  for (std::size_t i = 0; i < 4; ++i) {
    const VesicleClass& v = p.vesicles[i];
    EXPECT_EQ(v.name, names[i]);
    EXPECT_EQ(v.parent, "exosome");
    EXPECT_EQ(v.diffusivity, 2.0 * bins[i].diffusivity);
    EXPECT_EQ(v.diffusivity_map.value().factor, bins[i].diffusivity);
    EXPECT_EQ(v.initial_concentration, 0.25e-3);
    EXPECT_EQ(v.boundary[0][0].value.at(0.0), 0.25);
    EXPECT_EQ(v.boundary[0][0].value.at(10.0), 0.75);
    EXPECT_EQ(v.cargo, p.vesicles[0].cargo);
    const CellType& t = p.cell_types[0];
    EXPECT_EQ(t.donor.at(v.name).share, 0.25);
    EXPECT_EQ(t.donor.at(v.name).rate, 0.1);
    EXPECT_EQ(t.recipient.at(v.name).k_on, 3e-3);
    const Region& r = p.regions[0];
    EXPECT_EQ(r.diffusivity.at(v.name), 0.5 * bins[i].diffusivity);
    EXPECT_EQ(r.binding_sites.at(v.name), 0.7);
    EXPECT_EQ(r.blood.value().permeability.at(v.name), 0.1);
    EXPECT_EQ(r.blood.value().plasma.at(v.name), 2.0);
  }
  EXPECT_EQ(p.vesicles[4].name, "oncosome");
  EXPECT_EQ(p.vesicles[4].parent, "");
  EXPECT_EQ(p.cell_types[0].donor.size(), 5U);
  EXPECT_EQ(p.cell_types[0].donor.at("oncosome").share, 1.0);
  EXPECT_FALSE(p.cell_types[0].recipient.contains("exosome"));
  EXPECT_EQ(io::dump({p, {}, ""}), io::dump({with_size_bins(p), {}, ""})) << "twice is not once";
}

TEST(SizeBins, OneBinIsTheClassItself) {
  Parameters p = two_classes();
  p.vesicles[0].size.bins = 1;
  EXPECT_EQ(io::dump({p, {}, ""}), io::dump({with_size_bins(p), {}, ""}));
}

TEST(SizeBins, NamesTellBinsApart) {
  Parameters p = two_classes();
  p.vesicles[0].size = {20, 0.1, 0.001};
  EXPECT_EQ(with_size_bins(p).vesicles[9].name, "exosome 99.9 nm");
  p.vesicles[1].name = "exosome 99.9 nm";
  EXPECT_THROW((void)with_size_bins(p), InputError);
}

TEST(SizeBins, InAConfiguration) {
  const io::Resolved r = io::resolved_file(
      "classes.toml",
      {"vesicle.exosome.size_bins=3", "vesicle.exosome.diameter=100 nm", "vesicle.exosome.diameter_sd=30 nm"});
  const SizeDistribution& size = r.parameters.vesicles[1].size;
  EXPECT_EQ(size.bins, 3);
  EXPECT_DOUBLE_EQ(size.mean, 0.1);
  EXPECT_DOUBLE_EQ(size.sd, 0.03);
  EXPECT_EQ(r.parameters.vesicles[0].size.bins, 1);
  EXPECT_NE(r.toml.find("size_bins = 3"), std::string::npos);
}

}  // namespace
}  // namespace vesicast::size_bins_test
