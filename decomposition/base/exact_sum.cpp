#include "decomposition/base/exact_sum.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

namespace vesicast {
namespace {

__extension__ using Wide = unsigned __int128;
constexpr int limb_bits = 32;
constexpr int lowest_exponent = -1074;  // of the smallest denormal
constexpr std::uint64_t limb_mask = 0xffffffffu;

/// Four lanes as one value: sums stay in registers, which the compiler does not see to with loops over arrays.
using Four = double __attribute__((vector_size(32)));
using FourWords = std::uint64_t __attribute__((vector_size(32)));

/// Units of the parts of a BinnedSum, and 1.5 x 2^52 of them.
constexpr std::array<int, 3> unit_exponent{-8, -59, -110};
constexpr std::array<double, 3> big{0x1.8p44, 0x1.8p-7, 0x1.8p-58};
/// Adding a term to big[0] changes its sign or exponent, and the unit of its last bit with it, if the term is beyond
/// 2^43, infinite or NaN: a term below this bound never does.
constexpr double always_binned = 0x1p42;
constexpr std::uint64_t sign_and_exponent = ~std::uint64_t{0} << 52;

// Also built for processors with 32-byte vectors, chosen when the program starts. The same operations either way. Not
// by clang 16, whose clones other files cannot call.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define VESICAST_VECTORISED __attribute__((target_clones("avx2", "default")))
#else
#define VESICAST_VECTORISED
#endif

}  // namespace

void ExactSum::add(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const int biased = static_cast<int>((bits >> 52) & 0x7ff);
  if (biased == 0x7ff) {
    limb_[limbs - 1] = not_finite;
    return;
  }
  std::uint64_t mantissa = bits & 0xfffffffffffffULL;
  if (biased != 0) mantissa |= std::uint64_t{1} << 52;
  if (mantissa == 0) return;
  const int position = biased == 0 ? 0 : biased - 1;  // in bits above 2^lowest_exponent
  const auto first = static_cast<std::size_t>(position / limb_bits);
  const int shift = position % limb_bits;
  const Wide wide = static_cast<Wide>(mantissa) << shift;
  const auto low = static_cast<std::int64_t>(static_cast<std::uint64_t>(wide) & limb_mask);
  const auto middle = static_cast<std::int64_t>(static_cast<std::uint64_t>(wide >> 32) & limb_mask);
  const auto high = static_cast<std::int64_t>(static_cast<std::uint64_t>(wide >> 64));
  const std::int64_t sign = (bits >> 63) != 0 ? -1 : 1;
  limb_[first] += sign * low;
  limb_[first + 1] += sign * middle;
  limb_[first + 2] += sign * high;
  if (++additions_ >= (std::int64_t{1} << 30)) carry();
}

ExactSum& ExactSum::operator+=(const ExactSum& other) {
  Limbs words = other.limb_;
  if (additions_ + other.additions_ >= (std::int64_t{1} << 30)) {
    carry();
    ExactSum copy = other;
    words = copy.normalised();
    additions_ = 1;
  } else {
    additions_ += other.additions_ + 1;
  }
  for (std::size_t i = 0; i < limbs; ++i) limb_[i] += words[i];
  if (!finite()) limb_[limbs - 1] = not_finite;
  return *this;
}

void ExactSum::carry() {
  std::int64_t over = 0;
  for (std::size_t i = 0; i + 1 < limbs; ++i) {
    const std::int64_t total = limb_[i] + over;
    over = total >> limb_bits;  // floor: the limb left behind is in [0, 2^32)
    limb_[i] = total - (over << limb_bits);
  }
  limb_[limbs - 1] += over;  // the top limb keeps the sign
  if (!finite()) limb_[limbs - 1] = not_finite;
  additions_ = 1;
}

const ExactSum::Limbs& ExactSum::normalised() {
  carry();
  return limb_;
}

void ExactSum::assign(const Limbs& words) {
  limb_ = words;
  carry();
}

void ExactSum::clear() {
  limb_.fill(0);
  additions_ = 0;
}

bool ExactSum::finite() const {
  return limb_[limbs - 1] < not_finite / 2;
}

double ExactSum::value() const {
  ExactSum copy = *this;
  copy.carry();
  if (!copy.finite()) return std::numeric_limits<double>::quiet_NaN();
  const bool negative = copy.limb_[limbs - 1] < 0;
  if (negative) {
    for (auto& l : copy.limb_) l = -l;
    copy.carry();
  }
  std::size_t top = limbs;
  while (top > 0 && copy.limb_[top - 1] == 0) --top;
  if (top == 0) return 0.0;
  // The leading 96 bits and a sticky bit for all below decide the rounding.
  const std::size_t lead = top - 1;
  Wide head = 0;
  int taken = 0;
  for (std::size_t k = 0; k < 3; ++k) {
    head <<= limb_bits;
    if (lead >= k) {
      head |= static_cast<Wide>(static_cast<std::uint64_t>(copy.limb_[lead - k]));
      taken = static_cast<int>(k);
    }
  }
  const int scale = limb_bits * (static_cast<int>(lead) - 2) + lowest_exponent;
  bool sticky = false;
  for (std::size_t i = 0; i + static_cast<std::size_t>(taken) < lead; ++i) sticky = sticky || copy.limb_[i] != 0;
  // Bring the head to 64 bits with the sticky bit in the last place; the conversion then rounds correctly.
  int shift = 0;
  while ((head >> shift) > static_cast<Wide>(~std::uint64_t{0})) ++shift;
  const Wide lost = head & ((static_cast<Wide>(1) << shift) - 1);
  auto leading = static_cast<std::uint64_t>(head >> shift);
  if (lost != 0 || sticky) leading |= 1;
  const double magnitude = std::ldexp(static_cast<double>(leading), scale + shift);
  return negative ? -magnitude : magnitude;
}

VESICAST_VECTORISED void BinnedSum::add(std::span<const double> values) {
  constexpr std::size_t lanes = 2 * sizeof(Four) / sizeof(double);
  // Sums of 2^11 multiples of up to 2^51 stay within 63 bits.
  constexpr std::size_t block = 2048;
  const Four zero{};
  const Four first = zero + big[0], second = zero + big[1], third = zero + big[2];
  for (std::size_t begin = 0; begin < values.size(); begin += block) {
    const std::size_t end = std::min(values.size(), begin + block);
    FourWords sums[3][2] = {};
    FourWords changed{};
    std::array<double, lanes> rest{};
    for (std::size_t i = begin; i < end; i += lanes) {
      const double* eight = values.data() + i;
      if (i + lanes > end) {
        std::memcpy(rest.data(), eight, (end - i) * sizeof(double));
        eight = rest.data();
      }
#pragma GCC unroll 2
      for (std::size_t half = 0; half < 2; ++half) {
        Four x;
        std::memcpy(&x, eight + 4 * half, sizeof x);
        // The sum rounds to a whole number of units, which its last 51 bits count.
        const Four a = x + first;
        const Four r = x - (a - first);
        const Four b = r + second;
        const Four s = r - (b - second);
        const Four c = s + third;
        sums[0][half] += reinterpret_cast<FourWords>(a);
        sums[1][half] += reinterpret_cast<FourWords>(b);
        sums[2][half] += reinterpret_cast<FourWords>(c);
        changed |= reinterpret_cast<FourWords>(a) ^ reinterpret_cast<FourWords>(first);
      }
    }
    if (((changed[0] | changed[1] | changed[2] | changed[3]) & sign_and_exponent) != 0) {
      add_apart(values.subspan(begin, end - begin));
      continue;
    }
    // Modulo 2^64 throughout: only the multiples themselves have to fit.
    const std::uint64_t added = (end - begin + lanes - 1) / lanes * lanes;
    for (std::size_t part = 0; part < 3; ++part) {
      const FourWords sum = sums[part][0] + sums[part][1];
      const std::uint64_t constants = added * std::bit_cast<std::uint64_t>(big[part]);
      units_[part] += static_cast<std::int64_t>(sum[0] + sum[1] + sum[2] + sum[3] - constants);
    }
  }
}

void BinnedSum::add_apart(std::span<const double> values) {
  std::vector<double> small(values.begin(), values.end());
  for (double& x : small) {
    if (std::abs(x) < always_binned) continue;
    // Nothing of so large a term lies below the smallest unit: in whichever way it is summed, nothing is lost.
    if (std::isfinite(x)) {
      large_.add(x);
      any_large_ = true;
    } else {
      all_finite_ = false;
    }
    x = 0.0;
  }
  add(small);
}

void BinnedSum::flush(ExactSum& sum) {
  if (!all_finite_) sum.add(std::numeric_limits<double>::quiet_NaN());
  all_finite_ = true;
  for (std::size_t part = 0; part < units_.size(); ++part) {
    // In pieces that a double holds, the highest with the sign.
    Wide left = units_[part];
    int exponent = unit_exponent[part];
    for (; left != 0 && left != -1; left >>= 32, exponent += 32)
      sum.add(std::ldexp(static_cast<double>(static_cast<std::uint64_t>(left) & limb_mask), exponent));
    if (left == -1) sum.add(-std::ldexp(1.0, exponent));
    units_[part] = 0;
  }
  if (!any_large_) return;
  sum += large_;
  large_.clear();
  any_large_ = false;
}

}  // namespace vesicast
