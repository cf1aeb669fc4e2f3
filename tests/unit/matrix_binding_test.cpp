// Weights of the exchange with the matrix against an independent matrix exponential; mass and sign for any rates.
#include "src/extracellular/matrix/matrix_binding.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "src/base/random.hpp"

namespace vesicast::matrix_binding_test {
namespace {

using Real = long double;
using Matrix = std::array<std::array<Real, 3>, 3>;

Matrix product(const Matrix& a, const Matrix& b) {
  Matrix c{};
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      for (std::size_t k = 0; k < 3; ++k) c[i][j] += a[i][k] * b[k][j];
  return c;
}

/// exp(dt A) of free, bound, decayed: a Taylor series of a small step, squared.
Matrix transition(Real a, Real b, Real d, Real dt) {
  const int squarings = std::max(0, 8 + static_cast<int>(std::ceil(std::log2((a + b + d) * dt + 1e-30L))));
  const Real t = dt / std::exp2(static_cast<Real>(squarings));
  const Matrix step{{{-a * t, b * t, 0}, {a * t, -(b + d) * t, 0}, {0, d * t, 0}}};
  Matrix term{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}, sum = term;
  for (int k = 1; k < 12; ++k) {
    term = product(term, step);
    for (std::size_t i = 0; i < 3; ++i)
      for (std::size_t j = 0; j < 3; ++j) {
        term[i][j] /= k;
        sum[i][j] += term[i][j];
      }
  }
  for (int k = 0; k < squarings; ++k) sum = product(sum, sum);
  return sum;
}

/// Binding with a = k_on S, S = 1.
MatrixBinding binding(double a, double b) {
  return {.k_on = a, .k_off = b, .sites = 1.0, .sites_map = {}};
}

}  // namespace

TEST(MatrixBinding, WeightsAreThoseOfTheExactSolution) {
  double worst = 0.0;
  for (const double a : {0.0, 1e-6, 1e-3, 0.1, 1.0, 30.0})
    for (const double b : {0.0, 1e-6, 1e-3, 0.1, 1.0, 30.0})
      for (const double d : {0.0, 1e-6, 1e-2, 0.1, 1.0, 10.0}) {
        const Matrix exact = transition(a, b, d, 1.0L);
        const MatrixWeights w = matrix_weights(a, b, d, 1.0);
        const std::array<std::pair<double, Real>, 4> pairs{{{w.leaves_free, exact[1][0] + exact[2][0]},
                                                            {w.comes_off, exact[0][1]},
                                                            {w.free_decays, exact[2][0]},
                                                            {w.bound_decays, exact[2][1]}}};
        for (const auto& [ours, theirs] : pairs) {
          const double error = std::abs(ours - static_cast<double>(theirs));
          worst = std::max(worst, error);
          EXPECT_LE(error, 1e-15) << a << ' ' << b << ' ' << d;
        }
      }
  RecordProperty("worst_error", std::to_string(worst * 1e16) + "e-16");
}

TEST(MatrixBinding, NothingIsNegativeOrLostForAnyRatesAndSteps) {
  const std::array<double, 9> rates{0.0, 1e-300, 1e-12, 1e-3, 1.0, 1e3, 1e6, 1e12, 1e150};
  const std::array<double, 7> held{0.0, 5e-324, 1e-18, 1.0 / 3.0, 1.0, 1e5 / 7.0, 1e12};
  double worst = 0.0;
  for (const double a : rates)
    for (const double b : rates)
      for (const double d : rates)
        for (const double dt : {1e-9, 1.0, 1e6}) {
          MatrixExchange exchange(binding(a, b), d);
          std::vector<double> free, bound;
          for (const double f : held)
            for (const double m : held) {
              free.push_back(f);
              bound.push_back(m);
            }
          double before = 0.0, after = 0.0;
          for (std::size_t i = 0; i < free.size(); ++i) before += free[i] + bound[i];
          ExactSum decayed;
          for (int step = 0; step < 3; ++step) {
            exchange.bind(dt, free, bound, decayed);
            for (std::size_t i = 0; i < free.size(); ++i) {
              ASSERT_GE(free[i], 0.0) << a << ' ' << b << ' ' << d << ' ' << dt;
              ASSERT_GE(bound[i], 0.0) << a << ' ' << b << ' ' << d << ' ' << dt;
            }
          }
          for (std::size_t i = 0; i < free.size(); ++i) after += free[i] + bound[i];
          worst = std::max(worst, std::abs((after + decayed.value()) / before - 1.0));
        }
  EXPECT_LE(worst, 2e-15);
  RecordProperty("worst_residual", std::to_string(worst * 1e16) + "e-16");
}

TEST(MatrixBinding, WhatDoesNotDecayStaysToTheLastBitAtEquilibrium) {
  MatrixExchange exchange(binding(3e-3, 1e-3), 0.0);
  std::vector<double> free{1.0}, bound{3.0};
  ExactSum decayed;
  for (int i = 0; i < 10000; ++i) exchange.bind(30.0, free, bound, decayed);
  EXPECT_NEAR(bound[0] / free[0], 3.0, 1e-14);
  EXPECT_NEAR(free[0] + bound[0], 4.0, 1e-15);
  EXPECT_EQ(decayed.value(), 0.0);
}

TEST(MatrixBinding, SitesPerVoxelGiveWhatEachVoxelAloneGives) {
  constexpr std::size_t n = 1300;  // more than one block, and a rest
  Draws draws({7, Purpose::placement_jitter, 0, 0, 0});
  std::vector<double> sites(n), free(n), bound(n);
  for (std::size_t i = 0; i < n; ++i) {
    sites[i] = i % 5 == 0 ? 0.0 : draws.uniform();
    free[i] = 10.0 * draws.uniform();
    bound[i] = draws.uniform();
  }
  const std::vector<double> free_before = free, bound_before = bound;
  MatrixExchange together(binding(0.02, 0.01), 1e-3, sites);
  ExactSum decayed, decayed_alone;
  for (const double dt : {30.0, 7.5, 30.0}) together.bind(dt, free, bound, decayed);
  for (std::size_t i = 0; i < n; ++i) {
    MatrixBinding own = binding(0.02, 0.01);
    own.sites = sites[i];
    MatrixExchange alone(own, 1e-3);
    std::vector<double> f{free_before[i]}, b{bound_before[i]};
    for (const double dt : {30.0, 7.5, 30.0}) alone.bind(dt, f, b, decayed_alone);
    ASSERT_EQ(f[0], free[i]) << i;
    ASSERT_EQ(b[0], bound[i]) << i;
  }
  EXPECT_EQ(decayed.value(), decayed_alone.value());
  EXPECT_GT(decayed.value(), 0.0);
}

TEST(MatrixBinding, AtRestAsManyAreBoundAsBindAndLeave) {
  MatrixBinding b = binding(0.3, 0.02);
  b.sites = 4.0;
  EXPECT_NEAR(MatrixExchange(b, 0.03).bound_per_free(7), 24.0, 1e-14);
  const MatrixExchange mapped(b, 0.01, std::vector<double>{2.0, 0.0, 5.0});
  EXPECT_NEAR(mapped.bound_per_free(0), 20.0, 1e-14);
  EXPECT_EQ(mapped.bound_per_free(1), 0.0);
  EXPECT_NEAR(mapped.bound_per_free(2), 50.0, 1e-14);
  b.k_off = 0.0;
  EXPECT_TRUE(std::isinf(MatrixExchange(b, 0.0).bound_per_free(0)));
}

}  // namespace vesicast::matrix_binding_test
