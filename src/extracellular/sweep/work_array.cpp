#include "src/extracellular/sweep/work_array.hpp"

#include <sys/mman.h>

#include <new>

namespace vesicast {

void WorkArray::Unmap::operator()(double* p) const {
  munmap(p, bytes_);
}

void WorkArray::resize(std::size_t size) {
  if (size <= size_) return;
  const std::size_t bytes = size * sizeof(double);
  data_.reset();
  size_ = 0;
  void* p = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (p == MAP_FAILED) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
  static_cast<void>(madvise(p, bytes, MADV_HUGEPAGE));  // a refusal costs time, nothing else
#endif
  data_ = std::unique_ptr<double, Unmap>(static_cast<double*>(p), Unmap(bytes));
  size_ = size;
}

}  // namespace vesicast
