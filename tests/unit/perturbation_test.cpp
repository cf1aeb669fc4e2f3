// The rule that genes and drugs act by, windows, and which constant a named rate is.
#include <gtest/gtest.h>

#include <set>

#include "src/donor/pathway.hpp"
#include "src/model/perturbed.hpp"
#include "src/model/response.hpp"
#include "src/model/schedule.hpp"
#include "src/recipient/endocytosis.hpp"
#include "src/recipient/uptake.hpp"
#include "tests/support/scenes.hpp"

namespace vesicast::perturbation_test {
namespace {

Perturbation changed(Rate rate, double factor, std::vector<std::string> types = {}, Ticks from = 0,
                     std::optional<Ticks> until = {}) {
  return {.label = "test", .changes = {{rate, factor}}, .cell_types = std::move(types), .from = from, .until = until};
}

/// Two donors and recipients, "a" and "b", of "exosome" and of the soluble "factor".
Parameters two_types() {
  Parameters p = test::parameters_of({3, 3, 3}, 20.0, 1.0);
  VesicleClass factor;
  factor.name = "factor";
  factor.substance = Substance::soluble;
  p.vesicles.push_back(factor);
  p.vesicles[0].matrix = MatrixBinding{.k_on = 2.0, .k_off = 3.0, .sites = 1.0, .sites_map = {}};
  for (const char* name : {"a", "b"}) {
    CellType t = test::recipient_type(name);
    t.donor["exosome"].rate = t.donor["factor"].rate = 5.0;
    t.recipient["factor"] = t.recipient["exosome"];
    p.cell_types.push_back(t);
  }
  return p;
}

RateFactors only(Rate rate, double factor) {
  RateFactors f;
  f[rate] = factor;
  return f;
}

TEST(RateFactor, FollowsTheRuleBothWays) {
  for (const double w : {0.0, 0.3, 0.9, 1.0}) {
    EXPECT_EQ(rate_factor(w, Direction::drives, 1.0), 1.0);
    EXPECT_EQ(rate_factor(w, Direction::holds_back, 1.0), 1.0);
    EXPECT_DOUBLE_EQ(rate_factor(w, Direction::drives, 0.0), 1.0 - w);
    EXPECT_DOUBLE_EQ(rate_factor(w, Direction::holds_back, 0.0), 1.0 + w);
  }
  EXPECT_DOUBLE_EQ(rate_factor(0.9, Direction::drives, 0.15), 0.235);
  EXPECT_DOUBLE_EQ(rate_factor(0.9, Direction::drives, 2.0), 1.9);
  EXPECT_DOUBLE_EQ(rate_factor(0.7, Direction::holds_back, 2.0), 0.3);
}

TEST(RateFactor, IsNeverNegative) {
  EXPECT_EQ(rate_factor(0.7, Direction::holds_back, 5.0), 0.0);
  EXPECT_EQ(rate_factor(1.0, Direction::holds_back, 1e300), 0.0);
  for (double x = 0.0; x < 4.0; x += 0.01) EXPECT_GE(rate_factor(1.0, Direction::drives, x), 0.0);
}

TEST(ResidualActivity, HalvesAtTheHalfMaximalDose) {
  EXPECT_EQ(drug_activity(0.0, 2.0, 1.0), 1.0);
  for (const double hill : {0.5, 1.0, 2.0}) EXPECT_DOUBLE_EQ(drug_activity(2.0, 2.0, hill), 0.5);
  EXPECT_DOUBLE_EQ(drug_activity(20.0, 2.0, 1.0), 1.0 / 11.0);
  EXPECT_DOUBLE_EQ(drug_activity(20.0, 2.0, 2.0), 1.0 / 101.0);
}

TEST(DrugActivity, OfAnAgonistRisesToItsMaximum) {
  EXPECT_EQ(drug_activity(0.0, 2.0, 1.0, 5.0), 1.0);
  for (const double hill : {0.5, 1.0, 2.0}) EXPECT_DOUBLE_EQ(drug_activity(2.0, 2.0, hill, 5.0), 3.0);
  EXPECT_DOUBLE_EQ(drug_activity(20.0, 2.0, 1.0, 5.0), 1.0 + 4.0 * 20.0 / 22.0);
  EXPECT_NEAR(drug_activity(1e9, 2.0, 1.0, 5.0), 5.0, 1e-7);
  EXPECT_DOUBLE_EQ(drug_activity(2.0, 2.0, 1.0, 0.4), 0.7);  // a partial inhibitor
}

TEST(Schedule, SeveralPerturbationsMultiply) {
  Parameters p = two_types();
  p.perturbations = {changed(Rate("k_on"), 0.5), changed(Rate("k_on"), 0.2, {"b"}),
                     changed(Rate("k_off"), 3.0, {"a", "b"}), changed(Rate("kon_e"), 0.25)};
  const auto f = factors_at(p, 0);
  ASSERT_EQ(f.size(), 2U);
  EXPECT_DOUBLE_EQ(f[0][Rate("k_on")], 0.5);
  EXPECT_DOUBLE_EQ(f[1][Rate("k_on")], 0.1);
  EXPECT_DOUBLE_EQ(f[0][Rate("k_off")], 3.0);
  EXPECT_EQ(f[0][Rate("k_bf")], 1.0);
  EXPECT_EQ(f[0][Rate("kon_e")], 1.0) << "the matrix is no cell type's";
  EXPECT_EQ(tissue_factors_at(p, 0)[Rate("kon_e")], 0.25);
  EXPECT_EQ(tissue_factors_at(p, 0)[Rate("k_on")], 1.0);
}

TEST(Schedule, AWindowHoldsFromItsBeginToBeforeItsEnd) {
  Parameters p = two_types();
  p.perturbations = {changed(Rate("k_on"), 0.5, {}, 1000, 3000), changed(Rate("k_on"), 0.5, {}, 2000)};
  const auto at = [&](Ticks t) { return factors_at(p, t)[0][Rate("k_on")]; };
  EXPECT_EQ(at(0), 1.0);
  EXPECT_EQ(at(999), 1.0);
  EXPECT_EQ(at(1000), 0.5);
  EXPECT_EQ(at(2000), 0.25);
  EXPECT_EQ(at(2999), 0.25);
  EXPECT_EQ(at(3000), 0.5);
  EXPECT_EQ(change_times(p), (std::vector<Ticks>{0, 1000, 2000, 3000}));
}

TEST(Perturbed, AFactorOfOneChangesNothing) {
  const Parameters p = two_types();
  EXPECT_EQ(perturbed(p.cell_types[0], RateFactors{}, p.vesicles), p.cell_types[0]);
  EXPECT_EQ(cell_types_at(p, 0), p.cell_types);
}

TEST(Perturbed, EveryRateOfTheRecipientIsItsOwnConstant) {
  Uptake base = test::recipient_type("a").recipient.at("exosome");
  const std::pair<Rate, double Uptake::*> expected[] = {
      {Rate("k_on"), &Uptake::k_on},          {Rate("k_off"), &Uptake::k_off},
      {Rate("k_pmf"), &Uptake::k_fusion},     {Rate("k_EL"), &Uptake::k_late},
      {Rate("k_LL"), &Uptake::k_lysosome},    {Rate("k_deg"), &Uptake::k_degradation},
      {Rate("k_rec1"), &Uptake::k_recycling}, {Rate("k_rs"), &Uptake::k_resecretion},
      {Rate("k_bf"), &Uptake::k_back_fusion}};
  for (const auto& [rate, member] : expected) {
    Uptake by_hand = base;
    by_hand.*member *= 0.3;
    EXPECT_EQ(perturbed(base, only(rate, 0.3)), by_hand) << info(rate).name;
  }
}

TEST(Perturbed, RoutesOfEndocytosisAddUp) {
  const Uptake base = test::recipient_type("a").recipient.at("exosome");
  const auto all_routes = [&](const RateFactors& f) {
    CellType type = test::recipient_type("a");
    type.recipient["exosome"] = perturbed(base, f);
    VesicleClass exosome;
    exosome.name = "exosome";
    return recipient::sum_of_weights(*recipient::uptake_of(type, exosome));
  };
  RateFactors f = only(Rate("k_int_raft"), 0.0);
  EXPECT_NEAR(all_routes(f), 0.70, 1e-15);
  f[Rate("k_int_macropinocytosis")] = 2.0;
  EXPECT_NEAR(all_routes(f), 0.95, 1e-15);
  for (const Rate r : {Rate("k_int_clathrin"), Rate("k_int_raft"), Rate("k_int_independent"),
                       Rate("k_int_macropinocytosis"), Rate("k_int_phagocytosis")})
    f[r] = 0.0;
  EXPECT_EQ(all_routes(f), 0.0);
  Uptake drinking = base;
  drinking.fluid = 0.02;
  EXPECT_EQ(perturbed(drinking, only(Rate("CL_fluid"), 0.5)).fluid, 0.01);
}

TEST(Perturbed, ARouteIsMultipliedAfterClustersShiftedIt) {
  CellType type = test::recipient_type("a");
  VesicleClass clusters;
  clusters.name = "exosome";
  clusters.cluster = 0.5;
  const Uptake before = *recipient::uptake_of(type, clusters);
  type.recipient["exosome"] = perturbed(type.recipient["exosome"], only(Rate("k_int_macropinocytosis"), 0.1));
  const Uptake after = *recipient::uptake_of(type, clusters);
  for (std::size_t r = 0; r < route_count; ++r)
    EXPECT_DOUBLE_EQ(after.route_weight[r],
                     before.route_weight[r] * (r == static_cast<std::size_t>(Route::macropinocytosis) ? 0.1 : 1.0));
}

TEST(Perturbed, SecretionIsNoRateOfAPathway) {
  const Secretion made{.rate = 3.0, .mode = ReleaseMode::pathway};
  EXPECT_EQ(perturbed(made, only(Rate("secretion"), 0.0)), made);
}

TEST(Perturbed, EveryRateOfTheDonorIsItsOwnConstant) {
  const Biogenesis base;
  const std::pair<Rate, double Biogenesis::*> expected[] = {{Rate("k_in"), &Biogenesis::inflow},
                                                            {Rate("k_rec"), &Biogenesis::recycling},
                                                            {Rate("k_retro"), &Biogenesis::retrograde},
                                                            {Rate("k_mat"), &Biogenesis::maturation},
                                                            {Rate("k_tr"), &Biogenesis::transport},
                                                            {Rate("k_lys"), &Biogenesis::lysosome},
                                                            {Rate("k_auto"), &Biogenesis::autophagy},
                                                            {Rate("k_al"), &Biogenesis::amphisome},
                                                            {Rate("k_dock"), &Biogenesis::docking},
                                                            {Rate("k_ret"), &Biogenesis::comes_back},
                                                            {Rate("k_und"), &Biogenesis::undocking},
                                                            {Rate("k_fus"), &Biogenesis::fusion},
                                                            {Rate("VPS4"), &Biogenesis::scission},
                                                            {Rate("k_bfD"), &Biogenesis::back_fusion},
                                                            {Rate("f_t"), &Biogenesis::tethered},
                                                            {Rate("k_det"), &Biogenesis::detachment},
                                                            {Rate("k_reint"), &Biogenesis::reinternalisation},
                                                            {Rate("q_MV"), &Biogenesis::microvesicles},
                                                            {Rate("q_sPM"), &Biogenesis::ectosomes},
                                                            {Rate("Ca"), &Biogenesis::calcium},
                                                            {Rate("f_sa"), &Biogenesis::amphisome_secreted}};
  for (const auto& [rate, member] : expected) {
    Biogenesis by_hand = base;
    by_hand.*member *= 0.3;
    EXPECT_EQ(perturbed(base, only(rate, 0.3)), by_hand) << info(rate).name;
  }
  for (std::size_t x = 0; x < ilv_routes; ++x) {
    Biogenesis by_hand = base;
    by_hand.formation[x] *= 0.3;
    EXPECT_EQ(perturbed(base, only(std::array{Rate("v_ESCRT"), Rate("v_SYN"), Rate("v_CER"), Rate("v_TET")}[x], 0.3)),
              by_hand);
  }
  EXPECT_EQ(perturbed(base, only(Rate("f_t"), 10.0)).tethered, 1.0);
  Biogenesis by_hand = base;  // early endosomes form by endocytosis
  by_hand.inflow *= 0.3;
  by_hand.endocytosis *= 0.3;
  EXPECT_EQ(perturbed(base, only(Rate("k_endo"), 0.3)), by_hand);
}

TEST(Perturbed, SortingActsOnEveryWayOut) {
  CellType type;
  type.cargo["miR-21"] = {.copies = 1e4, .synthesis = {}, .sorting = {1.0, 2.0, 3.0, 4.0}, .sorting_at_surface = 5.0};
  const CellCargo after = perturbed(type, only(Rate("sorting"), 0.5), {}).cargo.at("miR-21");
  EXPECT_EQ(after.sorting, (std::array{0.5, 1.0, 1.5, 2.0}));
  EXPECT_EQ(after.sorting_at_surface, 2.5);
}

TEST(Perturbed, AKnockDownOfAPathwayChangesWhereItSettles) {
  Parameters p = two_types();
  test::give_pathway(p.cell_types[0]);
  Biogenesis defaults;  // of which the numbers below were computed
  defaults.exosome = "exosome";
  p.cell_types[0].biogenesis = defaults;
  const double base = donor::steady_release(defaults).exosome;
  Perturbation rab27a;
  rab27a.changes = {{Rate("k_dock"), 1.0 - 0.9 * 0.85}};
  rab27a.cell_types = {p.cell_types[0].name};
  p.perturbations = {rab27a};
  // 0.33 of what fuses (donor_pathway_test.cpp); amphisomes, a fifteenth of the release, stay.
  EXPECT_NEAR(cell_types_at(p, 0)[0].donor.at("exosome").rate / base, 0.37, 0.02);
}

TEST(Perturbed, AcidityMovesThePHTowardsNeutral) {
  const AcidGate gate;
  const AcidGate none = perturbed(gate, only(Rate("acidity"), 0.0)), half = perturbed(gate, only(Rate("acidity"), 0.5));
  EXPECT_EQ(none.pH_early, 7.0);
  EXPECT_EQ(none.pH_late, 7.0);
  EXPECT_DOUBLE_EQ(half.pH_late, 0.5 * (7.0 + gate.pH_late));
  EXPECT_EQ(half.pKa, gate.pKa);
}

TEST(Perturbed, SolubleFactorsAreLeftAsTheyAre) {
  const Parameters p = two_types();
  RateFactors f;
  f.value.fill(0.5);
  const CellType t = perturbed(p.cell_types[0], f, p.vesicles);
  EXPECT_EQ(t.recipient.at("factor"), p.cell_types[0].recipient.at("factor"));
  EXPECT_EQ(t.donor.at("factor"), p.cell_types[0].donor.at("factor"));
  EXPECT_DOUBLE_EQ(t.donor.at("exosome").rate, 2.5);
  EXPECT_DOUBLE_EQ(t.recipient.at("exosome").k_on, 0.5 * p.cell_types[0].recipient.at("exosome").k_on);
}

TEST(Perturbed, KnowsWhatNothingUses) {
  Parameters p = two_types();
  for (const Rate r : {Rate("k_on"), Rate("k_int_clathrin"), Rate("k_bf"), Rate("acidity"), Rate("secretion"),
                       Rate("kon_e"), Rate("koff_e")})
    EXPECT_TRUE(in_use(r, p, {})) << info(r).name;
  EXPECT_FALSE(in_use(Rate("v_TET"), p, {}));
  p.cell_types[1].recipient.clear();
  EXPECT_TRUE(in_use(Rate("k_on"), p, {"a"}));
  EXPECT_FALSE(in_use(Rate("k_on"), p, {"b"}));
  EXPECT_FALSE(in_use(Rate("acidity"), p, {"b"}));
  p.vesicles[0].matrix.reset();
  EXPECT_FALSE(in_use(Rate("kon_e"), p, {}));
}

TEST(NamedRates, AreUniqueAndFound) {
  std::set<std::string_view> names;
  for (std::size_t r = 0; r < named_rates().size(); ++r) {
    EXPECT_TRUE(names.insert(named_rates()[r].name).second) << named_rates()[r].name;
    EXPECT_FALSE(named_rates()[r].meaning.empty());
    EXPECT_EQ(find_rate(named_rates()[r].name), Rate(named_rates()[r].name));
  }
  EXPECT_EQ(info(Rate("k_dock")).name, "k_dock");
  EXPECT_EQ(info(Rate("acidity")).name, "acidity");
  EXPECT_EQ(info(Rate("koff_e")).where, RatePlace::extracellular);
  EXPECT_FALSE(find_rate("K_DOCK"));
}

}  // namespace
}  // namespace vesicast::perturbation_test
