#include "decomposition/exact_sum.hpp"

#include <bit>
#include <cmath>
#include <cstring>

#include "decomposition/error.hpp"

namespace vesicast {
namespace {

__extension__ using Wide = unsigned __int128;
constexpr int limb_bits = 32;
constexpr int lowest_exponent = -1074;  // of the smallest denormal
constexpr std::uint64_t limb_mask = 0xffffffffu;

/// Four lanes as one value: sums stay in registers, which the compiler does not see to with loops over arrays.
using Four = double __attribute__((vector_size(32)));

// Also built for processors with 32-byte vectors, chosen when the program starts. The same operations either way.
#if defined(__x86_64__) && defined(__GNUC__)
#define VESICAST_VECTORISED __attribute__((target_clones("avx2", "default")))
#else
#define VESICAST_VECTORISED
#endif

}  // namespace

void ExactSum::add(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const int biased = static_cast<int>((bits >> 52) & 0x7ff);
  if (biased == 0x7ff) throw NumericsError("a value to be summed is not finite");
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

double ExactSum::value() const {
  ExactSum copy = *this;
  copy.carry();
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
  // 1.5 * 2^52 units: adding it rounds to a whole number of units, subtracting it leaves that number.
  const Four zero{};
  const Four big_high = zero + 0x1.8p48, big_middle = zero + 0x1.8p22, big_low = zero + 0x1.8p-4,
             big_lowest = zero + 0x1.8p-30;
  static_assert(lanes == 2 * sizeof(Four) / sizeof(double));
  Four high[2], middle[2], low[2], lowest[2], x[2];
  std::memcpy(high, high_.data(), sizeof high);
  std::memcpy(middle, middle_.data(), sizeof middle);
  std::memcpy(low, low_.data(), sizeof low);
  std::memcpy(lowest, lowest_.data(), sizeof lowest);
  std::array<double, lanes> rest{};
  for (std::size_t i = 0; i < values.size(); i += lanes) {
    if (i + lanes <= values.size()) {
      std::memcpy(x, values.data() + i, sizeof x);
    } else {
      std::memcpy(rest.data(), values.data() + i, (values.size() - i) * sizeof(double));
      std::memcpy(x, rest.data(), sizeof x);
    }
#pragma GCC unroll 2
    for (int half = 0; half < 2; ++half) {
      const Four h = (x[half] + big_high) - big_high;
      const Four r = x[half] - h;
      const Four m = (r + big_middle) - big_middle;
      const Four s = r - m;
      const Four t = (s + big_low) - big_low;
      high[half] += h;
      middle[half] += m;
      low[half] += t;
      lowest[half] += ((s - t) + big_lowest) - big_lowest;
    }
  }
  std::memcpy(high_.data(), high, sizeof high);
  std::memcpy(middle_.data(), middle, sizeof middle);
  std::memcpy(low_.data(), low, sizeof low);
  std::memcpy(lowest_.data(), lowest, sizeof lowest);
}

void BinnedSum::flush(ExactSum& sum) {
  for (std::size_t l = 0; l < lanes; ++l) {
    sum.add(high_[l]);
    sum.add(middle_[l]);
    sum.add(low_[l]);
    sum.add(lowest_[l]);
    high_[l] = middle_[l] = low_[l] = lowest_[l] = 0.0;
  }
}

}  // namespace vesicast
