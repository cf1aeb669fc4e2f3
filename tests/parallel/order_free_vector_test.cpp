// PETSc vectors whose sums do not depend on the cut: exact values of every operation, the same bits on any ranks, and
// what is not finite.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "decomposition/field.hpp"

namespace vesicast::order_free_vector_test {
namespace {

struct Rank {
  int rank = 0, ranks = 1;
  Rank() {
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  }
};

/// `all` dealt out to the ranks in turn, rank by rank in pieces that are not equal.
VecHandle dealt(const std::vector<double>& all) {
  const Rank r;
  const auto n = static_cast<std::int64_t>(all.size());
  const auto start = [&](int rank) { return rank == 0 ? 0 : n * (2 * rank - 1) / (2 * r.ranks - 1); };
  const std::int64_t begin = start(r.rank), end = start(r.rank + 1);
  VecHandle v = make_vector(MPI_COMM_WORLD, end - begin);
  std::copy(all.begin() + begin, all.begin() + end, WriteScope(v.get()).values().begin());
  return v;
}

std::vector<double> rough(double seed) {
  std::vector<double> values;
  for (int i = 0; i < 1000; ++i) {
    const double s = 43758.5453 * std::sin(12.9898 * i + seed);
    values.push_back((s - std::floor(s) - 0.5) * std::pow(10.0, i % 31 - 15));
  }
  return values;
}

double dot(Vec x, Vec y) {
  double d = 0.0;
  petsc::check(VecDot(x, y, &d));
  return d;
}

double norm(Vec x, NormType type) {
  double d = 0.0;
  petsc::check(VecNorm(x, type, &d));
  return d;
}

}  // namespace

TEST(OrderFreeVector, SumsAreExact) {
  // Naive sums in any order lose the ones beside 1e16.
  std::vector<double> x(64, 1.0), y(64, 1.0);
  x[3] = 1e16;
  x[60] = -1e16;
  const VecHandle a = dealt(x), b = dealt(y);
  EXPECT_EQ(dot(a.get(), b.get()), 62.0);
  double product = 0.0;
  petsc::check(VecTDot(a.get(), b.get(), &product));
  EXPECT_EQ(product, 62.0);
  EXPECT_EQ(norm(b.get(), NORM_2), 8.0);
  EXPECT_EQ(norm(a.get(), NORM_1), 2e16 + 62.0);
  EXPECT_EQ(norm(a.get(), NORM_INFINITY), 1e16);
  const Vec both[] = {a.get(), b.get()};
  double several[2] = {};
  petsc::check(VecMDot(b.get(), 2, both, several));
  EXPECT_EQ(several[0], 62.0);
  EXPECT_EQ(several[1], 64.0);
  double square = 0.0;
  petsc::check(VecDotNorm2(a.get(), b.get(), &product, &square));
  EXPECT_EQ(product, 62.0);
  EXPECT_EQ(square, 64.0);
}

TEST(OrderFreeVector, IsTheSameOnAnyNumberOfRanks) {
  const auto x = rough(1.0), y = rough(2.0);
  const VecHandle a = dealt(x), b = dealt(y);
  VecHandle alone_a = make_vector(MPI_COMM_SELF, 1000), alone_b = make_vector(MPI_COMM_SELF, 1000);
  std::ranges::copy(x, WriteScope(alone_a.get()).values().begin());
  std::ranges::copy(y, WriteScope(alone_b.get()).values().begin());
  EXPECT_EQ(dot(a.get(), b.get()), dot(alone_a.get(), alone_b.get()));
  for (const NormType type : {NORM_1, NORM_2, NORM_FROBENIUS, NORM_INFINITY})
    EXPECT_EQ(norm(a.get(), type), norm(alone_a.get(), type)) << type;
}

TEST(OrderFreeVector, MultiplesAreAddedAsTheyAreWritten) {
  const std::vector<double> x{1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0}, y{8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0};
  const VecHandle a = dealt(x), b = dealt(y);
  VecHandle w;
  petsc::check(VecDuplicate(a.get(), w.out()));
  const auto expect = [&](Vec v, double of_x, double of_y, const char* what) {
    const ReadScope values(v), first(a.get()), second(b.get());
    for (std::size_t i = 0; i < values.values().size(); ++i)
      EXPECT_EQ(values.values()[i], of_x * first.values()[i] + of_y * second.values()[i]) << what;
  };
  petsc::check(VecWAXPY(w.get(), 3.0, a.get(), b.get()));
  expect(w.get(), 3.0, 1.0, "waxpy");
  petsc::check(VecAXPY(w.get(), -2.0, b.get()));
  expect(w.get(), 3.0, -1.0, "axpy");
  petsc::check(VecAYPX(w.get(), 2.0, a.get()));
  expect(w.get(), 7.0, -2.0, "aypx");
  petsc::check(VecAXPBY(w.get(), 4.0, 0.5, b.get()));
  expect(w.get(), 3.5, 3.0, "axpby");
  petsc::check(VecAXPBYPCZ(w.get(), 1.0, 2.0, -2.0, a.get(), b.get()));
  expect(w.get(), -6.0, -4.0, "axpbypcz");
  Vec both[] = {a.get(), b.get()};
  const double factors[] = {6.0, 5.0};
  petsc::check(VecMAXPY(w.get(), 2, factors, both));
  expect(w.get(), 0.0, 1.0, "maxpy");
  VecHandle again;
  petsc::check(VecDuplicate(w.get(), again.out()));
  petsc::check(VecSet(again.get(), std::numeric_limits<double>::quiet_NaN()));
  petsc::check(VecAXPBYPCZ(again.get(), 1.0, 1.0, 0.0, a.get(), b.get()));
  expect(again.get(), 1.0, 1.0, "a factor of 0 takes nothing");
}

TEST(OrderFreeVector, WhatIsNotFiniteMakesEverySumNaNOnEveryRank) {
  for (const double strange : {std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    std::vector<double> x(20, 1.0);
    x[19] = strange;  // the last rank's
    const VecHandle a = dealt(x), b = dealt(std::vector<double>(20, 1.0));
    EXPECT_TRUE(std::isnan(dot(a.get(), b.get())));
    EXPECT_TRUE(std::isnan(norm(a.get(), NORM_2)));
    EXPECT_FALSE(std::isfinite(norm(a.get(), NORM_INFINITY)));
    EXPECT_EQ(dot(b.get(), b.get()), 20.0);
  }
}

}  // namespace vesicast::order_free_vector_test
