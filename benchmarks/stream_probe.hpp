#pragma once
/// \file
/// The unit of all benchmarks: one pass a *= s over an array too large for a core's own caches, 16 B moved per element.
#include <vector>

namespace vesicast::bench {

/// Elements of the array that a stream pass goes over: 256 MB.
inline constexpr std::size_t stream_elements = std::size_t{1} << 25;

/// a *= s. Local.
void scale_in_place(double* a, std::size_t n, double s);

/// This process's array, allocated at its first use.
class StreamProbe {
 public:
  /// One pass over the first `elements`; returns nothing, to be timed by the caller. Local.
  void pass(std::size_t elements = stream_elements);

 private:
  std::vector<double> a_;
  bool up_ = false;
};

}  // namespace vesicast::bench
