#pragma once
/// \file
/// Sums that do not depend on the order of their terms, and so not on the number of ranks. Pure: no MPI, no PETSc.
#include <array>
#include <cstdint>
#include <span>

namespace vesicast {

/// Exact sum of doubles in a fixed-point accumulator as wide as the range of double (Kulisch 2013, "Computer Arithmetic
/// and Validity"): every bit of every term is kept, the only rounding is in value(). Addition of two sums is exact too,
/// so partial sums of any cut of the data give the same bits.
class ExactSum {
 public:
  /// 32 value bits per limb in a 64-bit word: 2^31 additions before a carry is due (done automatically).
  static constexpr std::size_t limbs = 68;
  using Limbs = std::array<std::int64_t, limbs>;

  /// Adds one term. Where one is infinite or NaN so is the sum, whatever else is added, here and on other ranks.
  void add(double x);
  void add(std::span<const double> values) {
    for (const double x : values) add(x);
  }
  ExactSum& operator+=(const ExactSum& other);
  /// The sum rounded once to the nearest double, ties to even; NaN if a term was not finite.
  [[nodiscard]] double value() const;
  [[nodiscard]] bool finite() const;
  void clear();

  /// The accumulator with all carries done: words that may be summed as integers over up to 2^31 ranks.
  [[nodiscard]] const Limbs& normalised();
  /// Replaces the content by a sum of normalised() words.
  void assign(const Limbs& words);

 private:
  void carry();
  /// In the top limb, far above what sums of finite terms reach: a term was not finite.
  static constexpr std::int64_t not_finite = std::int64_t{1} << 40;
  Limbs limb_{};
  std::int64_t additions_ = 0;
};

/// Order-free sum of many terms at the speed of the loop that makes them: each is split, by adding and subtracting a
/// large constant, into three whole multiples of fixed units (2^-8, 2^-59, 2^-110), which are then summed as integers
/// (pre-rounding, Demmel & Nguyen 2013). What is below 2^-111 per term is lost. Terms too large for the units are seen
/// by the constant's exponent and set apart in an ExactSum: slower, and as exact.
class BinnedSum {
 public:
  void add(std::span<const double> values);
  /// Adds what was gathered to `sum`, NaN if a term was not finite, and starts anew.
  void flush(ExactSum& sum);

 private:
  __extension__ using Wide = __int128;
  /// Adds the values of a block, some of which do not fit into the units.
  void add_apart(std::span<const double> values);

  std::array<Wide, 3> units_{};  ///< whole multiples of each unit
  ExactSum large_;               ///< terms that do not fit
  bool any_large_ = false, all_finite_ = true;
};

}  // namespace vesicast
