#include <gtest/gtest.h>

#include <cmath>

#include "src/donor/recapture.hpp"
#include "src/donor/secretion.hpp"
#include "src/parameters/parameters.hpp"
#include "src/recipient/binding.hpp"
#include "src/recipient/delivery.hpp"
#include "src/recipient/endocytosis.hpp"
#include "src/recipient/fluid_phase.hpp"
#include "src/recipient/recycling.hpp"
#include "src/recipient/signal.hpp"
#include "src/recipient/unpacking.hpp"
#include "src/recipient/uptake.hpp"

namespace vesicast::recipient_test {
TEST(Binding, FreeReceptorsRelaxExactly) {
  const double a = 2e-3, b = 1.5, total = 5000.0, start = 4000.0, dt = 700.0;
  const double expected = start * std::exp(-a * dt) + b / a * (1.0 - std::exp(-a * dt));
  EXPECT_NEAR(recipient::free_receptors_after(start, total, a, b, dt), expected, 1e-9);
  EXPECT_EQ(recipient::free_receptors_after(10.0, total, 0.0, -100.0, 1.0), 0.0);
  EXPECT_EQ(recipient::free_receptors_after(total, total, 0.0, 100.0, 1.0), total);
}

TEST(Routes, MultiplyTheirWeights) {
  Uptake u;
  EXPECT_DOUBLE_EQ(recipient::endocytosis_rate(u), 1e-3);
  u.route_weight = {0.0, 0.0, 0.0, 1.0, 3.0};  // each adds
  EXPECT_DOUBLE_EQ(recipient::endocytosis_rate(u), 4e-3);
  EXPECT_DOUBLE_EQ(recipient::taken_in(u), 4e-3 + 1e-6);
  EXPECT_EQ(recipient::route_shares(u), (std::array<double, route_count>{0.0, 0.0, 0.0, 0.25, 0.75}));
  u.route_weight.fill(0.0);  // all inhibited
  EXPECT_EQ(recipient::endocytosis_rate(u), 0.0);
  EXPECT_EQ(recipient::route_shares(u), (std::array<double, route_count>{}));
}

TEST(Clusters, MoveWeightToTheRoutesOfLargeThings) {
  const std::array<double, route_count> weight{0.15, 0.30, 0.25, 0.25, 0.05};
  const auto half = recipient::shifted_by_clusters(weight, 0.5), all = recipient::shifted_by_clusters(weight, 1.0);
  const std::array<double, route_count> expected{0.075, 0.15, 0.125, 0.25 + 0.35 * 5.0 / 6.0, 0.05 + 0.35 / 6.0};
  for (std::size_t r = 0; r < route_count; ++r) EXPECT_NEAR(half[r], expected[r], 1e-15);
  EXPECT_EQ(all[0] + all[1] + all[2], 0.0);
  EXPECT_NEAR(all[3] + all[4], 1.0, 1e-15);
  EXPECT_EQ(recipient::shifted_by_clusters(weight, 0.0), weight);
  const std::array<double, route_count> small{0.5, 0.3, 0.2, 0.0, 0.0};  // nowhere to go
  EXPECT_EQ(recipient::shifted_by_clusters(small, 0.7), small);
}

TEST(Phagocytosis, IsHalvedByTheHalfCd47) {
  EXPECT_EQ(recipient::eaten_despite_cd47(0.0, 1.0), 1.0);
  EXPECT_EQ(recipient::eaten_despite_cd47(2.0, 2.0), 0.5);
  EXPECT_DOUBLE_EQ(recipient::eaten_despite_cd47(6.0, 2.0), 0.25);
}

TEST(Uptake, IsThatOfTheTypeAsTheVesicleChangesIt) {
  CellType type;
  VesicleClass exosome, other;
  exosome.name = "exosome";
  exosome.cluster = 1.0;
  exosome.cd47 = 3.0;
  other.name = "other";
  type.recipient["exosome"].k_late = 7e-4;
  EXPECT_FALSE(recipient::uptake_of(type, other));
  const auto u = recipient::uptake_of(type, exosome);
  ASSERT_TRUE(u);
  EXPECT_EQ(u->k_late, 7e-4);
  EXPECT_NEAR(u->route_weight[3], 5.0 / 6.0, 1e-15);
  EXPECT_NEAR(u->route_weight[4], 1.0 / 6.0 / 4.0, 1e-15);
}

TEST(FluidPhase, AddsToBindingWithoutReceptorsAndUnslowed) {
  Uptake u;
  u.k_on = 1e-3;
  u.fluid = 0.5;
  EXPECT_DOUBLE_EQ(recipient::whole_clearance(u, 5000.0, 0.2), 5.0 / 2.0 + 0.5);
  EXPECT_EQ(recipient::whole_clearance(u, 0.0, 0.2), 0.5);
}

TEST(AcidGate, IsHalfOpenAtThePKaInEveryCompartment) {
  Uptake u;
  u.k_back_fusion = 1e-4;
  u.lysosome_share = 0.4;
  const AcidGate gate{.pH_early = 5.8, .pH_late = 5.8, .pH_lysosome = 5.8};
  EXPECT_DOUBLE_EQ(recipient::unpack_early(u, gate).rate, 5e-5);
  EXPECT_DOUBLE_EQ(recipient::unpack_late(u, gate).rate, 5e-5);
  EXPECT_DOUBLE_EQ(recipient::unpack_lysosome(u, gate).rate, 2e-5);
  u.lysosome_share = 0.0;
  EXPECT_EQ(recipient::unpack_lysosome(u, gate).rate, 0.0);
}

TEST(Recycling, IsExactForAFrozenInflow) {
  EXPECT_NEAR(recipient::leaves_pool(100.0, 1e-3, 0.0, 60.0), 100.0 * -std::expm1(-0.06), 1e-12);
  EXPECT_EQ(recipient::leaves_pool(0.0, 0.0, 50.0, 60.0), 0.0);
  EXPECT_LE(recipient::leaves_pool(10.0, 1e3, 50.0, 60.0), 10.0 + 50.0 * 60.0);
  const double k = 1e-3, dt = 60.0, in = 0.2;
  EXPECT_NEAR(recipient::leaves_pool(1e6, k, in, dt), 1e6 * -std::expm1(-k * dt) + in * (dt - -std::expm1(-k * dt) / k),
              1e-6);
  // Both branches of the small-rate switch agree.
  EXPECT_NEAR(recipient::leaves_pool(1e9, 0.99e-8, 1.0, 100.0), recipient::leaves_pool(1e9, 1.01e-8, 1.0, 100.0), 25.0);
}

TEST(Delivery, CopiesAreConservedAndFollowTheExactSolution) {
  const double before = 12.0, arrived = 30.0, k = 2e-3, dt = 500.0;
  const auto c = recipient::deliver(before, arrived, k, dt);
  EXPECT_NEAR(c.copies, before * std::exp(-k * dt) + arrived / dt / k * (1.0 - std::exp(-k * dt)), 1e-12);
  EXPECT_NEAR(c.copies + c.lost, before + arrived, 1e-13);
  const auto forever = recipient::deliver(before, arrived, 0.0, dt);
  EXPECT_EQ(forever.copies, before + arrived);
  EXPECT_EQ(forever.lost, 0.0);
}

TEST(Signal, IsHalfAtTheHalfSignalAndZeroWithoutVesicles) {
  EXPECT_DOUBLE_EQ(recipient::receptor_signal(500.0, 500.0), 0.5);
  EXPECT_EQ(recipient::receptor_signal(0.0, 500.0), 0.0);
  EXPECT_DOUBLE_EQ(recipient::receptor_signal(300.0, 100.0), 0.75);
}

TEST(Recapture, IsTheBindingShareOfTheTwoWaysOut) {
  const double k_a = 8.3, k_s = 4.0;
  EXPECT_NEAR(donor::recaptured_share(k_a, 1.0 / k_s), k_a / (k_a + k_s), 1e-15);
  EXPECT_EQ(donor::recaptured_share(k_a, 0.0), 0.0);
}

TEST(Secretion, PoissonBurstsHaveTheirMeanAndVariance) {
  const Secretion s{0.5, ReleaseMode::poisson, 30.0};
  const double dt = 60.0;
  const int n = 20000;
  double sum = 0.0, square = 0.0;
  for (int i = 0; i < n; ++i) {
    const double x = donor::secreted(s, dt, {1, Purpose::secretion_events, static_cast<std::uint64_t>(i), 0, 0});
    EXPECT_EQ(std::fmod(x, 30.0), 0.0);
    sum += x;
    square += x * x;
  }
  const double mean = sum / n, variance = square / n - mean * mean;
  EXPECT_NEAR(mean, 30.0, 4.0 * std::sqrt(30.0 * 30.0 / n));  // four standard errors
  EXPECT_NEAR(variance, 900.0, 60.0);
}

TEST(Secretion, DrawsAreAPureFunctionOfTheirKey) {
  const Secretion s{5.0, ReleaseMode::poisson, 1.0};
  const DrawKey key{42, Purpose::secretion_events, 17, 60000, 0};
  const double first = donor::secreted(s, 60.0, key);
  EXPECT_EQ(donor::secreted(s, 60.0, key), first);
  int different = 0;
  for (std::uint64_t step = 1; step <= 20; ++step) {
    DrawKey other = key;
    other.step += 60000 * step;
    different += donor::secreted(s, 60.0, other) != first ? 1 : 0;
  }
  EXPECT_GT(different, 10);
}

TEST(Endocytosis, GoesInByEveryRouteAndWay) {
  Uptake u;
  u.k_endocytosis = 2e-3;
  u.route_weight = {0.1, 0.2, 0.3, 0.15, 0.05};
  u.k_fusion = 3e-4;
  u.k_internalisation = 7e-5;
  EXPECT_NEAR(recipient::endocytosis_rate(u), 1.6e-3, 1e-18);
  EXPECT_NEAR(recipient::taken_in(u), 1.6e-3 + 3e-4 + 7e-5, 1e-18);
  EXPECT_NEAR(recipient::internalisation(u).rate, 7e-5, 1e-20);
  EXPECT_NEAR(recipient::route_shares(u)[3], 0.15 / 0.8, 1e-15);
}

}  // namespace vesicast::recipient_test
