// What is drawn by chance in a step: cells, steps, halves, kinds and populations apart, and copies with their vesicles.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "src/parameters/size_bins.hpp"
#include "tests/support/one_voxel.hpp"

namespace vesicast::exact_draws_test {
namespace {

/// Donors and makers of cargo by chance, 64 in a voxel.
Parameters by_chance() {
  Parameters p = test::one_voxel();
  p.run.mode = RunMode::stochastic_release;
  p.vesicles[0].size = {1, 0.1, 0.0};
  VesicleClass micro = p.vesicles[0];
  micro.name = "microvesicle";
  p.vesicles.push_back(micro);
  p.cargo = {{"miR", 0.0}, {"let-7", 0.0}};
  CellType a;
  a.name = "a";
  for (const char* name : {"miR", "let-7"}) a.cargo[name] = {.copies = 0.0, .synthesis = 0.05};
  a.donor["exosome"] = {0.08, ReleaseMode::poisson, 1.0};
  a.donor["microvesicle"] = {0.08, ReleaseMode::poisson, 1.0};
  p.cell_types = {a};
  return p;
}

std::vector<double> of_all(test::Scene& s, CellArray array, std::size_t which) {
  std::vector<double> x;
  for (std::int64_t id = 0; id < 64; ++id) x.push_back(test::at(s, array, which, id));
  return x;
}

}  // namespace

TEST(ExactDraws, CellsStepsHalvesAndKindsAreDrawnApart) {
  test::Scene s = test::alone(by_chance(), std::vector<std::int32_t>(64, 0));
  test::step(s, 100.0);
  const std::array arrays{std::pair(CellArray::synthesised, std::size_t{0}),
                          std::pair(CellArray::synthesised, std::size_t{1}),
                          std::pair(CellArray::secreted, test::field_of(s, "exosome")),
                          std::pair(CellArray::secreted, test::field_of(s, "microvesicle"))};
  std::set<std::vector<double>> seen;
  std::vector<std::vector<double>> first;
  for (const auto& [array, which] : arrays) {
    first.push_back(of_all(s, array, which));
    double sum = 0.0, squares = 0.0;
    for (const double x : first.back()) {
      EXPECT_EQ(x, std::floor(x));
      sum += x;
      squares += x * x;
    }
    // Poisson: 5 or 8 expected per cell, and as much variance; four times its standard deviation over 64 cells.
    const double mean = sum / 64.0, variance = squares / 64.0 - mean * mean,
                 expected = array == CellArray::synthesised ? 5.0 : 8.0;
    EXPECT_NEAR(mean, expected, 4.0 * std::sqrt(expected / 64.0));
    EXPECT_NEAR(variance, expected, 4.0 * expected * std::sqrt(2.0 / 64.0));
    EXPECT_TRUE(seen.insert(first.back()).second) << "two kinds are drawn alike";
  }
  // Two halves that draw the same numbers make an even number in every cell.
  for (const std::size_t q : {std::size_t{0}, std::size_t{1}})
    EXPECT_GT(std::ranges::count_if(first[q], [](double x) { return std::fmod(x, 2.0) == 1.0; }), 16);
  test::step(s, 100.0);
  for (std::size_t i = 0; i < arrays.size(); ++i) {
    std::vector<double> then = of_all(s, arrays[i].first, arrays[i].second);
    for (std::size_t c = 0; c < then.size(); ++c) then[c] -= first[i][c];
    EXPECT_TRUE(seen.insert(then).second) << "two steps are drawn alike";
  }
}

TEST(ExactDraws, PopulationsOfMvbsAreDrawnApart) {
  Parameters p = test::fusing();
  p.run.mode = RunMode::stochastic_release;
  Biogenesis& b = *p.cell_types[0].biogenesis;
  b.inflow = 0.1;
  b.formation = {};
  for (const char* name : {"one", "other"}) {
    MvbPopulation half{name, 0.5, b};
    half.rates.inflow *= 0.5;
    p.cell_types[0].populations.push_back(half);
  }
  test::Scene s = test::alone(p, std::vector<std::int32_t>(64, 0));
  test::step(s, 100.0);
  EXPECT_NE(of_all(s, CellArray::endosomes, 0), of_all(s, CellArray::endosomes, 1));
}

TEST(ExactDraws, DivisionsOfEqualNumbersAreDrawnApart) {
  // Microvesicles and ectosomes bud at one mean rate into two bins each: where a cell buds as many of both, they need
  // not fall into the bins alike.
  Parameters p = test::fusing();
  p.run.mode = RunMode::stochastic_release;
  Biogenesis& b = *p.cell_types[0].biogenesis;
  b.microvesicle = "microvesicle";
  b.ectosome = "ectosome";
  b.calcium_gain = 0.0;
  b.microvesicles = b.ectosomes = 0.05;
  for (const char* name : {"microvesicle", "ectosome"}) {
    VesicleClass v = p.vesicles[0];
    v.name = name;
    v.size = {2, 0.2, 0.05};
    p.vesicles.push_back(v);
    p.cell_types[0].donor[name] = {.rate = 1.0, .mode = ReleaseMode::pathway};
  }
  test::Scene s = test::alone(with_size_bins(p), std::vector<std::int32_t>(64, 0));
  const std::vector<std::string> names = test::field_names(s);
  ASSERT_EQ(names.size(), 5U);
  std::vector<std::vector<double>> bins;
  test::steps(s, 100.0, 1);
  for (std::size_t f = 1; f < 5; ++f) bins.push_back(of_all(s, CellArray::secreted, f));
  int as_many = 0, alike = 0;
  for (std::size_t c = 0; c < 64; ++c) {
    if (bins[0][c] + bins[1][c] != bins[2][c] + bins[3][c]) continue;
    ++as_many;
    alike += bins[0][c] == bins[2][c] ? 1 : 0;
  }
  EXPECT_GT(as_many, 2);
  EXPECT_LT(alike, as_many);
}

TEST(ExactDraws, CopiesLeaveWithTheVesiclesTheyAreIn) {
  // In whole numbers: all MVBs fuse in a step of thirty times their life.
  Parameters p = test::fusing();
  p.run.mode = RunMode::stochastic_release;
  p.cargo = {{"miR", 0.0}};
  p.vesicles[0].size = {1, 0.1, 0.0};
  p.cell_types[0].cargo["miR"] = {.copies = 0.0, .synthesis = 0.0};
  p.cell_types[0].biogenesis->tethered = 0.0;
  test::Scene s = test::alone(p, {0});
  test::at(s, CellArray::docked_mvbs) = 4.0;
  test::at(s, CellArray::ilvs_docked, 2) = 80.0;
  test::at(s, CellArray::loaded_docked) = 37.0;
  test::step(s, 15000.0);
  EXPECT_EQ(test::at(s, CellArray::secreted, test::field_of(s, "exosome")), 80.0);
  EXPECT_EQ(test::at(s, CellArray::secreted, test::field_of(s, "exosome", "miR")), 37.0);
  EXPECT_EQ(test::at(s, CellArray::loaded_docked), 0.0);
}

}  // namespace vesicast::exact_draws_test
