// Cell-to-cell variation: the law of the multipliers, what they depend on, and the steady state that varied donors
// start from.
#include <gtest/gtest.h>

#include <cmath>

#include "src/donor/pathway.hpp"
#include "src/donor/steady_state.hpp"
#include "src/parameters/multipliers.hpp"

namespace vesicast::variation_test {
TEST(Variation, MultipliersAreLognormalWithMeanOne) {
  constexpr int cells = 100000;
  for (const double cv : {0.2, 0.8}) {
    double sum = 0.0, squares = 0.0, logs = 0.0, log_squares = 0.0;
    for (int c = 0; c < cells; ++c) {
      const double m = multiplier(1, c, "k_on", cv);
      ASSERT_GT(m, 0.0);
      sum += m;
      squares += m * m;
      logs += std::log(m);
      log_squares += std::log(m) * std::log(m);
    }
    const double mean = sum / cells, variance = std::log1p(cv * cv);
    EXPECT_LT(std::abs(mean - 1.0), 4.0 * cv / std::sqrt(cells));
    EXPECT_NEAR(std::sqrt(squares / cells - mean * mean), cv, 0.03 * cv);
    const double log_mean = logs / cells;
    EXPECT_LT(std::abs(log_mean + 0.5 * variance), 4.0 * std::sqrt(variance / cells));
    EXPECT_LT(std::abs(log_squares / cells - log_mean * log_mean - variance), 4.0 * variance * std::sqrt(2.0 / cells));
  }
  EXPECT_EQ(multiplier(1, 7, "k_on", 0.0), 1.0);
}

TEST(Variation, AMultiplierDependsOnSeedCellAndRateAlone) {
  const double m = multiplier(1, 7, "k_on", 0.5);
  EXPECT_EQ(multiplier(1, 7, "k_on", 0.5), m);
  EXPECT_NE(multiplier(2, 7, "k_on", 0.5), m);
  EXPECT_NE(multiplier(1, 8, "k_on", 0.5), m);
  EXPECT_NE(multiplier(1, 7, "k_off", 0.5), m);
  const std::array<Variation, 3> three{{{Rate("k_tr"), 0.3}, {Rate("k_on"), 0.5}, {std::nullopt, 0.2}}};
  const CellMultipliers of_cell = multipliers_of(three, 1, 7);
  EXPECT_EQ(of_cell.rates[Rate("k_on")], m);
  EXPECT_EQ(of_cell.rates[Rate("k_off")], 1.0);
  EXPECT_EQ(of_cell.receptors, multiplier(1, 7, "receptors", 0.2));
}

TEST(Variation, TheSteadyStateSolvedDirectlyIsWhereShortStepsSettle) {
  Biogenesis b;
  b.formation[0] *= 2.0;  // fate coupling at work
  b.lysosome *= 0.6;
  const auto direct = donor::steady_state(b);
  ASSERT_TRUE(direct);
  double before = 0.0;
  for (const double dt : {80.0, 40.0, 20.0}) {
    const donor::Mvbs stepped = donor::steady_pathway(b, dt);
    double error = 0.0;
    for (std::size_t s = 0; s < donor::living_stages; ++s) {
      error = std::max(error, std::abs(direct->count[s] / stepped.count[s] - 1.0));
      for (std::size_t x = 0; x < ilv_routes && s > 0; ++x)
        error = std::max(error, std::abs(direct->vesicles[x][s] / stepped.vesicles[x][s] - 1.0));
    }
    RecordProperty("error_at_" + std::to_string(dt), std::to_string(error));
    EXPECT_LT(error, 1e-2);
    EXPECT_TRUE(before == 0.0 || std::log2(before / error) > 1.9) << dt << ": " << before << " to " << error;
    before = error;
  }
  EXPECT_LT(before, 1e-4);
}

TEST(Variation, NoExitIsNoSteadyState) {
  Biogenesis b;
  b.lysosome = b.autophagy = b.fusion = 0.0;
  EXPECT_FALSE(donor::steady_state(b));
  b.fusion = 1e-4;
  EXPECT_TRUE(donor::steady_state(b));
  b.docking = 0.0;  // MVBs end between interior and periphery
  EXPECT_FALSE(donor::steady_state(b));
  b.lysosome = 1e-4;
  b.undocking = b.fusion = 0.0;  // nothing gets to where there is no exit
  const auto state = donor::steady_state(b);
  ASSERT_TRUE(state);
  EXPECT_EQ(state->count[donor::docked], 0.0);
  b.maturation = 0.0;
  EXPECT_FALSE(donor::steady_state(b));
}

}  // namespace vesicast::variation_test
