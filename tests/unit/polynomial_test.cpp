#include "src/extracellular/weights/polynomial.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numeric>

namespace vesicast::polynomial_test {
namespace {

/// The scalar problem dN/dt = -a N + s: its average by a polynomial, by Horner or Clenshaw.
double average(const TimePolynomial& p, double a, double s, double n) {
  const double share = 1.0 - a / p.q;
  const auto weight = [&](std::size_t k) { return p.field[k] * n + p.source[k] * s; };
  if (p.basis == Basis::powers) {
    double sum = 0.0;
    for (std::size_t k = p.field.size(); k-- > 0;) sum = share * sum + weight(k);
    return sum;
  }
  double one = 0.0, two = 0.0;
  for (std::size_t k = p.field.size(); k-- > 1;) {
    const double next = 2.0 * share * one - two + weight(k);
    two = one;
    one = next;
  }
  return share * one - two + weight(0);
}

/// The whole step, as the program takes it.
double step(const TimePlan& plan, double a, double s, double n, double dt) {
  for (int piece = 0; piece < plan.pieces; ++piece)
    n += dt / static_cast<double>(plan.pieces) * (-a * average(plan.polynomial, a, s, n) + s);
  return n;
}

double exact(double a, double s, double n, double dt) {
  return n * std::exp(-a * dt) + s * -std::expm1(-a * dt) / a;
}

TimePlan plan_of(const std::string& name, double q, double dt, double tolerance) {
  return plan_step(*find_time_scheme(name), q, dt, tolerance);
}

}  // namespace

TEST(TimePolynomial, TheExponentialsSolveDecayWithASourceToTheirTolerance) {
  for (const std::string name : {"uniformisation", "economised", "chebyshev"})
    for (const double q : {1e-7, 0.01, 0.5, 4.0, 20.0, 100.0})
      for (const double share : {0.0001, 0.3, 1.0, 1.9})  // the spectrum reaches from 0 to 2 q
        for (const double tolerance : {1e-3, 1e-4, 1e-8, 1e-12}) {
          const double a = share * q;
          const TimePlan plan = plan_of(name, q, 1.0, tolerance);
          EXPECT_NEAR(step(plan, a, 0.7, 2.0, 1.0), exact(a, 0.7, 2.0, 1.0),
                      3.0 * static_cast<double>(plan.pieces) * tolerance * 2.7 + 1e-13)
              << name << " q " << q << " share " << share << " tolerance " << tolerance;
        }
}

TEST(TimePolynomial, WeightsOfUniformisationAreTailsOfThePoissonLaw) {
  const double q = 0.3, dt = 4.0, lambda = q * dt, e = std::exp(-lambda);
  const TimePolynomial p = uniformisation(q, dt, 1e-12);
  EXPECT_EQ(p.q, q);
  const std::array tail{1.0 - e, 1.0 - e * (1.0 + lambda), 1.0 - e * (1.0 + lambda + lambda * lambda / 2.0)};
  double beyond = lambda;  // all tails add up to the mean
  for (std::size_t k = 0; k < tail.size(); ++k) {
    EXPECT_NEAR(p.field[k], tail[k] / lambda, 1e-15);
    beyond -= tail[k];
    EXPECT_NEAR(p.source[k], dt * beyond / (lambda * lambda), 1e-14);
  }
}

TEST(TimePolynomial, ChebyshevSumsUpToPhi1AndPhi2) {
  // At the ends of the spectrum T_k is 1 and (-1)^k.
  const double q = 1.7, dt = 3.0, z = -2.0 * q * dt;
  const TimePolynomial p = chebyshev(q, dt, 1e-13);
  const auto sum = [](const std::vector<double>& weight, double x) {
    double all = 0.0, power = 1.0;
    for (const double w : weight) {
      all += power * w;
      power *= x;
    }
    return all;
  };
  EXPECT_NEAR(sum(p.field, 1.0), 1.0, 1e-12);
  EXPECT_NEAR(sum(p.source, 1.0), 0.5 * dt, 1e-12);
  EXPECT_NEAR(sum(p.field, -1.0), std::expm1(z) / z, 1e-12);
  EXPECT_NEAR(sum(p.source, -1.0), dt * (std::expm1(z) / z - 1.0) / z, 1e-12);
}

TEST(TimePolynomial, StagesOfTheRungeKuttaSchemesByHand) {
  // SSPRK(4, 2) in sub-steps of dt/3.
  const TimePolynomial s = ssprk2(1.2, 2.0, 0.0);
  ASSERT_EQ(s.sweeps(), 4U);
  EXPECT_NEAR(s.q, 1.5, 1e-15);
  for (std::size_t k = 0; k < 4; ++k) {
    EXPECT_NEAR(s.field[k], 0.25, 1e-16);
    EXPECT_NEAR(s.source[k], 2.0 / 3.0 * (3.0 - static_cast<double>(k)) / 4.0, 1e-15);
  }
  // RKL2 of 3 stages: R(z) = a + b P_3(1 + w z), b = 10/24, a = 1 - b, w = 4/10.
  const double q = 0.6, dt = 2.0;
  const TimePolynomial r = rkl2(q, dt, 0.0);
  ASSERT_EQ(r.sweeps(), 3U);
  for (const double rate : {0.1, 0.5, 1.1}) {
    const double z = -rate * dt, x = 1.0 + 0.4 * z, legendre = 0.5 * (5.0 * x * x * x - 3.0 * x);
    EXPECT_NEAR(average(r, rate, 0.0, 1.0), (10.0 / 24.0 * (legendre - 1.0)) / z, 1e-14) << rate;
    EXPECT_NEAR(average(r, rate, 1.0, 0.0), dt * ((10.0 / 24.0 * (legendre - 1.0)) / z - 1.0) / z, 1e-13) << rate;
  }
}

TEST(TimePolynomial, TheAverageOfAShortStepIsKnownToTheTolerance) {
  for (const std::string name : {"uniformisation", "economised", "chebyshev"})
    for (const double q : {1e-6, 1e-3, 0.1})
      for (const double share : {0.01, 1.0}) {
        const double a = share * q, expected = 2.0 * -std::expm1(-a) / a;
        EXPECT_NEAR(average(plan_of(name, q, 1.0, 1e-4).polynomial, a, 0.0, 2.0), expected, 5e-4) << name << " q " << q;
      }
}

TEST(TimePolynomial, WeightsOfThePositiveSchemesLeaveNoRoomForANegativeValue) {
  // N_new = sum_k gamma_k P^k c + dt sum_k delta_k P^k S: all of gamma and delta >= 0, each adding up to one.
  for (const std::string name : {"economised", "uniformisation", "ssprk2"})
    for (const double lambda : {1e-6, 0.1, 1.0, 6.0, 14.4, largest_positive_step})
      for (const double tolerance : {1e-2, 1e-4, 1e-10}) {
        const TimePolynomial p = plan_of(name, lambda, 1.0, tolerance).polynomial;
        for (const auto* weights : {&p.field, &p.source}) {
          EXPECT_LE(p.q * (*weights)[0], 1.0 + 1e-12) << name << " " << lambda;
          for (std::size_t k = 0; k < weights->size(); ++k) {
            EXPECT_GE((*weights)[k], 0.0);
            if (k > 0) {
              EXPECT_LE((*weights)[k], (*weights)[k - 1] * (1.0 + 1e-12)) << name << " " << lambda << " " << k;
            }
          }
        }
      }
}

TEST(TimePolynomial, EconomisedSpreadsACloudAtTheExactRate) {
  // The slope of sum gamma_k x^k at x = 1 is lambda times the sum of the averages' weights.
  for (const double lambda : {0.144, 1.44, 6.0, 14.4, 20.0}) {
    const TimePolynomial p = economised(lambda, 1.0, 1e-4);
    EXPECT_NEAR(std::accumulate(p.field.begin(), p.field.end(), 0.0), 1.0, 2e-6) << lambda;
    EXPECT_NEAR(std::accumulate(p.source.begin(), p.source.end(), 0.0), 0.5, 2e-6) << lambda;
  }
}

TEST(TimePolynomial, CancellationGrowsAsTheExponentialDoes) {
  for (const double lambda : {0.1, 1.0, 6.0, 12.0, 24.0})
    for (const std::string name : {"economised", "uniformisation"}) {
      const TimePolynomial p = find_time_scheme(name)->make(lambda, 1.0, 1e-4);
      // N keeps exp(-lambda) of itself, by the difference of 1 and the first tail.
      EXPECT_GE(cancellation(p, 1.0), 0.9 * (2.0 * std::exp(lambda) - 1.0) - 1.0) << name << lambda;
      EXPECT_LE(cancellation(p, 1.0), 21.0 * std::exp(lambda)) << name << lambda;
    }
  EXPECT_TRUE(std::isinf(cancellation(ssprk2(4.0, 1.0, 1e-4), 1.0)));
}

TEST(TimePolynomial, SinglePrecisionIsForShortStepsAndModestTolerances) {
  const auto plan = [](double lambda, double tolerance) { return plan_cheapest_step(lambda, 1.0, tolerance); };
  for (const double lambda : {0.1, 1.44, 6.0, 9.0}) EXPECT_TRUE(plan(lambda, 1e-4).single) << lambda;
  EXPECT_EQ(plan(14.4, 1e-4).pieces, 2);
  EXPECT_TRUE(plan(14.4, 1e-4).single);
  EXPECT_FALSE(plan(60.0, 1e-4).single);
  EXPECT_FALSE(plan(1.44, 1e-6).single);
  EXPECT_FALSE(plan_cheapest_step(1.44, 1.0, 1e-4, SumPrecision::always_double).single);
  EXPECT_FALSE(plan_step(*find_time_scheme("economised"), 20.0, 1.0, 1e-4).single);
}

TEST(TimePolynomial, EconomisedTakesTheSweepsThatTheDocumentsName) {
  const auto sweeps = [](const std::string& name, double r) {
    return plan_of(name, 6.0 * r, 1.0, 1e-4).polynomial.sweeps();
  };
  EXPECT_EQ(sweeps("economised", 0.024), 3u);
  EXPECT_EQ(sweeps("economised", 0.24), 6u);
  EXPECT_EQ(sweeps("economised", 1.0), 11u);
  EXPECT_EQ(sweeps("economised", 2.4), 20u);
  EXPECT_EQ(sweeps("uniformisation", 0.24), 8u);
  EXPECT_EQ(sweeps("uniformisation", 1.0), 17u);
  EXPECT_EQ(sweeps("uniformisation", 2.4), 30u);
  EXPECT_EQ(sweeps("chebyshev", 10.0), 36u);
}

TEST(TimePolynomial, TheCheapestIsPositiveForShortStepsAndChebyshevForLongOnes) {
  for (const double r : {0.01, 0.24, 1.0, 2.0})
    EXPECT_EQ(plan_cheapest_step(6.0 * r, 1.0, 1e-4).polynomial.basis, Basis::powers) << r;
  for (const double r : {10.0, 100.0, 1000.0}) {
    const TimePlan plan = plan_cheapest_step(6.0 * r, 1.0, 1e-4);
    EXPECT_EQ(plan.polynomial.basis, Basis::chebyshev) << r;
    EXPECT_LT(static_cast<double>(plan.pieces) * static_cast<double>(plan.polynomial.sweeps()),
              16.0 * std::sqrt(6.0 * r))
        << r;
  }
}

TEST(TimePolynomial, OnlyModestSinksRaiseTheSweepsRate) {
  EXPECT_NEAR(sweep_rate(1.0, 1.0, 10.0), 1.0, 2e-3);
  EXPECT_NEAR(sweep_rate(1.0, 1.2, 10.0), 1.2, 2e-3);
  EXPECT_NEAR(sweep_rate(1.0, 1e6, 10.0), 1.1, 2e-3);
  EXPECT_NEAR(sweep_rate(1e-3, 0.3, 10.0), 0.3, 1e-3);
  EXPECT_NEAR(sweep_rate(1e-3, 1e6, 10.0), 0.15, 1e-3);
  EXPECT_GT(sweep_rate(0.0, 0.0, 10.0), 0.0);
}

TEST(TimePolynomial, TheRungeKuttaSchemesAreSecondOrderInTheStep) {
  // Fixed number of stages: halving dt must quarter the error of two half steps against one.
  const double a = 1.0, s = 0.5, n = 2.0, horizon = 1.0;
  for (const std::string name : {"ssprk2", "rkl2"}) {
    double previous = 0.0;
    for (const int steps : {8, 16, 32}) {
      const double dt = horizon / steps;
      double value = n;
      for (int i = 0; i < steps; ++i) value = step(plan_of(name, a, dt, 0.0), a, s, value, dt);
      const double error = std::abs(value - exact(a, s, n, horizon));
      if (previous > 0.0) {
        EXPECT_GE(std::log2(previous / error), 1.9) << name;
      }
      previous = error;
    }
    EXPECT_LT(previous, 1e-3) << name;
  }
}

TEST(TimePolynomial, Rkl2StaysBoundedOnItsWholeSpectrum) {
  for (const double lambda : {0.5, 5.0, 50.0, 500.0}) {
    const TimePlan plan = plan_of("rkl2", lambda, 1.0, 0.0);
    EXPECT_EQ(plan.pieces, 1);
    EXPECT_EQ(plan.polynomial.sweeps() % 2, 1u);
    for (double share = 0.0; share <= 2.0; share += 0.01)
      EXPECT_LE(std::abs(step(plan, share * lambda, 0.0, 1.0, 1.0)), 1.0 + 1e-9) << lambda << " " << share;
  }
}

TEST(Ssprk2, TakesEnoughStagesToStayPositive) {
  for (const double q : {0.1, 1.5, 7.0, 23.0}) EXPECT_GE(ssprk2(q, 1.0, 0.0).q, q);
}

}  // namespace vesicast::polynomial_test
