#pragma once
/// \file
/// Where two arrays differ: how often, where first, by how much at most. Pure.
#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace vesicast::io {

/// The values of one output array.
using Values = std::variant<std::vector<double>, std::vector<std::int64_t>>;

[[nodiscard]] std::size_t size(const Values& values);
/// "double" or "integer".
[[nodiscard]] std::string kind(const Values& values);

/// How two arrays of the same kind and length differ. Values are the same only if their bits are: -0 differs from +0,
/// and a NaN equals only itself.
struct ArrayDifference {
  std::int64_t count = 0;         ///< places that differ
  std::int64_t first = -1;        ///< the first of them
  std::string first_a, first_b;   ///< the values there
  double largest_absolute = 0.0;  ///< |a - b|, over the places where neither is NaN
  double largest_relative = 0.0;  ///< |a - b| / max(|a|, |b|), over the same places
  std::int64_t sign_of_zero = 0;  ///< places where one is -0 and the other +0
  std::int64_t with_nan = 0;      ///< places that differ and where one or both are NaN
};

/// Compares place by place. Pre: same kind and length.
[[nodiscard]] ArrayDifference difference(const Values& a, const Values& b);

/// One line about it, without the array's name: "3 of 960 values differ; first at voxel (1, 2, 3): ..." where `place`
/// describes the first place.
[[nodiscard]] std::string describe(const ArrayDifference& difference, std::size_t size, const std::string& place);

}  // namespace vesicast::io
