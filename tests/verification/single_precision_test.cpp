// Sums of a step in single precision: the same field but for 1e-6, all of the mass, and no sign lost, out to where
// float has no numbers left.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/support/petsc_options.hpp"
#include "tests/support/scenes.hpp"

namespace vesicast::single_precision_test {
namespace {

enum class Coefficients { constant, maps };

/// One vesicle in the middle of `n` voxels, and after some steps of D dt/h^2 = `r`; checks mass and sign after each.
std::vector<double> spread(const Index3& n, Coefficients kind, double r, int steps, bool single) {
  const test::Options options(single ? "-ts_vesicast_single 1" : "-ts_vesicast_single 0");
  const double h = 10.0, d = 4.0, dt = r * h * h / d;
  const Domain domain = test::domain_of(test::grid_of(n, h));
  VesicleClass v;
  v.decay = 0.0;
  std::vector<double> alpha, diffusivity;
  for (std::int64_t i = 0; i < domain.owned_voxels(); ++i) {
    const Index3 at = domain.owned().voxel(i);
    alpha.push_back(0.2 + 0.1 * std::sin(0.7 * static_cast<double>(at[0] + 2 * at[1])));
    diffusivity.push_back(d * (0.55 + 0.45 * std::cos(0.3 * static_cast<double>(at[0] + at[2]))));
  }
  Operator op = kind == Coefficients::maps ? Operator(domain, v, alpha, diffusivity) : Operator(domain, v, 0.2, d);
  double rate = op.largest_hop_rate();
  MPI_Allreduce(MPI_IN_PLACE, &rate, 1, MPI_DOUBLE, MPI_MAX, domain.comm());
  Transport transport(domain, "exponential", 1e-4);
  const Operator* const operators[] = {&op};
  const ExchangeVoxels voxels = transport.exchange_voxels({}, operators);
  Field field(domain);
  const Index3 middle{n[0] / 2, n[1] / 2, n[2] / 2};
  test::fill(field, domain, [&](const Index3& at) { return at == middle ? 1.0 : 0.0; });
  TransportFlows flows;
  const FieldTransport one{&field, &op, {}, rate, rate, false, &flows};
  for (int i = 0; i < steps; ++i) {
    transport.spread({&one, 1}, voxels, i * dt, dt);
    const ReadScope scope(field);
    for (const double x : scope.values()) EXPECT_GE(x, 0.0);
  }
  EXPECT_NEAR(test::total(field, domain), 1.0, 1e-14 * steps);
  return test::gather(field, domain);
}

}  // namespace

TEST(SinglePrecision, ChangesNothingThatTheToleranceWouldNot) {
  double worst = 0.0, worst_relative = 0.0;
  for (const Coefficients kind : {Coefficients::constant, Coefficients::maps})
    for (const double r : {0.02, 0.24, 1.0}) {
      const Index3 n{21, 18, 15};
      const auto some = spread(n, kind, r, 40, true), all = spread(n, kind, r, 40, false);
      const double largest = *std::max_element(all.begin(), all.end());
      for (std::size_t v = 0; v < all.size(); ++v) {
        worst = std::max(worst, std::abs(some[v] - all[v]) / largest);
        if (all[v] > 1e-12) worst_relative = std::max(worst_relative, std::abs(some[v] / all[v] - 1.0));
      }
      EXPECT_NE(some, all) << r;  // single precision was in use
    }
  RecordProperty("of_largest", std::to_string(worst * 1e9) + "e-9");
  RecordProperty("of_itself", std::to_string(worst_relative * 1e9) + "e-9");
  EXPECT_LE(worst, 1e-6);
  EXPECT_LE(worst_relative, 1e-5);
}

TEST(SinglePrecision, KeepsTheSignWhereFloatEnds) {
  for (const Coefficients kind : {Coefficients::constant, Coefficients::maps})
    for (const double r : {0.02, 0.24, 1.0}) {
      const auto field = spread({300, 1, 1}, kind, r, 25, true);
      double least = 1.0;
      for (const double x : field)
        if (x > 0.0) least = std::min(least, x);
      EXPECT_LT(least, 1e-34) << r;
    }
}

}  // namespace vesicast::single_precision_test
