// Cells of shapes: density, exact counts and mixes, separation, what is kept out, and what cannot be placed.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "decomposition/base/error.hpp"
#include "src/parameters/parameters.hpp"
#include "src/tissue/lattice.hpp"
#include "src/tissue/placement.hpp"
#include "src/tissue/shapes.hpp"
#include "src/tissue/spots.hpp"

namespace vesicast::tissue_placement_test {
namespace {

constexpr double per_ml = 1e-12;  // [1/um^3]
const Grid block{{60, 60, 20}, {10.0, 10.0, 10.0}, 3};
const Grid section{{150, 120, 1}, {10.0, 10.0, 12.0}, 2};

CellGroup group_of(Shape shape, double density, std::int64_t count = -1) {
  CellGroup group;
  group.types = {{"tumour", 1.0}};
  group.shape = shape;
  group.density = density;
  group.count = count;
  group.centre = {300, 300, 100};
  group.radius = 90;
  group.inner_radius = 50;
  group.lower = {30, 40, 50};
  group.upper = {430, 241, 163};
  group.axis = 1;
  group.from = 250;
  group.to = 355;
  return group;
}

Parameters parameters_of(std::vector<CellGroup> groups, std::uint64_t seed = 1) {
  Parameters parameters;
  parameters.run.seed = seed;
  for (const char* name : {"macrophage", "tumour", "stroma"}) {
    CellType type;
    type.name = name;
    parameters.cell_types.push_back(type);
  }
  parameters.tissue = std::move(groups);
  return parameters;
}

std::vector<PlacedCell> place(const std::vector<CellGroup>& groups, const Grid& grid, std::uint64_t seed = 1) {
  return place_cells(parameters_of(groups, seed), grid, std::vector<std::vector<PlacedCell>>(groups.size()));
}

std::string refusal(const std::vector<CellGroup>& groups, const Grid& grid) {
  try {
    (void)place(groups, grid);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

double smallest_distance(const std::vector<PlacedCell>& cells) {
  double smallest = std::numeric_limits<double>::infinity();
  for (std::size_t a = 0; a < cells.size(); ++a)
    for (std::size_t b = 0; b < a; ++b) {
      const Vector3 &p = cells[a].position, &q = cells[b].position;
      smallest = std::min(smallest, std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]));
    }
  return smallest;
}

bool same(const std::vector<PlacedCell>& a, const std::vector<PlacedCell>& b) {
  const auto equal = [](const PlacedCell& x, const PlacedCell& y) {
    return x.id == y.id && x.position == y.position && x.type == y.type;
  };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), equal);
}

class Density : public testing::TestWithParam<Shape> {};

TEST_P(Density, InThreeDimensionsIsWithinTwoPercent) {
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U}) {
    const CellGroup group = group_of(GetParam(), 5e8 * per_ml);
    const auto cells = place({group}, block, seed);
    EXPECT_NEAR(static_cast<double>(cells.size()) / (group.density * *clipped_volume(group, block)), 1.0, 0.02);
    for (const PlacedCell& cell : cells) ASSERT_TRUE(inside(group, cell.position, block));
  }
}

TEST_P(Density, InTwoDimensionsIsWithinTwoPercent) {
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U}) {
    CellGroup group = group_of(GetParam(), 5e8 * per_ml);
    group.radius = 280;
    group.inner_radius = 100;
    const auto cells = place({group}, section, seed);
    EXPECT_NEAR(static_cast<double>(cells.size()) / (group.density * *clipped_volume(group, section)), 1.0, 0.02);
    for (const PlacedCell& cell : cells) {
      ASSERT_TRUE(inside(group, cell.position, section));
      ASSERT_EQ(cell.position[2], 6.0);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(TissuePlacement, Density,
                         testing::Values(Shape::domain, Shape::box, Shape::spheroid, Shape::shell, Shape::layer));

TEST(TissuePlacement, TissueDensitiesBeyondRandomAdditionKeepTheirSeparation) {
  for (const double density : {1e8, 3e8, 1e9}) {
    const auto cells = place({group_of(Shape::spheroid, density * per_ml)}, block);
    EXPECT_GE(smallest_distance(cells), minimum_separation(density * per_ml, block) * (1 - 1e-9));
    const auto flat = place({group_of(Shape::spheroid, density * per_ml)}, section);
    EXPECT_GE(smallest_distance(flat), minimum_separation(density * per_ml, section) * (1 - 1e-9));
  }
}

TEST(TissuePlacement, IsAPureFunctionOfSeedAndParameters) {
  const std::vector<CellGroup> groups{group_of(Shape::spheroid, 3e8 * per_ml), group_of(Shape::layer, 0, 500)};
  EXPECT_TRUE(same(place(groups, block), place(groups, block)));
  EXPECT_FALSE(same(place(groups, block, 1), place(groups, block, 2)));
}

TEST(TissuePlacement, VoxelsDoNotMatter) {
  const Grid fine{{120, 120, 40}, {5.0, 5.0, 5.0}, 3};
  EXPECT_TRUE(
      same(place({group_of(Shape::shell, 3e8 * per_ml)}, block), place({group_of(Shape::shell, 3e8 * per_ml)}, fine)));
}

TEST(TissuePlacement, IdsRunThroughAllGroupsInOrder) {
  CellGroup second = group_of(Shape::box, 0, 20);
  second.types = {{"stroma", 1.0}};
  const auto cells = place({group_of(Shape::spheroid, 0, 30), second}, block);
  ASSERT_EQ(cells.size(), 50U);
  for (std::size_t n = 0; n < cells.size(); ++n) {
    EXPECT_EQ(cells[n].id, static_cast<std::int64_t>(n));
    EXPECT_EQ(cells[n].type, n < 30 ? 1 : 2);
  }
}

TEST(TissuePlacement, CountIsExact) {
  for (const Shape shape : {Shape::domain, Shape::box, Shape::spheroid, Shape::shell, Shape::layer})
    for (const std::int64_t count : {1, 2, 7, 100, 1234})
      for (const std::uint64_t seed : {1U, 2U}) {
        EXPECT_EQ(place({group_of(shape, 0, count)}, block, seed).size(), static_cast<std::size_t>(count));
        EXPECT_EQ(place({group_of(shape, 0, count)}, section, seed).size(), static_cast<std::size_t>(count));
      }
}

TEST(TissuePlacement, CountSpreadsOverTheWholeShape) {
  const auto cells = place({group_of(Shape::domain, 0, 2000)}, block);
  Vector3 mean{};
  for (const PlacedCell& cell : cells)
    for (std::size_t a = 0; a < 3; ++a) mean[a] += cell.position[a] / 2000.0;
  for (std::size_t a = 0; a < 3; ++a) EXPECT_NEAR(mean[a] / block.length(a), 0.5, 0.01);
  // Vacancies are few: the separation is nearly that of a lattice of this very density.
  EXPECT_GT(smallest_distance(cells), 0.95 * minimum_separation(2000 / (600.0 * 600 * 200), block));
}

TEST(TissuePlacement, OneCellFitsAnywhere) {
  CellGroup point = group_of(Shape::spheroid, 0, 1);
  point.radius = 0.01;
  const auto cells = place({point}, block);
  ASSERT_EQ(cells.size(), 1U);
  EXPECT_NEAR(cells[0].position[0], 300.0, 0.01);
}

TEST(TissuePlacement, MixIsExact) {
  CellGroup group = group_of(Shape::domain, 0, 100);
  group.types = {{"tumour", 0.7}, {"macrophage", 0.3}};
  const auto of_type = [](const std::vector<PlacedCell>& cells, int type) {
    return std::count_if(cells.begin(), cells.end(), [&](const PlacedCell& c) { return c.type == type; });
  };
  const auto cells = place({group}, block);
  EXPECT_EQ(of_type(cells, 0), 30);
  EXPECT_EQ(of_type(cells, 1), 70);
  // Dealt over the whole shape: each half of it holds about half of the macrophages.
  group.count = 4000;
  const auto many = place({group}, block);
  EXPECT_EQ(of_type(many, 0), 1200);
  const auto left =
      std::count_if(many.begin(), many.end(), [](const PlacedCell& c) { return c.type == 0 && c.position[0] < 300; });
  EXPECT_NEAR(static_cast<double>(left), 600.0, 60.0);
}

TEST(TissuePlacement, OutsideLeavesANamedShapeFree) {
  CellGroup nodule = group_of(Shape::spheroid, 3e8 * per_ml);
  nodule.name = "nodule";
  CellGroup stroma = group_of(Shape::domain, 1e8 * per_ml);
  stroma.types = {{"stroma", 1.0}};
  stroma.outside = {"nodule"};
  for (const bool first : {true, false}) {  // the other shape may come before or after
    const auto cells = first ? place({nodule, stroma}, block) : place({stroma, nodule}, block);
    const auto stromal = std::count_if(cells.begin(), cells.end(), [](const PlacedCell& c) { return c.type == 2; });
    const double volume = *clipped_volume(stroma, block) - *clipped_volume(nodule, block);
    EXPECT_NEAR(static_cast<double>(stromal) / (stroma.density * volume), 1.0, 0.02);
    for (const PlacedCell& c : cells) ASSERT_EQ(inside(nodule, c.position, block), c.type == 1);
  }
  stroma.density = 0.0;
  stroma.count = 777;
  const auto cells = place({stroma, nodule}, block);
  EXPECT_EQ(std::count_if(cells.begin(), cells.end(), [](const PlacedCell& c) { return c.type == 2; }), 777);
}

TEST(TissuePlacement, NoCellStandsOnOneOfAnotherGroup) {
  // So many cells in a small box that lattices clash somewhere.
  CellGroup first = group_of(Shape::box, 0.2);
  first.lower = {10, 10, 10};
  first.upper = {30, 30, 30};
  CellGroup second = first;
  second.density = 0.0;
  second.count = 1500;
  const auto cells = place({first, second}, block);
  EXPECT_GE(smallest_distance(cells), spot_radius);
  EXPECT_EQ(cells.size(), place({first}, block).size() + 1500);

  CellGroup third = first;
  const auto crowded = place({first, third}, block);
  EXPECT_LT(crowded.size(), 2 * place({first}, block).size());  // some sites were dropped
  EXPECT_GE(smallest_distance(crowded), spot_radius);
}

TEST(TissuePlacement, TablesKeepTheirCellsAndShapesMakeRoom) {
  CellGroup table;
  table.from_table = true;
  table.file = "cells.csv";
  CellGroup shape = group_of(Shape::spheroid, 3e8 * per_ml);
  const auto alone = place({shape}, block);
  // A measured cell beside every tenth cell that the shape would have.
  std::vector<PlacedCell> measured;
  for (std::size_t n = 0; n < alone.size(); n += 10) {
    PlacedCell cell = alone[n];
    cell.position[0] += 0.3;
    cell.type = 0;
    measured.push_back(cell);
  }
  const auto cells = place_cells(parameters_of({shape, table}), block, {{}, measured});
  ASSERT_EQ(cells.size(), alone.size());  // as many left out as measured
  for (std::size_t n = 0; n < measured.size(); ++n) {
    const PlacedCell& cell = cells[cells.size() - measured.size() + n];
    EXPECT_EQ(cell.position, measured[n].position);
    EXPECT_EQ(cell.type, 0);
  }
  EXPECT_EQ(cells.back().id, static_cast<std::int64_t>(cells.size()) - 1);
  EXPECT_GE(smallest_distance(cells), spot_radius);
}

TEST(TissuePlacement, WhatCannotBePlacedIsRefused) {
  CellGroup tiny = group_of(Shape::spheroid, 0, 5000);
  tiny.name = "nodule";
  tiny.radius = 2.0;
  const std::string message = refusal({tiny}, block);
  EXPECT_NE(message.find("tissue.cells.0 (nodule): count is 5000, but only "), std::string::npos) << message;
  // The number it names does fit, and one more does not.
  const std::int64_t fit = std::stoll(message.substr(message.find("only ") + 5));
  tiny.count = fit;
  EXPECT_EQ(place({tiny}, block).size(), static_cast<std::size_t>(fit));
  tiny.count = fit + 1;
  EXPECT_NE(refusal({tiny}, block), "no error");

  CellGroup sparse = group_of(Shape::spheroid, 1e4 * per_ml);
  sparse.name = "nodule";
  EXPECT_NE(refusal({sparse}, block).find("tissue.cells.0 (nodule): no cell: 1e+04 /ml in"), std::string::npos);

  CellGroup away = group_of(Shape::spheroid, 3e8 * per_ml);
  away.centre = {1000, 300, 100};
  EXPECT_EQ(refusal({away}, block), "tissue.cells.0: no cell: the shape lies outside the domain");

  EXPECT_EQ(refusal({group_of(Shape::box, 0, 0)}, block), "tissue.cells.0: no cell: count is 0");
  EXPECT_NE(refusal({group_of(Shape::box, 0)}, block).find("neither density nor count is above 0"), std::string::npos);
  EXPECT_NE(refusal({group_of(Shape::box, 1e14 * per_ml)}, block).find("closer than 0.5 um"), std::string::npos);
  EXPECT_NE(refusal({group_of(Shape::box, 0, 2'000'000'000)}, block).find("count is 2000000000; at most"),
            std::string::npos);

  CellGroup layer = group_of(Shape::layer, 3e8 * per_ml);
  layer.axis = 2;
  EXPECT_EQ(refusal({layer}, section), "tissue.cells.0: a layer across z needs a 3-D domain");
}

TEST(TissuePlacement, NamesThatDoNotExistAreRefusedAllAtOnce) {
  CellGroup type = group_of(Shape::domain, 3e8 * per_ml);
  type.types = {{"tumor", 1.0}};
  CellGroup outside = group_of(Shape::domain, 3e8 * per_ml);
  outside.outside = {"nodul"};
  EXPECT_EQ(refusal({type, outside}, block),
            "tissue.cells.0: cell type \"tumor\" is not defined\n"
            "tissue.cells.1: outside: no group is named \"nodul\"");
}

TEST(TissuePlacement, ASpaceThatIsAllKeptOutOfHasNoCell) {
  CellGroup everything = group_of(Shape::domain, 1e8 * per_ml);
  everything.name = "everything";
  CellGroup none = group_of(Shape::spheroid, 3e8 * per_ml);
  none.outside = {"everything"};
  EXPECT_NE(refusal({everything, none}, block).find("tissue.cells.1: no cell"), std::string::npos);
  none.density = 0;
  none.count = 10;
  EXPECT_NE(refusal({everything, none}, block).find("tissue.cells.1: count is 10, but none fit"), std::string::npos);
}

TEST(TissuePlacement, AMillionCellsTakeSeconds) {
  const Grid large{{150, 150, 150}, {10.0, 10.0, 10.0}, 3};
  CellGroup mixed = group_of(Shape::domain, 0, 900'000);
  mixed.types = {{"tumour", 0.7}, {"macrophage", 0.3}};
  const auto start = std::chrono::steady_clock::now();
  const auto cells = place({mixed, group_of(Shape::domain, 4e7 * per_ml)}, large);
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  EXPECT_GT(cells.size(), 1'000'000U);
  RecordProperty("seconds", std::to_string(elapsed.count()));
  EXPECT_LT(elapsed.count(), 60.0);  // a few seconds; the bound leaves room for sanitizers on a busy machine
}

}  // namespace
}  // namespace vesicast::tissue_placement_test
