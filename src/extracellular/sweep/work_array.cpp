#include "src/extracellular/sweep/work_array.hpp"

#include <sys/mman.h>

#include <new>

namespace vesicast {

void WorkMemory::Unmap::operator()(void* p) const {
  munmap(p, bytes_);
}

void WorkMemory::resize(std::size_t bytes) {
  if (bytes <= bytes_) return;
  data_.reset();
  bytes_ = 0;
  void* p = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (p == MAP_FAILED) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
  static_cast<void>(madvise(p, bytes, MADV_HUGEPAGE));  // a refusal costs time, nothing else
#endif
  data_ = std::unique_ptr<void, Unmap>(p, Unmap(bytes));
  bytes_ = bytes;
}

}  // namespace vesicast
