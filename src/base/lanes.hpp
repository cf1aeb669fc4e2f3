#pragma once
/// \file
/// Cells side by side. What is written for one cell, with double as its Real, also runs for several at once, with
/// Lanes: every lane gets the bits that it would get alone, whatever stands beside it. Vector extension of GCC and
/// Clang. Code for Lanes2 goes with the processor that all is compiled for, that for Lanes4 and Lanes8 into files of
/// its own, which are compiled for wider vectors and used where the processor has them (src/extracellular/sweep/
/// simd_level.hpp). Pure.
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace vesicast {

using Lanes2 [[gnu::vector_size(2 * sizeof(double))]] = double;
using Lanes4 [[gnu::vector_size(4 * sizeof(double))]] = double;
using Lanes8 [[gnu::vector_size(8 * sizeof(double))]] = double;
inline constexpr std::size_t most_lanes = 8;

/// How many cells a Real holds.
template <class Real>
inline constexpr std::size_t width_of = 1;
template <>
inline constexpr std::size_t width_of<Lanes2> = 2;
template <>
inline constexpr std::size_t width_of<Lanes4> = 4;
template <>
inline constexpr std::size_t width_of<Lanes8> = 8;

/// Unsigned integers as wide as a Real's doubles, and as many.
template <class Real>
struct BitsOfReal;
template <>
struct BitsOfReal<double> {
  using Type = std::uint64_t;
};
template <>
struct BitsOfReal<Lanes2> {
  using Type [[gnu::vector_size(sizeof(Lanes2))]] = std::uint64_t;
};
template <>
struct BitsOfReal<Lanes4> {
  using Type [[gnu::vector_size(sizeof(Lanes4))]] = std::uint64_t;
};
template <>
struct BitsOfReal<Lanes8> {
  using Type [[gnu::vector_size(sizeof(Lanes8))]] = std::uint64_t;
};
template <class Real>
using BitsOf = typename BitsOfReal<Real>::Type;

/// `x` in every lane.
template <class Real>
[[nodiscard]] constexpr Real in_all(double x) {
  if constexpr (std::is_same_v<Real, double>)
    return x;
  else
    return Real{} + x;
}

/// `yes` where `condition`, a comparison of Reals, holds, `no` elsewhere; both are computed.
template <class Real, class Condition>
[[nodiscard]] constexpr Real select(const Condition& condition, const Real& yes, const Real& no) {
  return condition ? yes : no;
}

/// `x`, or `bound` where that is larger; and where it is smaller.
template <class Real>
[[nodiscard]] constexpr Real at_least(const Real& x, const Real& bound) {
  return select(x < bound, bound, x);
}
template <class Real>
[[nodiscard]] constexpr Real at_most(const Real& x, const Real& bound) {
  return select(bound < x, bound, x);
}
template <class Real>
[[nodiscard]] constexpr Real not_negative(const Real& x) {
  return at_least(x, Real{});
}

}  // namespace vesicast
