// What there is at t = 0, by hand.
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "src/parameters/size_bins.hpp"
#include "src/parameters/vesicle_geometry.hpp"
#include "src/start/stationary_start.hpp"
#include "tests/support/one_voxel.hpp"

namespace vesicast::exact_start_test {
TEST(ExactStart, CellsBeginWhereTheirCargoSettles) {
  // 500 copies are kept against a decay of 7e-4/s and as much loss with vesicles. A cell that sorts nothing from t = 0
  // on holds 1000 where it settles, begins there, and at the level that goes with it.
  Parameters p = test::responding(ResponseKind::repression, 7e-4);
  p.vesicles[0].size = {1, 0.1, 0.0};
  CellType& a = p.cell_types[0];
  a.donor["exosome"].rate = 0.5;
  a.cargo["miR"] = {.copies = 500.0, .synthesis = {}};
  a.cargo["miR"].sorting_at_surface = 7e-4 / (0.5 * lumen_volume(p.vesicles[0].size) / a.cytosol);
  CellType knocked_down = a;
  knocked_down.name = "knocked down";
  p.cell_types.push_back(knocked_down);
  p.perturbations = {
      {.label = "test", .changes = {{Rate("sorting"), 0.0}}, .cell_types = {"knocked down"}, .from = 0, .until = {}}};
  test::Scene s = test::alone(p, {0, 1});
  const Response& r = p.cell_types[0].responses.at("PTEN");
  EXPECT_NEAR(test::at(s, CellArray::cytosol, 0, 0), 500.0, 1e-9);
  EXPECT_NEAR(test::at(s, CellArray::cytosol, 0, 1), 1000.0, 0.1);
  EXPECT_NEAR(test::at(s, CellArray::response, 0, 0), 1.0, 1e-12);
  EXPECT_NEAR(test::at(s, CellArray::response, 0, 1), test::fold(500.0, r) / test::fold(1000.0, r), 1e-4);
  test::steps(s, 600.0, 60);
  EXPECT_NEAR(test::at(s, CellArray::cytosol, 0, 0), 500.0, 0.1);
  EXPECT_NEAR(test::at(s, CellArray::cytosol, 0, 1), 1000.0, 0.1);
  for (const std::int64_t id : {0, 1})
    EXPECT_NEAR(test::at(s, CellArray::synthesised, 0, id), 500.0 * 14e-4 * 600.0, 0.1);
}

TEST(ExactStart, ACellThatIsGivenItsSynthesisRestsWhereThatLeads) {
  Parameters p = test::responding(ResponseKind::repression, 7e-4);
  p.cell_types[0].cargo["miR"] = {.copies = {}, .synthesis = 0.35};
  test::Scene s = test::alone(p, {0});
  EXPECT_NEAR(test::at(s, CellArray::cytosol), 500.0, 1e-6);
  EXPECT_NEAR(test::at(s, CellArray::response), 1.0, 1e-12);
}

TEST(ExactStart, WhatIsThereAtFirstCarriesTheGivenCopies) {
  // Copies are a field of their own where a cell type loads the class; what no cell made has 0.3 of them each.
  Parameters p = test::one_voxel();
  p.vesicles[0].size = {1, 0.1, 0.0};
  p.vesicles[0].initial_concentration = 3e-3;
  p.vesicles[0].cargo["miR"] = 0.3;
  p.cargo = {{"miR", 0.0}};
  CellType loads;
  loads.name = "loads";
  loads.cargo["miR"] = {.copies = 100.0, .synthesis = 0.0};
  loads.donor["exosome"].rate = 0.0;
  p.cell_types = {loads};
  test::Scene s = test::alone(p, {});
  const double vesicles = 3e-3 * 0.23 * 60.0 * 60.0 * 60.0;
  EXPECT_NEAR(test::free_in(s, test::field_of(s, "exosome")), vesicles, 1e-10);
  EXPECT_NEAR(test::free_in(s, test::field_of(s, "exosome", "miR")), 0.3 * vesicles, 1e-10);
}

TEST(ExactStart, AStationaryFieldDecaysOnTheMatrixToo) {
  // S = k_dec (N + N_b), a N = (k_off + k_dec) N_b.
  Parameters p = test::one_voxel();
  p.vesicles[0].decay = 2e-4;
  p.vesicles[0].matrix = MatrixBinding{.k_on = 1.9e-3, .k_off = 1.4e-3, .sites = 0.6, .sites_map = {}};
  p.cell_types = {test::donor_type("donor", 0.3)};
  test::Scene s = test::alone(p, {0});
  static_cast<void>(start_stationary(s.state, s.model, s.site, s.seats));
  const double per_free = 1.9e-3 * 0.6 / (1.4e-3 + 2e-4), free = 0.3 / (2e-4 * (1.0 + per_free));
  EXPECT_NEAR(test::free_in(s, 0), free, 1e-9);
  EXPECT_NEAR(test::on_matrix(s, 0), free * per_free, 1e-9);
  const double all = free * (1.0 + per_free);
  test::steps(s, 3000.0, 300);  // where splitting leaves it
  EXPECT_NEAR(test::free_in(s, 0) + test::on_matrix(s, 0), all, 1e-5 * all);
}

TEST(ExactStart, CellsByChanceHaveWholeCopiesOfTheSameMean) {
  // 2.6 copies: two in some cells, three in the others. In MVBs there are none where there is no vesicle.
  Parameters p = test::one_voxel();
  p.run.mode = RunMode::stochastic_release;
  p.vesicles[0].size = {1, 0.1, 0.0};
  p.cargo = {{"miR", 0.0}, {"let-7", 3e-5}};
  CellType a;
  a.name = "a";
  test::give_pathway(a);
  a.cargo["miR"] = {.copies = 2.6, .synthesis = 0.0};
  a.cargo["let-7"] = {.copies = 9e4, .synthesis = {}, .sorting = {40.0, 50.0, 60.0, 70.0}};
  a.cargo["miR"].sorting.fill(0.0);
  p.cell_types = {a};
  test::Scene s = test::alone(p, std::vector<std::int32_t>(128, 0));
  int more = 0, empty = 0;
  double all = 0.0;
  for (std::int64_t id = 0; id < 128; ++id) {
    const double copies = test::at(s, CellArray::cytosol, 0, id);
    EXPECT_TRUE(copies == 2.0 || copies == 3.0) << copies;
    more += copies == 3.0 ? 1 : 0;
    double vesicles = 0.0;
    for (std::size_t route = 0; route < ilv_routes; ++route) vesicles += test::at(s, CellArray::ilvs_docked, route, id);
    const double loaded = test::at(s, CellArray::loaded_docked, 1, id);
    all += loaded;
    if (vesicles > 0.0) continue;
    ++empty;
    EXPECT_EQ(loaded, 0.0) << id;
  }
  EXPECT_NEAR(more, 0.6 * 128.0, 4.0 * std::sqrt(0.24 * 128.0));
  EXPECT_GT(empty, 4);
  EXPECT_GT(all, 128.0);
}

TEST(ExactStart, TetherinHoldsTheGivenCopies) {
  // One type loads miR, so that copies are a field of their own; the exosomes of the other carry 0.3 each.
  Parameters p = test::one_voxel();
  p.vesicles[0].size = {1, 0.1, 0.0};
  p.vesicles[0].cargo["miR"] = 0.3;
  p.cargo = {{"miR", 0.0}};
  CellType gives, loads;
  gives.name = "gives";
  test::give_pathway(gives);
  loads.name = "loads";
  loads.cargo["miR"] = {.copies = 100.0, .synthesis = 0.0};
  loads.donor["exosome"].rate = 0.0;
  p.cell_types = {gives, loads};
  test::Scene s = test::alone(p, {0});
  const Biogenesis& b = *gives.biogenesis;
  double docked = 0.0;
  for (std::size_t route = 0; route < ilv_routes; ++route) docked += test::at(s, CellArray::ilvs_docked, route);
  const double held = b.tethered * b.fusion * b.calcium * docked / (b.detachment + b.reinternalisation);
  ASSERT_GT(held, 0.0);
  EXPECT_NEAR(test::at(s, CellArray::tethered, test::field_of(s, "exosome")), held, 1e-6 * held);
  EXPECT_NEAR(test::at(s, CellArray::tethered, test::field_of(s, "exosome", "miR")), 0.3 * held, 1e-6 * held);
}

TEST(ExactStart, ACellOfItsOwnRatesHoldsByTetherinWhatTheseGive) {
  // Calcium twice as high, in three size bins; detachment varies from cell to cell.
  Parameters p = test::one_voxel();
  p.vesicles[0].size = {3, 0.12, 0.04};
  CellType a;
  a.name = "a";
  test::give_pathway(a);
  a.biogenesis->calcium = 2.3;
  a.variation = {{Rate("k_det"), 0.5}};
  p.cell_types = {a};
  test::Scene s = test::alone(with_size_bins(p), {0, 0});
  const Biogenesis& b = *a.biogenesis;
  std::array<double, 2> comes_off{};
  for (const std::int64_t id : {0, 1}) {
    double docked = 0.0;
    for (std::size_t route = 0; route < ilv_routes; ++route) docked += test::at(s, CellArray::ilvs_docked, route, id);
    const double caught = b.tethered * b.fusion * 2.3 * docked, held = test::at(s, CellArray::tethered, 0, id);
    for (std::size_t f = 1; f < 3; ++f) EXPECT_NEAR(test::at(s, CellArray::tethered, f, id), held, 1e-10 * held);
    comes_off[static_cast<std::size_t>(id)] = caught / (3.0 * held);
    // What comes off in a step is what its own rates say.
    EXPECT_GT(comes_off[static_cast<std::size_t>(id)], b.reinternalisation);
  }
  EXPECT_GT(std::abs(comes_off[0] / comes_off[1] - 1.0), 1e-3);
  const std::array before{test::at(s, CellArray::tethered, 0, 0), test::at(s, CellArray::tethered, 0, 1)};
  test::step(s, 60.0);  // it is where it settles
  for (const std::size_t id : {std::size_t{0}, std::size_t{1}})
    EXPECT_NEAR(test::at(s, CellArray::tethered, 0, static_cast<std::int64_t>(id)), before[id], 1e-4 * before[id]);
}

TEST(ExactStart, AStationaryFieldHasWhatGetsAwayFromItsCell) {
  // k_a/k_S = 0.8: the cell recaptures 0.8/1.8 of its release and takes up K C, K = k_S 0.8/1.8; releasing three times
  // as much later on changes nothing now.
  Parameters p = test::one_voxel();
  p.vesicles[0].decay = 2e-4;
  CellType cell = test::donor_type("cell", 0.3);
  cell.receptors = 40.0;
  cell.recipient["exosome"] = test::no_uptake();
  p.cell_types = {cell};
  p.perturbations = {
      {.label = "later", .changes = {{Rate("secretion"), 3.0}}, .cell_types = {}, .from = 100000, .until = {}}};
  const double resistance = test::resistance(test::alone(p, {0}));
  p.cell_types[0].recipient["exosome"].k_on = 0.8 / (40.0 * resistance);
  test::Scene s = test::alone(p, {0});
  static_cast<void>(start_stationary(s.state, s.model, s.site, s.seats));
  const double clearance = 0.8 / 1.8 / resistance, fluid = 0.23 * 216000.0;
  EXPECT_NEAR(test::free_in(s, 0), 0.3 / 1.8 / (2e-4 + clearance / fluid), 1e-9);
}

}  // namespace vesicast::exact_start_test
