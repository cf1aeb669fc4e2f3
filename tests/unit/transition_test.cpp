#include "src/base/transition.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "decomposition/base/error.hpp"
#include "src/recipient/pathway.hpp"
#include "src/recipient/unpacking.hpp"

namespace vesicast::transition_test {
TEST(TransitionMatrix, SolvesTwoDecaysInARow) {
  const double a = 3e-3, b = 1e-4;
  for (const double dt : {0.1, 30.0, 3600.0, 1e5}) {
    const TransitionMatrix m(3, std::array{Transition{0, 1, a}, Transition{1, 2, b}}, dt);
    EXPECT_NEAR(m(0, 0), std::exp(-a * dt), 1e-13);
    EXPECT_NEAR(m(1, 0), a / (b - a) * (std::exp(-a * dt) - std::exp(-b * dt)), 1e-13);
    EXPECT_NEAR(m(2, 1), -std::expm1(-b * dt), 1e-13);
  }
}

TEST(TransitionMatrix, LosesNothingAndIsNeverNegativeHoweverStiff) {
  const TransitionMatrix m(
      4, std::array{Transition{0, 1, 1e3}, Transition{1, 2, 1e-6}, Transition{1, 0, 5.0}, Transition{2, 3, 0.1}}, 60.0);
  for (int from = 0; from < 4; ++from) {
    double sum = 0.0;
    for (int to = 0; to < 4; ++to) {
      EXPECT_GE(m(to, from), 0.0);
      sum += m(to, from);
    }
    EXPECT_NEAR(sum, 1.0, 4e-16);
  }
}

TEST(TransitionMatrix, RefusesNegativeRatesAndUnknownPools) {
  EXPECT_THROW(TransitionMatrix(2, std::array{Transition{0, 1, -1.0}}, 1.0), InternalError);
  EXPECT_THROW(TransitionMatrix(2, std::array{Transition{0, 2, 1.0}}, 1.0), InternalError);
}

TEST(Unpacking, IsGatedByAcidity) {
  const AcidGate gate;
  EXPECT_DOUBLE_EQ(recipient::acid_gate(gate, gate.pKa), 0.5);
  EXPECT_NEAR(recipient::acid_gate(gate, 5.5), 1.0 / (1.0 + std::pow(10.0, -0.6)), 1e-15);
  EXPECT_LT(recipient::acid_gate(gate, 7.0), 0.005);  // bafilomycin: content release to about nothing
}

TEST(RecipientPathway, DeliversTheShareThatItsRatesSay) {
  // With only maturation, back-fusion at full acidity and degradation, the share delivered in the end is k_bf summed
  // over the two endosomes: p = a/(a + e) + e/(a + e) * a/(a + l).
  Uptake u;
  u.k_endocytosis = 1e-2;
  u.k_fusion = u.k_recycling = u.k_resecretion = 0.0;
  u.k_late = 1e-3;
  u.k_lysosome = 5e-4;
  u.k_degradation = 1e-3;
  u.k_back_fusion = 2e-4;
  AcidGate open;
  open.pH_early = open.pH_late = -100.0;  // gate fully open
  const TransitionMatrix m = recipient::pathway_matrix(u, open, 1e6);
  const double a = u.k_back_fusion;
  const double expected = a / (a + u.k_late) + u.k_late / (a + u.k_late) * a / (a + u.k_lysosome);
  EXPECT_NEAR(m(recipient::back_fused, recipient::bound), expected, 1e-12);
  EXPECT_NEAR(m(recipient::degraded, recipient::bound), 1.0 - expected, 1e-12);
}

}  // namespace vesicast::transition_test
