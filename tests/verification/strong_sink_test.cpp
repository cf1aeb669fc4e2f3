// Sinks far faster than a sweep cost nobody a sweep, and the field beside them stays right.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/support/scenes.hpp"

namespace vesicast::strong_sink_test {
namespace {

struct Outcome {
  std::vector<double> field;
  double taken = 0.0;  ///< by all sinks [vesicle]
  std::int64_t sweeps = 0;
};

/// 14^3 voxels full of vesicles, ten of them with a sink of `rate` [1/s]; five minutes in steps of `dt`. `exact`: every
/// sink under the sweeps' rate, none on a slower clock.
Outcome run(double rate, double dt, bool exact) {
  const Index3 n{14, 14, 14};
  const double alpha = 0.2, h = 10.0;
  const Grid grid = test::grid_of(n, h);
  const Domain domain = test::domain_of(grid);
  VesicleClass v;
  v.decay = 1e-5;
  Operator op(domain, v, alpha, 4.0);
  std::vector<std::int64_t> voxel;
  for (std::int64_t i = 0; i < domain.owned_voxels(); ++i)
    if (grid.global_index(domain.owned().voxel(i)) % 277 == 100) voxel.push_back(i);
  const std::vector<double> release(voxel.size(), 0.0), clearance(voxel.size(), rate * alpha * h * h * h);
  std::vector<double> integral(voxel.size());
  Transport transport(domain, exact ? "uniformisation" : "exponential", exact ? 1e-9 : 1e-4);
  const Operator* const operators[] = {&op};
  const ExchangeVoxels voxels = transport.exchange_voxels(voxel, operators);
  Field field(domain);
  test::fill(field, domain, [](const Index3&) { return 1.0; });
  const double hops = op.largest_hop_rate();
  TransportFlows flows;
  ExactSum taken;
  const FieldTransport one{&field, &op,   {release, clearance, integral}, exact ? hops + rate : hops, hops + rate,
                           false,  &flows};
  for (int i = 0; i < static_cast<int>(300.0 / dt); ++i) {
    transport.spread({&one, 1}, voxels, i * dt, dt);
    for (std::size_t s = 0; s < voxel.size(); ++s) taken.add(clearance[s] * integral[s]);
    const ReadScope scope(field);
    for (const double x : scope.values()) EXPECT_GE(x, 0.0);
  }
  std::array<ExactSum, 2> sums{taken, flows.decayed};
  sum_over_ranks(domain.comm(), sums);
  Outcome o{test::gather(field, domain), sums[0].value(), transport.sweeps()};
  const double left = test::total(field, domain);
  EXPECT_NEAR(left + sums[0].value() + sums[1].value(), static_cast<double>(grid.size()),
              1e-12 * static_cast<double>(grid.size()));
  return o;
}

/// Relative distance of the fields, root mean square.
double distance(const Outcome& a, const Outcome& b) {
  double sum = 0.0, norm = 0.0;
  for (std::size_t i = 0; i < a.field.size(); ++i) {
    sum += (a.field[i] - b.field[i]) * (a.field[i] - b.field[i]);
    norm += b.field[i] * b.field[i];
  }
  return std::sqrt(sum / norm);
}

}  // namespace

TEST(StrongSink, CostsNoSweepAndKeepsTheFieldRight) {
  for (const double dt : {6.0, 25.0}) {  // D dt/h^2 = 0.24 and 1
    const std::int64_t without = run(0.0, dt, false).sweeps;
    double worst_field = 0.0, worst_taken = 0.0;
    for (const double rate : {1.0, 10.0, 100.0}) {
      const Outcome fast = run(rate, dt, false), exact = run(rate, dt, true);
      worst_field = std::max(worst_field, distance(fast, exact));
      worst_taken = std::max(worst_taken, std::abs(fast.taken / exact.taken - 1.0));
      EXPECT_EQ(fast.sweeps, without) << rate;
    }
    RecordProperty("field_" + std::to_string(static_cast<int>(dt)), std::to_string(worst_field));
    RecordProperty("taken_" + std::to_string(static_cast<int>(dt)), std::to_string(worst_taken));
    EXPECT_LE(worst_field, 2.5e-3);
    EXPECT_LE(worst_taken, 1.2e-2);
  }
}

TEST(StrongSink, ModerateOnesAreFollowedExactly) {
  const std::int64_t without = run(0.0, 6.0, false).sweeps;
  for (const double rate : {0.01, 0.1, 0.3}) {
    const Outcome fast = run(rate, 6.0, false), exact = run(rate, 6.0, true);
    EXPECT_LE(distance(fast, exact), 2e-6) << rate;
    EXPECT_LE(std::abs(fast.taken / exact.taken - 1.0), 1e-5) << rate;
    EXPECT_LE(fast.sweeps * 6, without * 8) << rate;
  }
}

TEST(StrongSink, OfAnyStrengthStaysConservativeAndPositive) {
  for (const double rate : {1e6, 1e12})
    for (const double dt : {0.6, 6.0, 60.0}) static_cast<void>(run(rate, dt, false));
}

}  // namespace vesicast::strong_sink_test
