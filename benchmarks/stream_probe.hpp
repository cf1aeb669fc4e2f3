#pragma once
/// \file
/// The unit of all benchmarks: one pass a *= s over an array too large for a core's own caches, 16 B moved per element.
#include <vector>

namespace vesicast::bench {

/// a *= s. Local.
void scale_in_place(double* a, std::size_t n, double s);

/// This process's array, allocated at its first use: 256 MB.
class StreamProbe {
 public:
  /// Another number of elements, before the first use.
  void use(std::size_t elements) { elements_ = elements; }
  [[nodiscard]] std::size_t elements() const { return elements_; }
  /// One pass over all elements, or the first `elements`; returns nothing, to be timed by the caller. Local.
  void pass() { pass(elements_); }
  void pass(std::size_t elements);

 private:
  std::size_t elements_ = std::size_t{1} << 25;
  std::vector<double> a_;
  bool up_ = false;
};

}  // namespace vesicast::bench
