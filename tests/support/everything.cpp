#include "tests/support/everything.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "src/base/random.hpp"
#include "src/parameters/size_bins.hpp"

namespace vesicast::test {

Parameters everything(const Index3& voxels) {
  Parameters p = test::parameters_of(voxels, 15.0, 2.0);
  p.vesicles[0].decay = 1e-5;
  p.vesicles[0].initial_concentration = 1e-4;
  p.vesicles[0].cargo["miR-21"] = 0.01;
  VesicleClass micro = p.vesicles[0];
  micro.name = "microvesicle";
  micro.diffusivity = 0.4;
  micro.matrix = MatrixBinding{.k_on = 1.66e-3, .k_off = 1e-3, .sites = 1.2, .sites_map = {}};
  p.vesicles.push_back(micro);
  for (VesicleClass& v : p.vesicles) {
    v.boundary[0].fill({BoundaryKind::periodic, 0.0});
    v.boundary[1] = {{{BoundaryKind::open, 0.0}, {BoundaryKind::fixed, 3e-4}}};
  }
  p.cargo.push_back({"miR-21", 1e-5});
  CellType a = test::recipient_type("a"), b = test::recipient_type("b"), c = test::recipient_type("c");
  for (CellType* t : {&a, &b, &c}) {
    Uptake& u = t->recipient["exosome"];
    u.fluid = 0.11;
    u.lysosome_share = 0.4;
    // No two constants alike, so that one in the place of another is seen.
    u.k_off = 6e-4;
    u.k_endocytosis = 1.1e-3;
    Uptake& of_micro = t->recipient["microvesicle"] = u;
    of_micro.k_on = 1.3e-3;
    of_micro.k_endocytosis = 0.8e-3;
    of_micro.fluid = 0.13;
    of_micro.lysosome_share = 0.3;
  }
  p.vesicles[0].cd47 = 0.6;
  p.vesicles[1].cluster = 0.35;
  a.donor["exosome"] = {0.05, ReleaseMode::constant, 30.0};
  a.donor["microvesicle"] = {0.01, ReleaseMode::poisson, 1.0};
  b.donor["exosome"] = {0.02, ReleaseMode::poisson, 30.0};
  b.receptors = 20.0;  // saturates
  VesicleClass ectosome = p.vesicles[0];
  ectosome.name = "ectosome";
  ectosome.initial_concentration = 0.0;
  ectosome.boundary[1].fill({BoundaryKind::open, 0.0});
  ectosome.size = {1, 0.1, 0.03};
  test::give_pathway(c, 30.0, "microvesicle", "ectosome");
  c.biogenesis->ectosome_cargo = "EGFR";
  test::give_populations(c);
  a.polarised = Polarised{0, 1, 0.5};
  c.polarised = Polarised{1, 0, 0.7};
  // A class in size bins, and a soluble factor with receptors of its own.
  p.vesicles[1].size = {3, 0.25, 0.13};
  VesicleClass factor;
  factor.name = "factor";
  factor.substance = Substance::soluble;
  factor.diffusivity = 100.0;
  factor.boundary = p.vesicles[0].boundary;
  p.vesicles.push_back(factor);
  p.vesicles.push_back(ectosome);
  b.donor["factor"].rate = 3.0;
  Uptake own = test::no_uptake();
  own.k_on = 0.01;
  own.k_off = 1.5e-3;
  own.k_internalisation = 2e-3;
  c.recipient["factor"] = own;
  c.factor_receptors["factor"] = 200.0;
  for (CellType* t : {&b, &c})
    t->variation = {
        {Rate("k_on"), 0.4}, {Rate("k_bf"), 0.3}, {Rate("secretion"), 0.5}, {Rate("k_lys"), 0.3}, {std::nullopt, 0.5}};
  // Cargo of their own, which recipients send on; a response that makes cells of one type become another.
  p.cargo.push_back({"miR-155", 1.4e-5});
  p.cargo.push_back({"EGFR", 1.7e-5, CargoKind::membrane});
  p.vesicles[0].size = {1, 0.1, 0.03};
  for (CellType* t : {&a, &b, &c}) {
    t->cargo["miR-155"] = {.copies = t == &a ? 1e5 : 1e6, .synthesis = {}, .sorting = {9.0, 9.0, 9.0, 9.0}};
    t->cargo["EGFR"] = {.copies = 1e5, .synthesis = 0.1};
    t->recipient["exosome"].k_fusion = 1e-4;
    t->recipient["microvesicle"].k_fusion = 0.7e-4;
  }
  a.responses["PTEN"] = {.cargo = "miR-155", .half = 1.0, .decay = 1e-2};
  a.becomes = PhenotypeSwitch{"c", "PTEN", false, 0.9, 60.0};
  b.responses["MYC"] = {.cargo = "EGFR", .kind = ResponseKind::activation, .half = 1e5, .hill = 2.0, .decay = 1e-3};
  b.variation = {{Rate("k_on"), 0.4}, {std::nullopt, 0.3}};
  c.variation = {{Rate("k_fus"), 0.5}, {Rate("k_endo"), 0.3}};
  p.cell_types = {a, b, c};
  // Rates that change on the way, in some types or in all, and in the matrix; one edge between two steps.
  p.perturbations = {{.label = "one type",
                      .changes = {{Rate("k_off"), 5.0}, {Rate("k_on"), 0.3}},
                      .cell_types = {"b"},
                      .from = 100000,
                      .until = 615000},
                     {.label = "donors",
                      .changes = {{Rate("k_fus"), 3.0}, {Rate("v_CER"), 0.4}, {Rate("Ca"), 4.0}, {Rate("k_bfD"), 2.0}},
                      .cell_types = {"c"},
                      .from = 200000,
                      .until = 700000},
                     {.label = "all",
                      .changes = {{Rate("secretion"), 2.0}, {Rate("kon_e"), 3.0}, {Rate("acidity"), 0.0}},
                      .cell_types = {},
                      .from = 300000,
                      .until = {}}};
  return with_size_bins(p);
}

Parameters everything_with_a_switch(const Index3& voxels) {
  Parameters p = everything(voxels);
  p.cell_types[0].becomes->threshold = 1.5;  // below which they are from the first
  return p;
}

std::vector<PlacedCell> cells_of(const Parameters& p, int count) {
  const Grid grid = make_grid(p.domain);
  std::vector<PlacedCell> cells;
  Draws draws({2, Purpose::placement_jitter, 0, 0, 0});
  for (int i = 0; i < count; ++i) {
    Vector3 x{};
    for (std::size_t a = 0; a < 3; ++a) x[a] = draws.uniform() * grid.length(a);
    cells.push_back({i, x, i % 3});
  }
  return cells;
}

void expect_whole_numbers(const State& u, bool all_by_pathways) {
  for (std::size_t a = 0; a < cell_array_count; ++a) {
    const auto array = static_cast<CellArray>(a);
    const ArrayInfo& about = cell_arrays[a];
    const bool in_mvbs = array >= CellArray::in_maturing_membranes && array <= CellArray::loaded_amphisome;
    const bool of_donors = about.scope == Scope::cell || about.scope == Scope::cell_route || in_mvbs ||
                           (array == CellArray::secreted && all_by_pathways) || array == CellArray::tethered ||
                           array == CellArray::detached || array == CellArray::reinternalised ||
                           array == CellArray::synthesised || array == CellArray::digested_cargo;
    if (!of_donors) continue;
    for (std::size_t which = 0; which < u.cells.count(array); ++which)
      for (const double x : u.cells.at(array, which))
        EXPECT_TRUE(x >= 0.0 && x == std::floor(x)) << about.name << ": " << x;
  }
}

}  // namespace vesicast::test
