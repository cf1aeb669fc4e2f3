#pragma once
/// \file
/// exp(-x) and 1 - exp(-x) for x >= 0, without a branch or a call, so that loops over cells run in vectors, and the
/// same bits on every processor, which a mathematical library does not promise. Cody & Waite's reduction (1980) to |r|
/// <= ln(2)/2 and Taylor's series, within 2 units in the last place. Pure.
#include <bit>
#include <cstdint>
#include <type_traits>

#include "src/base/lanes.hpp"

namespace vesicast {

/// What is left of 1 after a time of decay, and what is gone.
template <class Real = double>
struct ExponentialShare {
  Real left, gone;
};

/// `x` >= 0; from 700 on as at 700.
template <class Real>
[[nodiscard]] inline ExponentialShare<Real> exponential_share(const Real& x) {
  using Bits = BitsOf<Real>;
  constexpr double rounder = 0x1.8p52;  // added, it leaves an integer in the lowest bits
  const Real y = -at_most(x, in_all<Real>(700.0));
  const Real shifted = y * 0x1.71547652b82fep+0 + rounder;  // 1/ln 2
  const Real k = shifted - rounder;
  const Real r = (y - k * 0x1.62e42feep-1) - k * 0x1.a39ef35793c76p-33;  // ln 2 in two parts
  Real p = r * (1.0 / 6227020800.0) + 1.0 / 479001600.0;
  p = p * r + 1.0 / 39916800.0;
  p = p * r + 1.0 / 3628800.0;
  p = p * r + 1.0 / 362880.0;
  p = p * r + 1.0 / 40320.0;
  p = p * r + 1.0 / 5040.0;
  p = p * r + 1.0 / 720.0;
  p = p * r + 1.0 / 120.0;
  p = p * r + 1.0 / 24.0;
  p = p * r + 1.0 / 6.0;
  p = p * r + 0.5;
  p = p * (r * r) + r;                                                                   // exp(r) - 1
  const Real scale = std::bit_cast<Real>((std::bit_cast<Bits>(shifted) + 1023u) << 52);  // 2^k
  return {scale + scale * p, (1.0 - scale) - scale * p};
}

/// Mean of exp(-x t) over t from 0 to 1: (1 - exp(-x))/x.
template <class Real>
[[nodiscard]] inline Real mean_left(const Real& x, const Real& gone) {
  return select(x > 1e-8, gone / x, 1.0 - 0.5 * x);
}

}  // namespace vesicast
