// What a configuration means, by hand: perturbed windows, cells with rates of their own, largest rates.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>

#include "tests/support/one_voxel.hpp"

namespace vesicast::exact_model_test {
namespace {

Perturbation from_then_on(std::vector<Perturbation::Change> changes, double seconds) {
  return {.label = "test", .changes = std::move(changes), .cell_types = {}, .from = to_ticks(seconds), .until = {}};
}

}  // namespace

TEST(ExactPerturbation, MvbsFuseFasterFromItsTimeOn) {
  Parameters p = test::fusing();
  p.perturbations = {from_then_on({{Rate("k_fus"), 3.0}}, 300.0)};
  test::Scene s = test::alone(p, {0});
  test::at(s, CellArray::docked_mvbs) = 4.0;
  test::at(s, CellArray::ilvs_docked, 1) = 80.0;
  test::step(s, 300.0);
  EXPECT_NEAR(test::at(s, CellArray::docked_mvbs), 4.0 * std::exp(-3e-3 * 300.0), 1e-12);
  test::step(s, 200.0);
  EXPECT_NEAR(test::at(s, CellArray::docked_mvbs), 4.0 * std::exp(-3e-3 * 300.0 - 9e-3 * 200.0), 1e-12);
  EXPECT_NEAR(test::at(s, CellArray::secreted), 80.0 * (1.0 - std::exp(-3e-3 * 300.0 - 9e-3 * 200.0)), 1e-11);
}

TEST(ExactPerturbation, TheMatrixBindsFasterFromItsTimeOn) {
  Parameters p = test::one_voxel();
  p.vesicles[0].initial_concentration = 1e-2;
  p.vesicles[0].matrix = MatrixBinding{.k_on = 1.9e-3, .k_off = 1.4e-3, .sites = 0.6, .sites_map = {}};
  p.perturbations = {from_then_on({{Rate("kon_e"), 2.5}, {Rate("koff_e"), 0.4}}, 200.0)};
  test::Scene s = test::alone(p, {});
  const double all = test::free_in(s, 0), a = 1.9e-3 * 0.6, b = 1.4e-3;
  test::step(s, 200.0);
  const double first = all * a / (a + b) * (1.0 - std::exp(-(a + b) * 200.0));
  EXPECT_NEAR(test::on_matrix(s, 0), first, 1e-11 * all);
  test::step(s, 200.0);
  const double settles = all * 2.5 * a / (2.5 * a + 0.4 * b);
  EXPECT_NEAR(test::on_matrix(s, 0), settles + (first - settles) * std::exp(-(2.5 * a + 0.4 * b) * 200.0), 1e-11 * all);
}

TEST(ExactVariation, ACellKeepsItsOwnFactorUntilItBecomesAnother) {
  // Release varies from cell to cell of type a, and is three times as fast in all from 200 s on; who becomes b has b's
  // rate.
  Parameters p = test::switching(false);
  p.cell_types[0].donor["exosome"].rate = 0.1;
  p.cell_types[1].donor["exosome"].rate = 0.25;
  p.cell_types[0].variation = {{Rate("secretion"), 0.6}};
  p.cell_types[1].variation = {{Rate("secretion"), 0.4}};  // of cells that begin as b
  p.perturbations = {from_then_on({{Rate("secretion"), 3.0}}, 200.0)};
  test::Scene s = test::alone(p, {0, 0});
  const std::size_t field = test::field_of(s, "exosome");
  std::array<double, 2> before{};
  const auto released = [&](std::int64_t id) {
    const double now = test::at(s, CellArray::secreted, field, id), since = now - before[static_cast<std::size_t>(id)];
    before[static_cast<std::size_t>(id)] = now;
    return since;
  };
  for (const std::int64_t id : {0, 1}) test::at(s, CellArray::response, 0, id) = 0.6;
  test::step(s, 100.0);
  const std::array first{released(0), released(1)};
  EXPECT_GT(std::abs(first[0] / first[1] - 1.0), 1e-3);
  EXPECT_GT(std::abs(first[0] / 10.0 - 1.0), 1e-3);
  test::step(s, 100.0);
  for (const std::int64_t id : {0, 1}) EXPECT_NEAR(released(id), first[static_cast<std::size_t>(id)], 1e-12);
  test::step(s, 100.0);  // perturbed now, and beyond the threshold for 300 s at its end
  for (const std::int64_t id : {0, 1}) EXPECT_NEAR(released(id), 3.0 * first[static_cast<std::size_t>(id)], 1e-11);
  ASSERT_EQ(test::type_of(s, 0), "b");
  test::step(s, 100.0);
  for (const std::int64_t id : {0, 1}) EXPECT_NEAR(released(id), 75.0, 1e-11);
}

TEST(ExactModel, TheLargestRateIsThatOfWhatACellMayBecome) {
  // Alone in a voxel without neighbours: what the cell takes per second of what is there.
  Parameters p = test::switching(false);
  Uptake u = test::no_uptake();
  u.fluid = 2.0;
  p.cell_types[0].recipient["exosome"] = u;
  u.fluid = 5.0;
  p.cell_types[1].recipient["exosome"] = u;
  test::Scene s = test::alone(p, {0});
  EXPECT_NEAR(test::largest_rate(s), 5.0 / (0.23 * 60.0 * 60.0 * 60.0), 1e-15);
}

TEST(ExactModel, DiffusionToACellIsThatToItsOwnRadius) {
  // 1/k_S = 1/(4 pi alpha D R) less what the lattice has: the same for both.
  Parameters p = test::one_voxel();
  for (const double radius : {6.0, 9.0}) {
    CellType cell;
    cell.name = std::to_string(radius);
    cell.radius = radius;
    cell.recipient["exosome"] = test::no_uptake();
    p.cell_types.push_back(cell);
  }
  test::Scene s = test::alone(p, {0, 1});
  const double four_pi = 4.0 * std::numbers::pi * 0.23 * 0.7;
  EXPECT_NEAR(test::resistance(s, 0) - test::resistance(s, 1), (1.0 / 6.0 - 1.0 / 9.0) / four_pi, 1e-12);
  EXPECT_NEAR(test::resistance(s, 0), 1.0 / (four_pi * 6.0) - 0.2527310098586 / (0.23 * 0.7 * 60.0), 1e-9);
}

}  // namespace vesicast::exact_model_test
