#include "src/base/exponential_share.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace vesicast::exponential_share_test {
TEST(ExponentialShare, IsExactToTwoUnitsInTheLastPlace) {
  double worst_left = 0.0, worst_gone = 0.0;
  for (int i = 0; i < 200000; ++i) {
    const double x = std::pow(10.0, -18.0 + 20.8 * i / 200000.0);
    const ExponentialShare<> share = exponential_share(x);
    worst_left = std::max(worst_left, std::abs(share.left / std::exp(-x) - 1.0));
    worst_gone = std::max(worst_gone, std::abs(share.gone / -std::expm1(-x) - 1.0));
  }
  EXPECT_LE(worst_left, 4.5e-16);
  EXPECT_LE(worst_gone, 4.5e-16);
}

TEST(ExponentialShare, HoldsAtItsEnds) {
  EXPECT_EQ(exponential_share(0.0).left, 1.0);
  EXPECT_EQ(exponential_share(0.0).gone, 0.0);
  EXPECT_EQ(exponential_share(1e300).gone, 1.0);
  EXPECT_LT(exponential_share(1e300).left, 1e-300);
  EXPECT_EQ(mean_left(0.0, 0.0), 1.0);
  EXPECT_NEAR(mean_left(1.1e-8, exponential_share(1.1e-8).gone), mean_left(0.9e-8, exponential_share(0.9e-8).gone),
              2e-9);
}

}  // namespace vesicast::exponential_share_test
