// What there is at t = 0, by hand.
#include <gtest/gtest.h>

#include "src/parameters/vesicle_geometry.hpp"
#include "tests/support/one_voxel.hpp"

using namespace vesicast;

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
