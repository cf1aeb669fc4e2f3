#pragma once
/// \file
/// One double per voxel, distributed as the domain is cut, and the scopes that lend its array.
#include <span>

#include "decomposition/base/exact_sum.hpp"
#include "decomposition/domain.hpp"
#include "decomposition/order_free_vector.hpp"

namespace vesicast {

/// Values of the owned voxels, x fastest, in `domain.owned()` order, rank by rank: as a global vector of the domain's
/// DMDA is ordered.
class Field {
 public:
  /// All zero. Collective.
  explicit Field(const Domain& domain);
  [[nodiscard]] Vec vec() const { return vec_.get(); }
  [[nodiscard]] std::int64_t size() const { return size_; }

 private:
  VecHandle vec_;
  std::int64_t size_ = 0;
};

/// Lends a field's owned values for reading while it lives. Local.
class ReadScope {
 public:
  explicit ReadScope(const Field& field);
  explicit ReadScope(Vec vec);
  ReadScope(const ReadScope&) = delete;
  ReadScope& operator=(const ReadScope&) = delete;
  ~ReadScope();
  [[nodiscard]] std::span<const double> values() const { return values_; }

 private:
  Vec vec_;
  const double* data_ = nullptr;
  std::span<const double> values_;
};

/// Lends a field's owned values for reading and writing while it lives. Local.
class WriteScope {
 public:
  explicit WriteScope(Field& field);
  explicit WriteScope(Vec vec);
  WriteScope(const WriteScope&) = delete;
  WriteScope& operator=(const WriteScope&) = delete;
  ~WriteScope();
  [[nodiscard]] std::span<double> values() const { return values_; }

 private:
  Vec vec_;
  double* data_ = nullptr;
  std::span<double> values_;
};

/// Sums over all ranks, the same bits for any cut; `sums` are this rank's parts on entry. Collective.
void sum_over_ranks(MPI_Comm comm, std::span<ExactSum> sums);

}  // namespace vesicast
