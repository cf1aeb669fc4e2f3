// Single steps whose outcome follows by hand: what happens when, what goes where, and what is drawn apart.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>
#include <set>

#include "src/parameters/size_bins.hpp"
#include "src/parameters/vesicle_geometry.hpp"
#include "tests/support/alone.hpp"

using namespace vesicast;

namespace {

/// One voxel of edge 60 um, so large that diffusion to a cell is not resolved.
Parameters one_voxel() {
  Parameters p = test::parameters_of({1, 1, 1}, 60.0, 0.7);
  p.domain.extracellular_fraction = 0.23;
  p.transport.tolerance = 1e-13;
  p.run.track_sources = false;
  return p;
}

double fold(double copies, const Response& r) {
  const double power = std::pow(copies / r.half, r.hill);
  return 1.0 + (r.fold - 1.0) * power / (1.0 + power);
}

/// A cell type with a cargo that is neither made nor lost but by `decay`, and one response to it.
Parameters responding(ResponseKind kind, double decay) {
  Parameters p = one_voxel();
  p.cargo = {{"miR", decay}};
  CellType a;
  a.name = "a";
  a.cargo["miR"] = {.copies = 500.0, .synthesis = 0.0};
  a.responses["PTEN"] = {.cargo = "miR", .kind = kind, .fold = 3.5, .half = 300.0, .hill = 1.7, .decay = 1.1e-3};
  p.cell_types = {a};
  return p;
}

}  // namespace

TEST(ExactStep, RespondsInBothHalves) {
  // dm/dt = d (fold(500) - fold(Q) m) relative to rest, or d (fold(Q)/fold(500) - m), with Q throughout.
  for (const ResponseKind kind : {ResponseKind::repression, ResponseKind::activation}) {
    const Parameters p = responding(kind, 0.0);
    const Response& r = p.cell_types[0].responses.at("PTEN");
    test::Scene s = test::alone(p, {0});
    EXPECT_DOUBLE_EQ(test::at(s, CellArray::response), 1.0);
    test::at(s, CellArray::cytosol) = 900.0;
    test::at(s, CellArray::response) = 0.4;
    test::step(s, 700.0);
    const bool represses = kind == ResponseKind::repression;
    const double settles = represses ? fold(500.0, r) / fold(900.0, r) : fold(900.0, r) / fold(500.0, r);
    const double rate = represses ? r.decay * fold(900.0, r) : r.decay;
    EXPECT_NEAR(test::at(s, CellArray::response), settles + (0.4 - settles) * std::exp(-rate * 700.0), 1e-13);
  }
}

TEST(ExactStep, RespondsToTheCargoOfTheMiddle) {
  // R(dt/2) before the first response, R(dt/2) after the second: both see the copies of the middle of the step.
  const Parameters p = responding(ResponseKind::repression, 7e-4);
  const Response& r = p.cell_types[0].responses.at("PTEN");
  test::Scene s = test::alone(p, {0});
  test::at(s, CellArray::cytosol) = 900.0;
  test::at(s, CellArray::response) = 0.4;
  test::step(s, 800.0);
  const double middle = 900.0 * std::exp(-7e-4 * 400.0), rate = r.decay * fold(middle, r);
  const double settles = fold(500.0, r) / fold(middle, r);
  EXPECT_NEAR(test::at(s, CellArray::response), settles + (0.4 - settles) * std::exp(-rate * 800.0), 1e-13);
  EXPECT_NEAR(test::at(s, CellArray::cytosol), 900.0 * std::exp(-7e-4 * 800.0), 1e-10);
  EXPECT_NEAR(test::at(s, CellArray::decayed_in_cell), 900.0 * (1.0 - std::exp(-7e-4 * 800.0)), 1e-10);
}

TEST(ExactStep, CellsBeginWhereTheirCargoSettles) {
  // 500 copies are kept against a decay of 7e-4/s and as much loss with vesicles. A cell that sorts nothing from t = 0
  // on holds 1000 where it settles, begins there, and at the level that goes with it.
  Parameters p = responding(ResponseKind::repression, 7e-4);
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
  EXPECT_NEAR(test::at(s, CellArray::response, 0, 1), fold(500.0, r) / fold(1000.0, r), 1e-4);
  test::steps(s, 600.0, 60);
  EXPECT_NEAR(test::at(s, CellArray::cytosol, 0, 0), 500.0, 0.1);
  EXPECT_NEAR(test::at(s, CellArray::cytosol, 0, 1), 1000.0, 0.1);
  for (const std::int64_t id : {0, 1})
    EXPECT_NEAR(test::at(s, CellArray::synthesised, 0, id), 500.0 * 14e-4 * 600.0, 0.1);
}

TEST(ExactStep, ACellThatIsGivenItsSynthesisRestsWhereThatLeads) {
  Parameters p = responding(ResponseKind::repression, 7e-4);
  p.cell_types[0].cargo["miR"] = {.copies = {}, .synthesis = 0.35};
  test::Scene s = test::alone(p, {0});
  EXPECT_NEAR(test::at(s, CellArray::cytosol), 500.0, 1e-6);
  EXPECT_NEAR(test::at(s, CellArray::response), 1.0, 1e-12);
}

TEST(ExactStep, TheMatrixBindsInBothHalves) {
  // N' = -a N + b N_b, no diffusion and no decay: M(dt/2) T M(dt/2) is M(dt).
  Parameters p = one_voxel();
  p.vesicles[0].initial_concentration = 1e-2;
  p.vesicles[0].matrix = MatrixBinding{.k_on = 1.9e-3, .k_off = 1.4e-3, .sites = 0.6, .sites_map = {}};
  test::Scene s = test::alone(p, {});
  const double all = test::free_in(s, 0), a = 1.9e-3 * 0.6, b = 1.4e-3;
  EXPECT_NEAR(all, 1e-2 * 0.23 * 60.0 * 60.0 * 60.0, 1e-9 * all);
  test::step(s, 500.0);
  const double bound = all * a / (a + b) * (1.0 - std::exp(-(a + b) * 500.0));
  EXPECT_NEAR(test::on_matrix(s, 0), bound, 1e-11 * all);
  EXPECT_NEAR(test::free_in(s, 0), all - bound, 1e-11 * all);
}

namespace {

/// a becomes b when its level has been beyond 0.95 for 250 s, and b becomes c likewise; levels stay where they are put.
Parameters switching(bool above, double first_receptors = 100.0, double then_receptors = 100.0) {
  Parameters p = responding(ResponseKind::repression, 0.0);
  CellType& a = p.cell_types[0];
  a.responses["PTEN"].decay = 0.0;
  a.receptors = first_receptors;
  a.donor["exosome"].rate = 0.0;
  p.vesicles[0].size = {1, 0.1, 0.0};
  VesicleClass micro = p.vesicles[0];
  micro.name = "microvesicle";
  p.vesicles.push_back(micro);
  a.recipient["exosome"] = a.recipient["microvesicle"] = test::no_uptake();
  CellType b = a, c = a;
  b.name = "b";
  c.name = "c";
  b.receptors = c.receptors = then_receptors;
  b.cargo["miR"] = {.copies = 100.0, .synthesis = 0.0};
  b.responses["PTEN"].fold = 5.5;
  b.responses["PTEN"].half = 200.0;
  c.responses.clear();
  a.becomes = PhenotypeSwitch{"b", "PTEN", above, 0.95, 250.0};
  b.becomes = PhenotypeSwitch{"c", "PTEN", above, 0.95, 250.0};
  p.cell_types = {a, b, c};
  return p;
}

}  // namespace

TEST(ExactPhenotype, HoldsForItsTimeBeyondTheThreshold) {
  for (const bool above : {false, true}) {
    test::Scene s = test::alone(switching(above), {0});
    test::at(s, CellArray::response) = above ? 1.5 : 0.6;
    for (const double held : {100.0, 200.0}) {
      test::step(s, 100.0);
      EXPECT_EQ(test::type_of(s), "a") << above;
      EXPECT_DOUBLE_EQ(test::at(s, CellArray::held), held) << above;
    }
    test::step(s, 100.0);  // 300 s
    EXPECT_EQ(test::type_of(s), "b") << above;
    EXPECT_EQ(test::at(s, CellArray::held), 0.0);
    for (const double held : {100.0, 200.0}) {
      test::step(s, 100.0);
      EXPECT_EQ(test::type_of(s), "b") << above;
      EXPECT_DOUBLE_EQ(test::at(s, CellArray::held), held) << above;
    }
    test::step(s, 100.0);
    EXPECT_EQ(test::type_of(s), "c") << above;
  }
}

TEST(ExactPhenotype, StaysWhileTheLevelIsOnTheOtherSide) {
  for (const bool above : {false, true}) {
    test::Scene s = test::alone(switching(above), {0});
    test::at(s, CellArray::response) = above ? 0.94 : 0.96;
    for (int i = 0; i < 5; ++i) test::step(s, 100.0);
    EXPECT_EQ(test::type_of(s), "a") << above;
    EXPECT_EQ(test::at(s, CellArray::held), 0.0);
  }
}

TEST(ExactPhenotype, ForgetsTheTimeOnceTheLevelComesBack) {
  test::Scene s = test::alone(switching(false), {0});
  test::at(s, CellArray::response) = 0.6;
  test::step(s, 100.0);
  test::step(s, 100.0);
  test::at(s, CellArray::response) = 0.97;
  test::step(s, 100.0);
  EXPECT_EQ(test::at(s, CellArray::held), 0.0);
  test::at(s, CellArray::response) = 0.6;
  test::step(s, 100.0);
  test::step(s, 100.0);
  EXPECT_EQ(test::type_of(s), "a");
  test::step(s, 100.0);
  EXPECT_EQ(test::type_of(s), "b");
}

TEST(ExactPhenotype, GivesBackWhatItsNewReceptorsCannotHold) {
  // 60 and 30 bound where 40 may be: five ninths of each, and of the copies in them, go back into the voxel.
  test::Scene s = test::alone(switching(false, 100.0, 40.0), {0});
  const std::size_t exosome = test::field_of(s, "exosome"), micro = test::field_of(s, "microvesicle"),
                    copies = test::field_of(s, "exosome", "miR");
  test::at(s, CellArray::response) = 0.6;
  test::at(s, CellArray::bound, exosome) = 60.0;
  test::at(s, CellArray::bound, micro) = 30.0;
  test::at(s, CellArray::bound, copies) = 12.6;
  test::step(s, 100.0);
  test::step(s, 100.0);
  EXPECT_EQ(test::at(s, CellArray::bound, exosome), 60.0);
  test::step(s, 100.0);
  ASSERT_EQ(test::type_of(s), "b");
  for (const auto& [field, bound] : {std::pair(exosome, 60.0), std::pair(micro, 30.0), std::pair(copies, 12.6)}) {
    EXPECT_NEAR(test::at(s, CellArray::bound, field), bound * 4.0 / 9.0, 1e-12);
    EXPECT_NEAR(test::at(s, CellArray::returned, field), bound * 5.0 / 9.0, 1e-12);
    EXPECT_NEAR(test::free_in(s, field), bound * 5.0 / 9.0, 1e-12);
  }
}

TEST(ExactPhenotype, TellsItsLevelsRelativeToTheNewType) {
  // The level itself is 1/fold of the copies at rest: 500 in a, 100 in b, each by its own Hill function.
  const Parameters p = switching(false);
  test::Scene s = test::alone(p, {0});
  test::at(s, CellArray::response) = 0.6;
  for (int i = 0; i < 3; ++i) test::step(s, 100.0);
  ASSERT_EQ(test::type_of(s), "b");
  const double in_a = fold(500.0, p.cell_types[0].responses.at("PTEN")),
               in_b = fold(100.0, p.cell_types[1].responses.at("PTEN"));
  EXPECT_NEAR(test::at(s, CellArray::response), 0.6 / in_a * in_b, 1e-13);
}

TEST(ExactExchange, AFullCellGivesItsSurplusBack) {
  // Ten receptors, k_a/k_S = 9 when all are free, 15 vesicles released in a step of 10 s at the cell's own surface. In
  // the middle 10 - 0.9 15/2 = 3.25 receptors are free: k_a/k_S = 2.925 recaptures 2.925/3.925 of the release, and some
  // of the rest is bound from the voxel. That is more than ten.
  Parameters p = one_voxel();
  CellType cell;
  cell.name = "full";
  cell.receptors = 10.0;
  cell.donor["exosome"].rate = 1.5;
  cell.recipient["exosome"] = test::no_uptake();
  p.cell_types = {cell};
  const double resistance = test::resistance(*std::make_unique<test::Scene>(test::alone(p, {0})));
  ASSERT_GT(resistance, 0.0);
  p.cell_types[0].recipient["exosome"].k_on = 0.9 / resistance;
  test::Scene s = test::alone(p, {0});
  test::step(s, 10.0);
  const double recaptured = 15.0 * 2.925 / 3.925, clearance = 2.925 / resistance / 3.925,
               kappa = clearance / (0.23 * 60.0 * 60.0 * 60.0);
  const double left = (15.0 - recaptured) / (10.0 * kappa) * (1.0 - std::exp(-10.0 * kappa));
  const double bound = 15.0 - left, surplus = bound - 10.0;
  ASSERT_GT(surplus, 0.1);
  EXPECT_NEAR(test::at(s, CellArray::bound), 10.0, 1e-11);
  EXPECT_NEAR(test::free_in(s, 0), left + surplus, 1e-10);
  EXPECT_NEAR(test::at(s, CellArray::returned), surplus, 1e-10);
  EXPECT_NEAR(test::at(s, CellArray::recaptured), recaptured * (1.0 - surplus / bound), 1e-10);
  EXPECT_NEAR(test::at(s, CellArray::secreted), 15.0, 1e-12);
}

TEST(ExactExchange, UnbindingIsPredictedFromWhatIsRecapturedAndSettledByWhatBinds) {
  // 1000 receptors, 200 taken; 30 vesicles released in 10 s into an empty voxel. In the middle of the step
  // 800 + (unbinding - recapture) 5 s are free; they give recapture, clearance and unbinding of the whole step.
  Parameters p = one_voxel();
  CellType cell;
  cell.name = "cell";
  cell.receptors = 1000.0;
  cell.donor["exosome"].rate = 3.0;
  cell.recipient["exosome"] = test::no_uptake();
  cell.recipient["exosome"].k_off = 0.02;
  p.cell_types = {cell};
  const double resistance = test::resistance(*std::make_unique<test::Scene>(test::alone(p, {0})));
  const double per_receptor = 0.5 / 800.0;  // k_on/k_S
  p.cell_types[0].recipient["exosome"].k_on = per_receptor / resistance;
  test::Scene s = test::alone(p, {0});
  test::at(s, CellArray::bound) = 200.0;
  test::step(s, 10.0);
  const double emptying = 0.02 * 200.0 / 1.5 - 30.0 / 10.0 * 0.5 / 1.5, x = per_receptor * (800.0 + 5.0 * emptying);
  const double recaptured = 30.0 * x / (1.0 + x), clearance = x / resistance / (1.0 + x), off = 0.02 / (1.0 + x);
  const double gone = 1.0 - std::exp(-10.0 * off), of_inflow = 10.0 - gone / off;
  const double predicted = 200.0 * gone + recaptured / 10.0 * of_inflow, released = 30.0 - recaptured + predicted;
  const double kappa = clearance / (0.23 * 60.0 * 60.0 * 60.0),
               left = released / (10.0 * kappa) * (1.0 - std::exp(-10.0 * kappa));
  const double binds = released - left + recaptured, comes_off = 200.0 * gone + binds / 10.0 * of_inflow;
  ASSERT_GT(comes_off, predicted);
  EXPECT_NEAR(test::at(s, CellArray::bound), 200.0 + binds - comes_off, 1e-10);
  EXPECT_NEAR(test::free_in(s, 0), left + comes_off - predicted, 1e-10);
  EXPECT_NEAR(test::at(s, CellArray::returned), comes_off, 1e-10);
  EXPECT_NEAR(test::at(s, CellArray::recaptured), recaptured, 1e-11);
}

namespace {

/// A donor whose MVBs are all docked and do nothing but fuse, far from where its rates would settle.
Parameters fusing() {
  Parameters p = one_voxel();
  CellType donor;
  donor.name = "donor";
  Biogenesis b;
  b.exosome = "exosome";
  for (double Biogenesis::*rate :
       {&Biogenesis::inflow, &Biogenesis::maturation, &Biogenesis::transport, &Biogenesis::lysosome,
        &Biogenesis::autophagy, &Biogenesis::amphisome, &Biogenesis::docking, &Biogenesis::comes_back,
        &Biogenesis::undocking, &Biogenesis::back_fusion, &Biogenesis::microvesicles, &Biogenesis::ectosomes})
    b.*rate = 0.0;
  b.formation = {};
  b.steady_start = false;
  b.fusion = 2e-3;
  b.calcium = 1.5;
  b.tethered = 0.4;
  b.detachment = 7e-4;
  b.reinternalisation = 2e-4;
  donor.biogenesis = b;
  donor.donor["exosome"] = {.rate = 1.0, .mode = ReleaseMode::pathway};
  p.cell_types = {donor};
  return p;
}

}  // namespace

TEST(ExactRelease, TetherinHoldsABurstAndLetsItGoBothWays) {
  const double dt = 300.0, burst = 80.0 * (1.0 - std::exp(-2e-3 * 1.5 * dt));
  test::Scene s = test::alone(fusing(), {0});
  test::at(s, CellArray::docked_mvbs) = 4.0;
  test::at(s, CellArray::ilvs_docked, 0) = 50.0;
  test::at(s, CellArray::ilvs_docked, 2) = 30.0;
  test::at(s, CellArray::tethered) = 25.0;
  test::step(s, dt);
  // T' = 0.4 burst/dt - (k_det + k_reint) T
  const double leaves = 9e-4, stays = std::exp(-leaves * dt), caught = 0.4 * burst;
  const double held = 25.0 * stays + caught * (1.0 - stays) / (leaves * dt), off = 25.0 + caught - held;
  EXPECT_NEAR(test::at(s, CellArray::tethered), held, 1e-11);
  EXPECT_NEAR(test::at(s, CellArray::detached), off * 7.0 / 9.0, 1e-11);
  EXPECT_NEAR(test::at(s, CellArray::reinternalised), off * 2.0 / 9.0, 1e-11);
  EXPECT_NEAR(test::at(s, CellArray::degraded), off * 2.0 / 9.0, 1e-11);  // the cell takes up none of its class
  EXPECT_NEAR(test::at(s, CellArray::secreted), burst, 1e-11);
  EXPECT_NEAR(test::free_in(s, 0), 0.6 * burst + off * 7.0 / 9.0, 1e-10);
  EXPECT_NEAR(test::at(s, CellArray::fusions), 4.0 * burst / 80.0, 1e-12);
}

TEST(ExactRelease, WhatIsReinternalisedGoesToTheCellsOwnEndosomes) {
  Parameters p = fusing();
  Uptake u = test::no_uptake();
  u.k_recycling = 1.3e-3;
  p.cell_types[0].recipient["exosome"] = u;
  test::Scene s = test::alone(p, {0});
  test::at(s, CellArray::tethered) = 90.0;
  const double dt = 200.0, off = 90.0 * (1.0 - std::exp(-9e-4 * dt)), back_in = off * 2.0 / 9.0;
  test::step(s, dt);
  // E' = back_in/dt - k_rec E, from empty: what is there at the end.
  const double there = back_in / (1.3e-3 * dt) * (1.0 - std::exp(-1.3e-3 * dt));
  EXPECT_NEAR(test::at(s, CellArray::early_endosome), there, 1e-11);
  EXPECT_NEAR(test::at(s, CellArray::recycled), back_in - there, 1e-11);
  EXPECT_NEAR(test::free_in(s, 0), off * 7.0 / 9.0 + (back_in - there), 1e-10);
  EXPECT_EQ(test::at(s, CellArray::degraded), 0.0);
}

TEST(ExactRelease, AmphisomesAreSecretedWholeOrDigested) {
  Parameters p = fusing();
  Biogenesis& b = *p.cell_types[0].biogenesis;
  b.amphisome = 3e-3;
  b.amphisome_secreted = 0.3;
  test::Scene s = test::alone(p, {0});
  test::at(s, CellArray::amphisomes) = 5.0;
  test::at(s, CellArray::ilvs_amphisome, 1) = 70.0;
  test::step(s, 300.0);
  const double ended = 70.0 * (1.0 - std::exp(-3e-3 * 300.0));
  EXPECT_NEAR(test::at(s, CellArray::expelled), 0.3 * ended, 1e-11);
  EXPECT_NEAR(test::at(s, CellArray::ilvs_digested), 0.7 * ended, 1e-11);
  EXPECT_NEAR(test::at(s, CellArray::ilvs_released), 0.3 * ended, 1e-11);
  EXPECT_NEAR(test::free_in(s, 0), 0.3 * ended, 1e-10);
  EXPECT_EQ(test::at(s, CellArray::tethered), 0.0);
  EXPECT_NEAR(test::at(s, CellArray::secreted), 0.3 * ended, 1e-11);
}

namespace {

/// Donors and makers of cargo by chance, 64 in a voxel.
Parameters by_chance() {
  Parameters p = one_voxel();
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
  for (const std::size_t q : {0, 1})
    EXPECT_GT(std::ranges::count_if(first[q], [](double x) { return std::fmod(x, 2.0) == 1.0; }), 16);
  test::step(s, 100.0);
  for (std::size_t i = 0; i < arrays.size(); ++i) {
    std::vector<double> then = of_all(s, arrays[i].first, arrays[i].second);
    for (std::size_t c = 0; c < then.size(); ++c) then[c] -= first[i][c];
    EXPECT_TRUE(seen.insert(then).second) << "two steps are drawn alike";
  }
}

TEST(ExactDraws, PopulationsOfMvbsAreDrawnApart) {
  Parameters p = fusing();
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

namespace {

Perturbation from_then_on(std::vector<Perturbation::Change> changes, double seconds) {
  return {.label = "test", .changes = std::move(changes), .cell_types = {}, .from = to_ticks(seconds), .until = {}};
}

}  // namespace

TEST(ExactPerturbation, MvbsFuseFasterFromItsTimeOn) {
  Parameters p = fusing();
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
  Parameters p = one_voxel();
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
  // Release varies from cell to cell of type a, and is three times as fast in all from 200 s on; b has one rate.
  Parameters p = switching(false);
  p.cell_types[0].donor["exosome"].rate = 0.1;
  p.cell_types[1].donor["exosome"].rate = 0.25;
  p.cell_types[0].variation = {{Rate("secretion"), 0.6}};
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

TEST(ExactRelease, WhatTetherinHoldsComesOffAnotherTypeToo) {
  // Sources are told apart: what a held goes on as vesicles from a, at b's rates.
  Parameters p = fusing();
  p.run.track_sources = true;
  p.cargo = {{"miR", 0.0}};
  CellType& a = p.cell_types[0];
  a.name = "a";
  a.cargo["miR"] = {.copies = 500.0, .synthesis = 0.0};
  p.vesicles[0].size = {1, 0.1, 0.0};
  a.responses["PTEN"] = {.cargo = "miR", .decay = 0.0};
  CellType b = a;
  b.name = "b";
  b.biogenesis->detachment = 5e-4;
  b.biogenesis->reinternalisation = 3e-4;
  a.becomes = PhenotypeSwitch{"b", "PTEN", false, 0.95, 0.0};
  p.cell_types.push_back(b);
  test::Scene s = test::alone(p, {0});
  const std::size_t from_a = test::field_of(s, "exosome from a");
  test::at(s, CellArray::response) = 0.5;
  test::at(s, CellArray::tethered, from_a) = 60.0;
  test::step(s, 100.0);
  ASSERT_EQ(test::type_of(s), "b");
  const double held = 60.0 * std::exp(-9e-4 * 100.0), off = (60.0 - held) * 7.0 / 9.0;
  EXPECT_NEAR(test::at(s, CellArray::tethered, from_a), held, 1e-11);
  test::step(s, 100.0);
  const double then = held * std::exp(-8e-4 * 100.0);
  EXPECT_NEAR(test::at(s, CellArray::tethered, from_a), then, 1e-11);
  EXPECT_NEAR(test::at(s, CellArray::detached, from_a), off + (held - then) * 5.0 / 8.0, 1e-11);
  EXPECT_NEAR(test::free_in(s, from_a), off + (held - then) * 5.0 / 8.0, 1e-11);
}

TEST(ExactRelease, ACellThatLoadsNothingReleasesTheGivenCopies) {
  // One type loads miR into exosomes, so that copies are a field of their own; the other has none of its own, and its
  // exosomes, in three size bins, carry 0.3 each, through tetherin as they do.
  Parameters p = fusing();
  p.vesicles[0].size = {3, 0.12, 0.04};
  p.vesicles[0].cargo["miR"] = 0.3;
  p.cargo = {{"miR", 0.0}};
  Biogenesis& b = *p.cell_types[0].biogenesis;
  b.tethered = 0.0;
  b.amphisome = 3e-3;
  b.amphisome_secreted = 0.3;
  CellType loads;
  loads.name = "loads";
  loads.cargo["miR"] = {.copies = 100.0, .synthesis = 0.0};
  loads.donor["exosome"].rate = 0.0;
  p.cell_types.push_back(loads);
  test::Scene s = test::alone(with_size_bins(p), {0});
  test::at(s, CellArray::docked_mvbs) = 4.0;
  test::at(s, CellArray::ilvs_docked, 0) = 80.0;
  test::at(s, CellArray::amphisomes) = 2.0;
  test::at(s, CellArray::ilvs_amphisome, 0) = 50.0;
  test::step(s, 300.0);
  const double released = 80.0 * (1.0 - std::exp(-3e-3 * 300.0)) + 0.3 * 50.0 * (1.0 - std::exp(-3e-3 * 300.0));
  double vesicles = 0.0, copies = 0.0;
  for (const std::string& name : test::field_names(s)) {
    const std::size_t f = test::field_of(s, name);
    (name.starts_with("miR in ") ? copies : vesicles) += test::at(s, CellArray::secreted, f);
    if (!name.starts_with("miR in ")) {
      EXPECT_NEAR(test::at(s, CellArray::secreted, f), released / 3.0, 1e-10) << name;
    }
  }
  EXPECT_NEAR(vesicles, released, 1e-10);
  EXPECT_NEAR(copies, 0.3 * released, 1e-10);
  EXPECT_NEAR(test::at(s, CellArray::given), 0.3 * released, 1e-10);
}

TEST(ExactDraws, DivisionsOfEqualNumbersAreDrawnApart) {
  // Microvesicles and ectosomes bud at one mean rate into two bins each: where a cell buds as many of both, they need
  // not fall into the bins alike.
  Parameters p = fusing();
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

TEST(ExactModel, TheLargestRateIsThatOfWhatACellMayBecome) {
  // Alone in a voxel without neighbours: what the cell takes per second of what is there.
  Parameters p = switching(false);
  Uptake u = test::no_uptake();
  u.fluid = 2.0;
  p.cell_types[0].recipient["exosome"] = u;
  u.fluid = 5.0;
  p.cell_types[1].recipient["exosome"] = u;
  test::Scene s = test::alone(p, {0});
  EXPECT_NEAR(test::largest_rate(s), 5.0 / (0.23 * 60.0 * 60.0 * 60.0), 1e-15);
}

TEST(ExactDraws, CopiesLeaveWithTheVesiclesTheyAreIn) {
  // In whole numbers: all MVBs fuse in a step of thirty times their life.
  Parameters p = fusing();
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

TEST(ExactTransport, AVoxelAmongFacesVesselsAndACell) {
  // N' = sum over faces of g (C_out - C) + walls of vessels (C_plasma - C) P S V + s - K C - k N, C = N/(alpha V): one
  // exponential. Edges of 50, 60 and 70 um; held, open, resisting and closed faces.
  Parameters p = test::parameters_of({1, 1, 1}, 50.0, 0.9);
  p.domain.voxel = p.domain.size = {50.0, 60.0, 70.0};
  p.domain.extracellular_fraction = 0.23;
  p.transport.tolerance = 1e-13;
  p.run.track_sources = false;
  VesicleClass& v = p.vesicles[0];
  v.decay = 1.3e-4;
  v.initial_concentration = 2e-4;
  v.boundary[0] = {{{BoundaryKind::fixed, 7e-4}, {BoundaryKind::open, 0.0}}};
  v.boundary[1] = {{{BoundaryKind::no_flux, 0.0}, {BoundaryKind::clearance, 3e-4, 0.011}}};
  v.boundary[2] = {{{BoundaryKind::fixed, 4e-4}, {BoundaryKind::no_flux, 0.0}}};
  Region tissue;
  tissue.name = "tissue";
  Vessels blood, lymph;
  blood.surface_density = 0.02;
  blood.permeability["exosome"] = 8e-3;
  blood.plasma["exosome"] = 9e-4;
  lymph.surface_density = 0.03;
  lymph.permeability["exosome"] = 3e-3;
  lymph.plasma["exosome"] = 1e-4;
  tissue.blood = blood;
  tissue.lymph = lymph;
  p.regions = {tissue};
  CellType cell;
  cell.name = "cell";
  cell.donor["exosome"].rate = 0.07;
  cell.recipient["exosome"] = test::no_uptake();
  cell.recipient["exosome"].fluid = 3.5;
  p.cell_types = {cell};
  test::Scene s = test::alone(p, {0});
  const double volume = 50.0 * 60.0 * 70.0, alpha_d = 0.23 * 0.9, dt = 900.0;
  const double west = alpha_d * 4200.0 / 25.0, east = west, back = alpha_d * 3000.0 / 35.0,
               north = 1.0 / (1.0 / (alpha_d * 3500.0 / 30.0) + 1.0 / (0.011 * 3500.0)), artery = 8e-3 * 0.02 * volume,
               drain = 3e-3 * 0.03 * volume;
  const double in = west * 7e-4 + north * 3e-4 + back * 4e-4 + artery * 9e-4 + drain * 1e-4 + 0.07;
  const double out = west + east + north + back + artery + drain + 3.5;
  const double rate = out / (0.23 * volume) + 1.3e-4, settles = in / rate, start = 2e-4 * 0.23 * volume;
  ASSERT_LT(rate * dt, 4.0);
  test::step(s, dt);
  const double end = settles + (start - settles) * std::exp(-rate * dt),
               seen = (in * dt + start - end) / rate / (0.23 * volume);
  EXPECT_NEAR(test::free_in(s, 0), end, 1e-10 * end);
  EXPECT_NEAR(test::at(s, CellArray::fluid_phase), 3.5 * seen, 1e-9);
  const auto flows = test::flows_of(s, 0);
  EXPECT_NEAR(flows.at("decayed"), 1.3e-4 * seen * 0.23 * volume, 1e-9);
  EXPECT_NEAR(flows.at("from blood"), artery * 9e-4 * dt, 1e-9);
  EXPECT_NEAR(flows.at("to blood"), artery * seen, 1e-8);
  EXPECT_NEAR(flows.at("from lymph"), drain * 1e-4 * dt, 1e-9);
  EXPECT_NEAR(flows.at("to lymph"), drain * seen, 1e-8);
  double entered = 0.0, left = 0.0;
  for (const auto& [g, outside] :
       {std::pair(west, 7e-4), std::pair(east, 0.0), std::pair(north, 3e-4), std::pair(back, 4e-4)}) {
    const double net = g * (outside * dt - seen);
    (net > 0.0 ? entered : left) += std::abs(net);
  }
  EXPECT_NEAR(flows.at("entered"), entered, 1e-8);
  EXPECT_NEAR(flows.at("left"), left, 1e-8);
}

TEST(ExactTransport, FluidBringsOnlyWhatIsOutside) {
  // What flows in belongs to the source "external"; nobody else's vesicles come from there.
  Parameters p = test::parameters_of({8, 1, 1}, 10.0, 0.5);
  p.vesicles[0].boundary[0] = {{{BoundaryKind::fixed, 1e-3}, {BoundaryKind::open, 0.0}}};
  p.flow.kind = FlowKind::uniform;
  p.flow.velocity = {0.4, 0.0, 0.0};
  p.cell_types = {test::donor_type("donor", 0.0)};
  test::Scene s = test::alone(p, {0});
  test::steps(s, 50.0, 2);
  EXPECT_EQ(test::free_in(s, test::field_of(s, "exosome from donor")), 0.0);
  EXPECT_EQ(test::flows_of(s, test::field_of(s, "exosome from donor")).at("entered"), 0.0);
  // With the fluid 0.4 um/s x 100 um^2 x 1e-3 for 50 s; diffusion brings no less.
  EXPECT_GE(test::flows_of(s, test::field_of(s, "exosome from external")).at("entered"), 2.0 * (1.0 - 1e-12));
}

TEST(ExactModel, DiffusionToACellIsThatToItsOwnRadius) {
  // 1/k_S = 1/(4 pi alpha D R) less what the lattice has: the same for both.
  Parameters p = one_voxel();
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

TEST(ExactTransport, TwoVoxelsExchangeThroughTheHarmonicMean) {
  // alpha of 0.35 beside 0.2, and two classes: N_1' = g (C_2 - C_1), g = A/h x 2 ab/(a + b) of the two alpha D.
  Parameters p = test::parameters_of({2, 1, 1}, 20.0, 0.9);
  p.transport.tolerance = 1e-13;
  p.run.track_sources = false;
  VesicleClass slow = p.vesicles[0];
  slow.name = "microvesicle";
  slow.diffusivity = 0.4;
  p.vesicles.push_back(slow);
  Region loose;
  loose.name = "loose";
  loose.shape = Shape::box;
  loose.upper = {20.0, 20.0, 20.0};
  loose.extracellular_fraction = 0.35;
  p.regions = {loose};
  test::Scene s = test::alone(p, {});
  for (std::size_t f = 0; f < 2; ++f)
    test::fill(s.state.fields[f], *s.domain, [](const Index3& v) { return v[0] == 0 ? 70.0 : 10.0; });
  test::step(s, 400.0);
  for (std::size_t f = 0; f < 2; ++f) {
    const double d = f == 0 ? 0.9 : 0.4, a = 0.35 * d, b = 0.2 * d, g = 20.0 * 2.0 * a * b / (a + b);
    const double rate = g / 8000.0 * (1.0 / 0.35 + 1.0 / 0.2), settles = 80.0 * 0.35 / 0.55;
    const double first = settles + (70.0 - settles) * std::exp(-rate * 400.0);
    const std::vector<double> content = test::gather(s.state.fields[f], *s.domain);
    EXPECT_NEAR(content[0], first, 1e-9) << f;
    EXPECT_NEAR(content[1], 80.0 - first, 1e-9) << f;
  }
}

TEST(ExactTransport, WhatIsThereAtFirstCarriesTheGivenCopies) {
  // Copies are a field of their own where a cell type loads the class; what no cell made has 0.3 of them each.
  Parameters p = one_voxel();
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
