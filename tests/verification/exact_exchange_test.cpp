// Single steps of what cells and voxels give each other, by hand: receptors that fill, bursts, tetherin, amphisomes.
#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "src/parameters/size_bins.hpp"
#include "tests/support/one_voxel.hpp"

namespace vesicast::exact_exchange_test {
TEST(ExactExchange, AFullCellGivesItsSurplusBack) {
  // Ten receptors, k_a/k_S = 9 when all are free, 15 vesicles released in a step of 10 s at the cell's own surface. In
  // the middle 10 - 0.9 15/2 = 3.25 receptors are free: k_a/k_S = 2.925 recaptures 2.925/3.925 of the release, and some
  // of the rest is bound from the voxel. That is more than ten.
  Parameters p = test::one_voxel();
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
  Parameters p = test::one_voxel();
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

TEST(ExactRelease, TetherinHoldsABurstAndLetsItGoBothWays) {
  const double dt = 300.0, burst = 80.0 * (1.0 - std::exp(-2e-3 * 1.5 * dt));
  test::Scene s = test::alone(test::fusing(), {0});
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
  Parameters p = test::fusing();
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
  Parameters p = test::fusing();
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

TEST(ExactRelease, WhatTetherinHoldsComesOffAnotherTypeToo) {
  // Sources are told apart: what a held goes on as vesicles from a, at b's rates.
  Parameters p = test::fusing();
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
  Parameters p = test::fusing();
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

}  // namespace vesicast::exact_exchange_test
