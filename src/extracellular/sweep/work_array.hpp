#pragma once
/// \file
/// Buffers of the sweeps, on huge pages where the system lends them on request. Pure.
#include <cstddef>
#include <memory>

namespace vesicast {

/// Zeroed memory that stays where it is; grows, never shrinks.
class WorkMemory {
 public:
  /// Makes room for at least `bytes`; the content is zero after growth. Throws std::bad_alloc.
  void resize(std::size_t bytes);
  [[nodiscard]] void* data() const { return data_.get(); }
  [[nodiscard]] std::size_t size() const { return bytes_; }

 private:
  class Unmap {
   public:
    Unmap() : bytes_(0) {}
    explicit Unmap(std::size_t bytes) : bytes_(bytes) {}
    void operator()(void* p) const;

   private:
    std::size_t bytes_;
  };
  std::unique_ptr<void, Unmap> data_;
  std::size_t bytes_ = 0;
};

/// The same as an array of Real.
template <class Real>
class WorkArrayOf {
 public:
  void resize(std::size_t size) { memory_.resize(size * sizeof(Real)); }
  [[nodiscard]] Real* data() { return static_cast<Real*>(memory_.data()); }
  [[nodiscard]] const Real* data() const { return static_cast<const Real*>(memory_.data()); }
  [[nodiscard]] std::size_t size() const { return memory_.size() / sizeof(Real); }

 private:
  WorkMemory memory_;
};
using WorkArray = WorkArrayOf<double>;

}  // namespace vesicast
