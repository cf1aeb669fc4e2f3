#include "benchmarks/stream_probe.hpp"

namespace vesicast::bench {

#if defined(__x86_64__)
[[gnu::target_clones("avx512f", "avx2", "default")]]
#endif
void scale_in_place(double* a, std::size_t n, double s) {
  for (std::size_t i = 0; i < n; ++i) a[i] *= s;
}

void StreamProbe::pass(std::size_t elements) {
  if (a_.empty()) a_.assign(elements_, 1.0);
  // Up and down in turn, so that the values stay near 1.
  up_ = !up_;
  scale_in_place(a_.data(), elements, up_ ? 1.0 + 0x1p-20 : 1.0 - 0x1p-20);
}

}  // namespace vesicast::bench
