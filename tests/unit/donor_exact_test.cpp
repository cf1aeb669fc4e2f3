// What donors settle at, in closed form, with no two constants alike; and what chance draws apart.
#include <gtest/gtest.h>

#include <cmath>

#include "src/donor/pathway.hpp"
#include "src/donor/populations.hpp"
#include "src/donor/secretion.hpp"
#include "src/donor/steady_cargo.hpp"
#include "src/donor/steady_state.hpp"
#include "src/donor/stochastic/cargo.hpp"
#include "src/donor/stochastic/pathway.hpp"
#include "src/model/cargo_plan.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast::donor_exact_test {

using namespace vesicast::donor;

namespace {

constexpr double hour = 3600.0;

/// MVBs that only go forward, hold any number of vesicles and lose none of them.
Biogenesis forward() {
  Biogenesis b;
  b.exosome = "exosome";
  b.inflow = 70.0 / hour;
  b.transport = 0.3 / hour;
  b.lysosome = 0.8 / hour;
  b.autophagy = 0.05 / hour;
  b.amphisome = 1.3 / hour;
  b.amphisome_secreted = 0.15;
  b.docking = 1.1 / hour;
  b.comes_back = b.undocking = b.back_fusion = b.fate_coupling = 0.0;
  b.fusion = 1.9 / hour;
  b.calcium = 1.4;
  b.formation = {3.0 / hour, 5.0 / hour, 7.0 / hour, 2.0 / hour};
  b.scission = 0.9;
  b.late_formation = 0.6;
  b.capacity = 1e15;
  b.tethered = 0.4;
  b.detachment = 0.7 / hour;
  b.reinternalisation = 0.2 / hour;
  return b;
}

/// Vesicles per hour in the steady state of forward(), by hand: fused, and expelled.
std::pair<double, double> bursts_and_expelled(const Biogenesis& b) {
  const double v = 0.9 * (b.formation[0] + b.formation[1] + b.formation[2] + b.formation[3]) * hour;
  const double leaves = 0.3 + 0.8 + 0.05, mature = 70.0 / leaves, peripheral = 0.3 * mature / 1.1,
               docked = 1.1 * peripheral / (1.9 * 1.4);
  const double in_mature = v * mature / leaves, in_peripheral = (0.3 * in_mature + 0.6 * v * peripheral) / 1.1,
               burst = 1.1 * in_peripheral + 0.6 * v * docked;
  return {burst, 0.15 * 0.05 * in_mature};
}

}  // namespace

TEST(ExactDonor, ReleasesInItsSteadyStateWhatTheChainGives) {
  const Biogenesis b = forward();
  const auto [burst, expelled] = bursts_and_expelled(b);
  const SteadyRelease r = steady_release(b);
  EXPECT_TRUE(r.settles);
  // Of the 0.4 that tetherin holds 0.2/0.9 go back in.
  EXPECT_NEAR(r.exosome * hour / (burst * (1.0 - 0.4 * 0.2 / 0.9) + expelled), 1.0, 1e-12);
  EXPECT_NEAR(r.ectosome * hour, 20.0 * 0.9, 1e-12);
  EXPECT_NEAR(r.microvesicle * hour, 5.0 * (1.0 + 5.0 * 2.744 / (27.0 + 2.744)), 1e-12);
  // Where steps lead, and what a step then makes.
  const double dt = 5.0;
  Mvbs m = steady_pathway(b, dt);
  const Made made = step_pathway(m, b, dt);
  EXPECT_NEAR(made.burst / dt * hour / burst, 1.0, 1e-4);
  EXPECT_NEAR(made.expelled / dt * hour / expelled, 1.0, 1e-4);
  EXPECT_NEAR(made.fusions / dt * hour / (70.0 * 0.3 / 1.15), 1.0, 1e-4);
}

TEST(ExactDonor, HoldsInItsSteadyStateWhatItsCapacityAllows) {
  // One stage, left with k = k_lys: I = v M/(k + k_bfD + v/n), every route its share.
  Biogenesis b = forward();
  b.transport = b.autophagy = 0.0;
  b.back_fusion = 0.25 / hour;
  b.capacity = 9.0;
  const double v = 0.9 * 17.0, mvbs = 70.0 / 0.8, held = v * mvbs / (0.8 + 0.25 + v / 9.0);
  const auto steady = steady_state(b);
  ASSERT_TRUE(steady.has_value());
  EXPECT_NEAR(steady->count[endosome], 70.0 / 6.0, 1e-10);
  EXPECT_NEAR(steady->count[maturing], mvbs, 1e-10);
  for (std::size_t x = 0; x < ilv_routes; ++x)
    EXPECT_NEAR(steady->vesicles[x][maturing], held * b.formation[x] * hour / 17.0, 1e-9);
}

TEST(ExactDonor, FateCouplingShiftsItsSteadyState) {
  // Three of 17 vesicles form by ESCRT: k_tr = 0.3 (1 + 1.5 (14/17 - 0.6)).
  Biogenesis b = forward();
  b.fate_coupling = 1.5;
  b.neutral_share = 0.6;
  const double k_tr = 0.3 * (1.0 + 1.5 * (14.0 / 17.0 - 0.6));
  const auto steady = steady_state(b);
  ASSERT_TRUE(steady.has_value());
  EXPECT_NEAR(steady->count[maturing], 70.0 / (k_tr + 0.85), 1e-10);
  EXPECT_NEAR(steady->count[peripheral], k_tr * steady->count[maturing] / 1.1, 1e-10);
  EXPECT_NEAR(steady->count[amphisome], 0.05 * steady->count[maturing] / 1.3, 1e-10);
  for (std::size_t x = 0; x < ilv_routes; ++x)
    EXPECT_NEAR(steady->vesicles[x][amphisome], 0.05 * steady->vesicles[x][maturing] / 1.3, 1e-9);
}

TEST(ExactDonor, MvbsThatComeBackSettleToo) {
  // Maturing, peripheral and docked MVBs with returns: three balances.
  Biogenesis b = forward();
  b.comes_back = 0.7 / hour;
  b.undocking = 1.7 / hour;
  const auto steady = steady_state(b);
  ASSERT_TRUE(steady.has_value());
  const Stages& n = steady->count;
  EXPECT_NEAR(70.0 + 0.7 * n[peripheral], 1.15 * n[maturing], 1e-10);
  EXPECT_NEAR(0.3 * n[maturing] + 1.7 * n[docked], 1.8 * n[peripheral], 1e-10);
  EXPECT_NEAR(1.1 * n[peripheral], (1.9 * 1.4 + 1.7) * n[docked], 1e-10);
}

TEST(ExactDonor, PopulationsAndTheSurfaceAddUpByClass) {
  CellType type;
  Biogenesis b = forward();
  b.microvesicle = "microvesicle";
  b.ectosome = "ectosome";
  type.biogenesis = b;
  MvbPopulation one{"one", 0.3, b}, other{"other", 0.7, b};
  one.rates.inflow *= 0.3;
  other.rates.inflow *= 0.7;
  type.populations = {one, other};
  const auto [burst, expelled] = bursts_and_expelled(b);
  const SettledRelease r = settled_release(type);
  EXPECT_NEAR(r.rate.at("exosome") * hour / (burst * (1.0 - 0.08 / 0.9) + expelled), 1.0, 1e-12);
  EXPECT_NEAR(r.rate.at("microvesicle"), steady_release(b).microvesicle, 1e-15);
  EXPECT_NEAR(r.rate.at("ectosome"), steady_release(b).ectosome, 1e-15);
  EXPECT_EQ(population_shares(type), (std::vector{0.3, 0.7}));
}

TEST(ExactDonor, CargoSettlesWhereItsBalanceSays) {
  // One stage: F vesicles form per second, each takes the share l of the cytosol's copies Q and loses them with k_bfD
  // or k_lys: L = l F Q/(k_bfD + k_lys), synthesis = (decay + leaving) Q + k_lys L.
  Biogenesis b = forward();
  b.transport = b.autophagy = 0.0;
  b.back_fusion = 0.25 / hour;
  const double dt = 2.0, mvbs = 70.0 / 0.8, formed = 0.9 * 17.0 * mvbs / hour;
  CargoLoading loading{CargoKind::soluble, {}};
  const double l = 3e-5;
  loading.per_ilv = {l, l, l, l};
  const CargoCell cell{{loading}, 0.4 / hour, 0.3 / hour, &b, {b}, {1.0}, {steady_pathway(b, dt)}};
  const auto settled = steady_cargo(cell, dt);
  ASSERT_TRUE(settled.has_value());
  const double per_copy = l * formed / (1.05 / hour), q = 1.0 / (0.7 / hour + 0.8 / hour * per_copy);
  EXPECT_NEAR(settled->in.pool / q, 1.0, 1e-3);
  EXPECT_NEAR(settled->in.mvbs[0].loaded[maturing] / (per_copy * q), 1.0, 1e-3);
}

TEST(ExactDonor, MembraneCargoSettlesWhereItsCycleSays) {
  // Without MVBs: synthesis = d P; k_rec + k_retro empty the endosomes, which get s k_exp G + k_endo P.
  Biogenesis b = forward();
  b.inflow = b.maturation = b.transport = b.lysosome = b.autophagy = 0.0;
  b.formation = {};
  b.endocytosis = 0.8 / hour;
  b.recycling = 3.0 / hour;
  b.retrograde = 0.5 / hour;
  b.golgi_export = 1.3 / hour;
  b.golgi_to_endosomes = 0.2;
  const CargoCell cell{{{CargoKind::membrane, {}}}, 0.4 / hour, 0.0, &b, {b}, {1.0}, {Mvbs{}}};
  const auto settled = steady_cargo(cell, 2.0);
  ASSERT_TRUE(settled.has_value());
  const double pool = hour / 0.4;
  // G = (synthesis + k_retro E)/k_exp; E (k_rec + k_retro) = 0.2 (synthesis + k_retro E) + k_endo P
  const double endosomes = (0.2 * hour + 0.8 * pool) / (3.5 - 0.2 * 0.5), golgi = (hour + 0.5 * endosomes) / 1.3;
  EXPECT_NEAR(settled->in.pool / pool, 1.0, 1e-3);
  EXPECT_NEAR(settled->in.mvbs[0].limiting[endosome] / endosomes, 1.0, 1e-3);
  EXPECT_NEAR(settled->golgi / golgi, 1.0, 1e-3);
}

TEST(ExactDonor, BothHalvesOfAStepFormTheirOwnVesicles) {
  Biogenesis b;
  for (double Biogenesis::*rate : {&Biogenesis::inflow, &Biogenesis::maturation, &Biogenesis::transport,
                                   &Biogenesis::lysosome, &Biogenesis::autophagy, &Biogenesis::back_fusion})
    b.*rate = 0.0;
  b.capacity = 1e9;
  const PopulationStep step(b, 600.0);
  int alike = 0;
  double first = 0.0, second = 0.0;
  for (std::uint64_t cell = 0; cell < 50; ++cell) {
    Mvbs m;
    m.count[maturing] = 30.0;
    const stochastic::MvbEvents e = stochastic::step_pathway(m, step, {.seed = 3, .id = cell});
    const auto &one = e.formation[0][maturing].formed, &other = e.formation[1][maturing].formed;
    alike += one == other ? 1 : 0;
    first += static_cast<double>(stochastic::sum(one));
    second += static_cast<double>(stochastic::sum(other));
  }
  EXPECT_EQ(alike, 0);
  const double expected = 50.0 * 30.0 * 31.8 * 300.0 / hour;  // 31.8 per MVB and hour
  EXPECT_NEAR(first, expected, 5.0 * std::sqrt(expected));
  EXPECT_NEAR(second, expected, 5.0 * std::sqrt(expected));
}

TEST(ExactDonor, FateCouplingLooksAheadByHand) {
  // Half a step on, maturing MVBs have lost exp(-(k_tr + k_lys + k_auto) t), and k_ret t of the peripheral came back.
  Biogenesis b = forward();
  b.fate_coupling = 1.5;
  b.neutral_share = 0.6;
  b.comes_back = 0.9 / hour;
  Mvbs m;
  m.vesicles[0][maturing] = 30.0;
  m.vesicles[2][maturing] = 50.0;
  m.vesicles[0][peripheral] = 8.0;
  m.vesicles[3][peripheral] = 44.0;
  const auto by_hand = [&](double ahead) {
    const double stays = std::exp(-1.15 / hour * ahead), returns = 0.9 / hour * ahead;
    const double escrt = 30.0 * stays + 8.0 * returns, others = 50.0 * stays + 44.0 * returns;
    return 0.3 / hour * (1.0 + 1.5 * (others / (escrt + others) - 0.6));
  };
  EXPECT_NEAR(coupled_transport(m, b), by_hand(0.0), 1e-18);
  EXPECT_NEAR(coupled_transport(m, b, 700.0), by_hand(700.0), 1e-18);
  EXPECT_NEAR(PopulationStep(b, 1000.0).coupling.transport(m), by_hand(500.0), 1e-18);
}

TEST(ExactDonor, EndosomesAreDividedByShareAndJoined) {
  DonorCargo cargo;
  cargo.mvbs.resize(3);
  cargo.mvbs[0].limiting[endosome] = 100.0;
  divide_endosomes<double>(cargo, std::vector{0.2, 0.3, 0.5});
  EXPECT_DOUBLE_EQ(cargo.mvbs[0].limiting[endosome], 20.0);
  EXPECT_DOUBLE_EQ(cargo.mvbs[1].limiting[endosome], 30.0);
  EXPECT_DOUBLE_EQ(cargo.mvbs[2].limiting[endosome], 50.0);
  join_endosomes(cargo);
  EXPECT_DOUBLE_EQ(cargo.mvbs[0].limiting[endosome], 100.0);
  EXPECT_EQ(cargo.mvbs[1].limiting[endosome], 0.0);
  EXPECT_EQ(cargo.mvbs[2].limiting[endosome], 0.0);
}

TEST(ExactDonor, EveryPopulationLoadsInItsOwnWay) {
  // Two populations alike but for what an ILV takes, in a step so short that the pool stays as it is.
  Biogenesis b = forward();
  b.transport = b.lysosome = b.autophagy = b.inflow = 0.0;
  std::vector<Mvbs> m(2);
  for (Mvbs& one : m) one.count[maturing] = 10.0;
  DonorCargo cargo;
  cargo.pool = 1e6;
  cargo.mvbs.resize(2);
  CargoLoading first{CargoKind::soluble, {1e-7, 1e-7, 1e-7, 1e-7}},
      second{CargoKind::soluble, {4e-7, 4e-7, 4e-7, 4e-7}};
  static_cast<void>(step_pathway(m, std::vector{b, b}, 10.0, {&cargo, 1}, std::vector{first, second}));
  const double formed = 0.9 * 17.0 / hour * 10.0 * 10.0;
  EXPECT_NEAR(cargo.mvbs[0].loaded[maturing] / (1e6 * 1e-7 * formed), 1.0, 1e-5);
  EXPECT_NEAR(cargo.mvbs[1].loaded[maturing] / (1e6 * 4e-7 * formed), 1.0, 1e-5);
}

TEST(ExactDonor, SizeBinsOfEctosomesAreEctosomes) {
  CellType type;
  type.biogenesis.emplace();
  type.biogenesis->ectosome = "ectosome";
  VesicleClass v;
  v.name = "ectosome 200 nm";
  EXPECT_FALSE(is_ectosome(type, v));
  v.parent = "ectosome";
  EXPECT_TRUE(is_ectosome(type, v));
}

TEST(ExactDonor, SizeBinsTakeTheirShareOfARelease) {
  Secretion s{.rate = 0.2, .share = 0.25};
  EXPECT_DOUBLE_EQ(secreted(s, 30.0, {}), 1.5);
  s.mode = ReleaseMode::poisson;
  s.vesicles_per_event = 2.0;
  Secretion whole = s;
  whole.share = 1.0;
  double all = 0.0;
  for (std::uint64_t i = 0; i < 20; ++i) {
    const DrawKey key{.seed = 5, .id = i};
    EXPECT_DOUBLE_EQ(secreted(s, 30.0, key), 0.25 * secreted(whole, 30.0, key));
    all += secreted(whole, 30.0, key);
  }
  EXPECT_NEAR(all, 20.0 * 6.0, 5.0 * std::sqrt(20.0 * 2.0 * 6.0));  // 3 events of 2 each
}

TEST(ExactDonor, SizeBinsShareCopiesByNumberAndSize) {
  Parameters p;
  for (const double diameter : {0.1, 0.2}) {
    VesicleClass v;
    v.size = {1, diameter, 0.0};
    p.vesicles.push_back(v);
  }
  const auto by_area = copies_by_bin(p, {0, 1}, {0.3, 0.7}, CargoKind::membrane);
  EXPECT_NEAR(by_area[0], 0.3 / (0.3 + 0.7 * 4.0), 1e-14);  // twice the diameter, four times the area
  EXPECT_NEAR(by_area[1], 2.8 / (0.3 + 0.7 * 4.0), 1e-14);
  const auto by_lumen = copies_by_bin(p, {0, 1}, {0.3, 0.7}, CargoKind::soluble);
  const double small = 0.3 * 0.09 * 0.09 * 0.09, large = 0.7 * 0.19 * 0.19 * 0.19;  // 5 nm of membrane all round
  EXPECT_NEAR(by_lumen[0], small / (small + large), 1e-12);
  EXPECT_EQ(copies_by_bin(p, {1}, {1.0}, CargoKind::soluble), std::vector{1.0});
}

TEST(ExactChance, CopiesGoWhereAllOfTheirCarriersGo) {
  using namespace stochastic;
  std::vector<MvbEvents> events(1);
  MoveEvents& moves = events[0].moves;
  // All docked MVBs fuse; all amphisomes end, 30 of 40 vesicles digested; all maturing MVBs are digested.
  moves.mvbs_present = {0, 4, 0, 5, 4};
  moves.mvbs[docked][fused] = 5;
  moves.mvbs[amphisome][digested] = 3;
  moves.mvbs[amphisome][expelled] = 1;
  moves.mvbs[maturing][digested] = 4;
  moves.present[docked] = {20, 30, 0, 0};
  moves.vesicles[docked][fused] = {20, 30, 0, 0};
  moves.present[amphisome] = {0, 0, 40, 0};
  moves.vesicles[amphisome][digested] = {0, 0, 30, 0};
  moves.vesicles[amphisome][expelled] = {0, 0, 10, 0};
  DonorCargo cargo;
  cargo.pool = 7.0;
  cargo.mvbs[0].loaded[docked] = 40.0;
  cargo.mvbs[0].loaded[amphisome] = 400.0;
  cargo.mvbs[0].limiting[docked] = 31.0;
  cargo.mvbs[0].limiting[maturing] = 1000.0;
  const std::vector<CargoLoading> loading{{CargoKind::membrane, {}}};
  draw_cargo(cargo, loading, events, Draws({.seed = 1}));
  const CargoInMvbs& in = cargo.mvbs[0];
  EXPECT_EQ(in.burst, 40.0);
  EXPECT_EQ(in.loaded[docked] + in.loaded[amphisome] + in.limiting[docked] + in.limiting[maturing], 0.0);
  EXPECT_EQ(cargo.pool, 7.0 + 31.0);  // membranes that fused
  EXPECT_EQ(in.digested + in.expelled, 1000.0 + 400.0);
  EXPECT_NEAR(in.expelled, 100.0, 45.0);
  EXPECT_GE(in.digested, 1000.0 + 250.0);
}

TEST(ExactChance, CopiesComeBackWithTheVesiclesThatFuseBack) {
  using namespace stochastic;
  std::vector<MvbEvents> events(1);
  for (auto& half : events[0].formation) half[docked].present = half[docked].back_fused = {3, 0, 4, 2};
  events[0].moves.mvbs_present[docked] = 2;
  DonorCargo cargo;
  cargo.pool = 5.0;
  cargo.mvbs[0].loaded[docked] = 60.0;
  const std::vector<CargoLoading> loading{{CargoKind::soluble, {}}};
  draw_cargo(cargo, loading, events, Draws({.seed = 1}));
  EXPECT_EQ(cargo.mvbs[0].loaded[docked], 0.0);
  EXPECT_EQ(cargo.pool, 65.0);
}

TEST(ExactChance, AllOfAPoolThatEmptiesLeaves) {
  // Nothing goes back in, and after ten thousand hours nothing is left in endosomes: 3.0 to 0.5 went out and to the
  // Golgi.
  Biogenesis b;
  b.endocytosis = b.golgi_export = 0.0;
  b.recycling = 3.0 / hour;
  b.retrograde = 0.5 / hour;
  const TransitionMatrix step(cycle_pools, membrane_cycle(b, 0.0), 1e4 * hour);
  Draws draws({.seed = 4});
  const Cycle after = stochastic::draw_cycle({0.0, 0.0, 7000.0, 0.0}, {}, step, draws);
  EXPECT_EQ(after[in_endosomes], 0.0);
  EXPECT_EQ(after[in_golgi] + after[at_plasma_membrane], 7000.0);
  EXPECT_NEAR(after[in_golgi], 1000.0, 150.0);
}

TEST(ExactChance, FusionsOfMvbsThatCameInTheStepAreTold) {
  stochastic::MvbEvents events;
  events.moves.mvbs[docked][fused] = 4;
  events.moves.arrived[fused] = 3;
  EXPECT_EQ(stochastic::totals(events).fusions, 7.0);
}

}  // namespace vesicast::donor_exact_test
