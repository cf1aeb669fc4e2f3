#include "src/extracellular/polynomial.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

using namespace vesicast;

namespace {

/// The scalar problem dN/dt = -a N + s: its average by a polynomial, then the finish.
double step(const TimePolynomial& p, double a, double s, double n, double dt) {
  const double share = 1.0 - a / p.q;
  double average = p.field.back() * n + p.source.back() * s;
  for (std::size_t k = p.field.size() - 1; k-- > 0;) average = share * average + p.field[k] * n + p.source[k] * s;
  return n + dt * (-a * average + s);
}

double exact(double a, double s, double n, double dt) {
  return n * std::exp(-a * dt) + s * -std::expm1(-a * dt) / a;
}

}  // namespace

TEST(Uniformisation, SolvesDecayWithASourceToItsTolerance) {
  for (const double q : {0.01, 0.5, 4.0, 20.0})
    for (const double share : {0.0001, 0.3, 1.0})
      for (const double tolerance : {1e-4, 1e-8, 1e-12}) {
        const double a = share * q;
        const TimePolynomial p = uniformisation(q, 1.0, tolerance);
        const double value = exact(a, 0.7, 2.0, 1.0);
        EXPECT_NEAR(step(p, a, 0.7, 2.0, 1.0), value, 30.0 * tolerance * 2.7 + 1e-14)
            << "q " << q << " share " << share;
      }
}

TEST(Uniformisation, WeightsAreNonNegativeAndAddUpToOneWithinTheTolerance) {
  for (const double lambda : {1e-6, 0.1, 1.0, 10.0, largest_positive_step}) {
    const TimePolynomial p = uniformisation(lambda, 1.0, 1e-10);
    for (std::size_t k = 0; k < p.field.size(); ++k) {
      EXPECT_GE(p.field[k], 0.0);
      EXPECT_GE(p.source[k], 0.0);
    }
    EXPECT_NEAR(std::accumulate(p.field.begin(), p.field.end(), 0.0), 1.0, 1e-9);
    EXPECT_NEAR(std::accumulate(p.source.begin(), p.source.end(), 0.0), 0.5, 1e-9);  // the mean of t over [0, 1]
  }
}

TEST(Ssprk2, IsSecondOrderInTheStep) {
  // Fixed number of stages: halving dt must quarter the error of two half steps against one.
  const double a = 1.0, s = 0.5, n = 2.0, horizon = 1.0;
  double previous = 0.0;
  for (const int steps : {8, 16, 32}) {
    const double dt = horizon / steps;
    double value = n;
    for (int i = 0; i < steps; ++i) value = step(ssprk2(a, dt, 0.0), a, s, value, dt);
    const double error = std::abs(value - exact(a, s, n, horizon));
    if (previous > 0.0) {
      EXPECT_GE(std::log2(previous / error), 1.9);
    }
    previous = error;
  }
  EXPECT_LT(previous, 1e-3);
}

TEST(Ssprk2, TakesEnoughStagesToStayPositive) {
  for (const double q : {0.1, 1.5, 7.0, 23.0}) EXPECT_GE(ssprk2(q, 1.0, 0.0).q, q);
}
