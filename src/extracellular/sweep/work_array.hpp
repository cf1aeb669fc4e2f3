#pragma once
/// \file
/// Buffers of the sweeps, on huge pages where the system lends them on request. Pure.
#include <cstddef>
#include <memory>

namespace vesicast {

/// Zeroed doubles that stay where they are; grows, never shrinks.
class WorkArray {
 public:
  /// Makes room for at least `size` doubles; the content is zero after growth. Throws std::bad_alloc.
  void resize(std::size_t size);
  [[nodiscard]] double* data() { return data_.get(); }
  [[nodiscard]] const double* data() const { return data_.get(); }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  class Unmap {
   public:
    Unmap() : bytes_(0) {}
    explicit Unmap(std::size_t bytes) : bytes_(bytes) {}
    void operator()(double* p) const;

   private:
    std::size_t bytes_;
  };
  std::unique_ptr<double, Unmap> data_;
  std::size_t size_ = 0;
};

}  // namespace vesicast
