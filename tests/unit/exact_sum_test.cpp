#include "decomposition/base/exact_sum.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "decomposition/base/error.hpp"
#include "src/base/random.hpp"

namespace vesicast::exact_sum_test {
namespace {

/// Values of very different size and both signs.
std::vector<double> awkward_values(std::size_t n) {
  std::vector<double> v;
  Draws draws({7, Purpose::placement_jitter, 0, 0, 0});
  for (std::size_t i = 0; i < n; ++i)
    v.push_back((draws.uniform() - 0.5) * std::pow(10.0, 40.0 * draws.uniform() - 20.0));
  return v;
}

}  // namespace

TEST(ExactSum, KeepsWhatCancellationWouldLose) {
  ExactSum s;
  for (const double x : {1e300, 1.0, -1e300, 1e-300, -1.0}) s.add(x);
  EXPECT_EQ(s.value(), 1e-300);
}

TEST(ExactSum, RoundsOnceToNearestEven) {
  ExactSum s;
  s.add(1.0);
  s.add(0x1p-53);  // half a unit in the last place: a tie, to even
  EXPECT_EQ(s.value(), 1.0);
  s.add(0x1p-200);  // any more, however little, rounds up
  EXPECT_EQ(s.value(), 1.0 + 0x1p-52);
}

TEST(ExactSum, IsTheSameInAnyOrderAndAnyGrouping) {
  std::vector<double> v = awkward_values(5000);
  ExactSum forward;
  forward.add(v);
  std::reverse(v.begin(), v.end());
  ExactSum parts;
  for (std::size_t begin = 0; begin < v.size(); begin += 977) {
    ExactSum part;
    part.add(std::span(v).subspan(begin, std::min<std::size_t>(977, v.size() - begin)));
    parts += part;
  }
  EXPECT_EQ(forward.value(), parts.value());
  long double reference = 0.0L;
  std::sort(v.begin(), v.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
  for (const double x : v) reference += x;
  EXPECT_NEAR(forward.value(), static_cast<double>(reference), std::abs(static_cast<double>(reference)) * 1e-15);
}

TEST(ExactSum, HandlesNegativeTotalsAndZero) {
  ExactSum s;
  EXPECT_EQ(s.value(), 0.0);
  s.add(-3.25);
  s.add(1.0);
  EXPECT_EQ(s.value(), -2.25);
  s.clear();
  EXPECT_EQ(s.value(), 0.0);
}

TEST(ExactSum, RefusesWhatIsNotFinite) {
  ExactSum s;
  for (const double bad : {std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
                           std::numeric_limits<double>::quiet_NaN()}) {
    ExactSum broken, other, sound;
    broken.add(1.0);
    EXPECT_TRUE(broken.finite());
    broken.add(bad);
    broken.add(-std::numeric_limits<double>::max());
    EXPECT_FALSE(broken.finite());
    EXPECT_TRUE(std::isnan(broken.value()));
    for (int i = 0; i < 100; ++i) other += broken;
    ExactSum::Limbs words = other.normalised();
    for (std::int64_t& word : words) word *= 1000;  // as of a thousand ranks
    sound.assign(words);
    EXPECT_TRUE(std::isnan(sound.value()));
    broken.clear();
    EXPECT_EQ(broken.value(), 0.0);
  }
}

TEST(BinnedSum, AgreesWithTheExactSumWhateverTheGrouping) {
  std::vector<double> v;
  Draws draws({3, Purpose::placement_type, 0, 0, 0});
  for (int i = 0; i < 20011; ++i) v.push_back(draws.uniform() * std::pow(10.0, 6.0 * draws.uniform() - 3.0));
  ExactSum exact, whole, pieces;
  exact.add(v);
  BinnedSum all, part;
  all.add(v);
  all.flush(whole);
  for (std::size_t begin = 0; begin < v.size(); begin += 13)
    part.add(std::span(v).subspan(begin, std::min<std::size_t>(13, v.size() - begin)));
  part.flush(pieces);
  EXPECT_EQ(whole.value(), pieces.value());
  EXPECT_NEAR(whole.value(), exact.value(), static_cast<double>(v.size()) * 0x1p-111 + 0x1p-53 * exact.value());
}

TEST(BinnedSum, HoldsLargeSmallAndNegativeTermsExactly) {
  // All are whole multiples of the smallest unit, so nothing is lost.
  std::vector<double> v;
  Draws draws({4, Purpose::placement_type, 0, 0, 0});
  for (int i = 0; i < 30000; ++i) {
    const double sign = draws.uniform() < 0.7 ? 1.0 : -1.0;
    v.push_back(sign * std::ldexp(std::floor(std::ldexp(draws.uniform(), 40)),
                                  static_cast<int>(draws.uniform() * 112.0) - 110));
  }
  v.push_back(0x1.fffffffffffffp41);
  v.push_back(-0x1.fffffffffffffp41);
  v.push_back(-0x1p-110);
  ExactSum exact, binned;
  exact.add(v);
  BinnedSum sum;
  sum.add(v);
  sum.flush(binned);
  EXPECT_EQ(binned.value(), exact.value());
  ExactSum nothing;
  sum.flush(nothing);
  EXPECT_EQ(nothing.value(), 0.0);
}

TEST(BinnedSum, SumsTermsBeyondItsUnitsExactlyWhateverTheGrouping) {
  std::vector<double> v = awkward_values(2000);
  // To the last bit around 2^42 and 2^43, where a term begins to be too large; small multiples of a unit around them.
  for (const double edge : {0x1p42, 0x1p43, 0x1.8p44, 0x1.8p45, 0x1p60, 0x1p1000})
    for (const double x : {std::nextafter(edge, 0.0), edge, std::nextafter(edge, 2.0 * edge)})
      for (const double sign : {1.0, -1.0}) {
        v.insert(v.begin() + static_cast<std::ptrdiff_t>(v.size() / 3), sign * x);
        v.push_back(0x1p-110);
      }
  v.push_back(0x1.23456789abcdep50);  // so that the sum is not small
  // The last bits of the awkward values are below what a bin holds.
  for (double& x : v)
    if (std::abs(x) < 1.0) x = std::ldexp(std::round(std::ldexp(x, 110)), -110);
  for (const std::size_t group : {v.size(), std::size_t{1}, std::size_t{7}, std::size_t{977}}) {
    ExactSum exact, binned;
    exact.add(v);
    BinnedSum sum;
    for (std::size_t begin = 0; begin < v.size(); begin += group)
      sum.add(std::span(v).subspan(begin, std::min(group, v.size() - begin)));
    sum.flush(binned);
    EXPECT_EQ(binned.normalised(), exact.normalised()) << group;
    ExactSum nothing;
    sum.flush(nothing);
    EXPECT_EQ(nothing.value(), 0.0);
  }
}

TEST(BinnedSum, RefusesWhatIsNotFinite) {
  for (const double bad : {std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    std::vector<double> v(100, 1.0);
    v[37] = bad;
    BinnedSum sum;
    sum.add(v);
    ExactSum into;
    sum.flush(into);
    EXPECT_FALSE(into.finite());
    into.clear();
    sum.flush(into);
    EXPECT_EQ(into.value(), 0.0);
  }
}

}  // namespace vesicast::exact_sum_test
