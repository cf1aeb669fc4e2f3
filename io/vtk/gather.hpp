#pragma once
/// \file
/// Values of all ranks to the few that write, part by part, so that a writer holds one part of an output at a time.
#include <mpi.h>

#include <functional>
#include <span>
#include <vector>

#include "decomposition/base/box.hpp"
#include "io/vtk/form.hpp"
#include "io/vtk/named_values.hpp"

namespace vesicast::io {

/// Which ranks write: `writers` of them, evenly among all.
class Writers {
 public:
  /// Local.
  Writers(MPI_Comm comm, int writers);
  [[nodiscard]] int count() const { return count_; }
  /// The rank that is writer number `writer`.
  [[nodiscard]] int rank(int writer) const;
  /// The number of this rank among the writers; -1: none.
  [[nodiscard]] int mine() const { return mine_; }
  /// The writer of this rank's own cells, which are written group by group of successive ranks.
  [[nodiscard]] int writer_of(int rank) const;

 private:
  int ranks_ = 1, count_ = 1, mine_ = -1;
};

/// An output of voxels cut into slabs of whole layers along its slowest axis, and these among the writers.
class SlabGather {
 public:
  /// `owned`: this rank's voxels. A slab takes `bytes` at most, or is one layer. Collective.
  SlabGather(MPI_Comm comm, const Box& owned, const Sample& sample, int writers, std::size_t bytes_per_voxel,
             std::size_t bytes = std::size_t{32} << 20);

  /// What each writer writes, in voxels of the output; empty where it has nothing. The same on every rank.
  [[nodiscard]] const std::vector<Box>& pieces() const { return pieces_; }
  [[nodiscard]] const Writers& writers() const { return writers_; }

  /// Of one slab: its box in voxels of the output, and each array's values in it.
  template <class T>
  using Use = std::function<void(const Box& slab, const std::vector<std::vector<T>>& arrays)>;
  /// Brings the arrays (over the owned voxels, x fastest) as T to their writers; a writer hands its slabs to `use` in
  /// their order. What `use` throws is thrown at the end, when all values have arrived; memory that is missing on a
  /// rank is an AgreedError before the first has left. Collective.
  template <class T>
  void gather(std::span<const NamedValues> arrays, const Use<T>& use);

 private:
  /// Slab number `turn` of a writer; empty if it has no so many.
  [[nodiscard]] Box slab(int writer, std::int64_t turn) const;

  MPI_Comm comm_;
  Writers writers_;
  Sample sample_;
  std::vector<Box> owned_;  ///< of each rank
  std::vector<Box> pieces_;
  std::size_t axis_ = 2;
  std::int64_t layers_ = 1, turns_ = 0;
};

/// The cells of a few ranks, as a writer gets them.
struct GatheredCells {
  std::vector<std::int64_t> ids;
  std::vector<Vector3> positions;
  std::vector<std::int32_t> types;
  std::vector<std::vector<double>> arrays;
};

/// Cells of all ranks to the writers of their groups, some at a time.
class CellGather {
 public:
  /// `count`: of this rank's cells; what is handed on at once takes `bytes` at most, or is one cell. Collective.
  CellGather(MPI_Comm comm, std::size_t count, int writers, std::size_t arrays,
             std::size_t bytes = std::size_t{32} << 20);
  [[nodiscard]] const Writers& writers() const { return writers_; }
  /// Has this writer cells? The same on every rank.
  [[nodiscard]] bool has_cells(int writer) const { return of_writer_[static_cast<std::size_t>(writer)] > 0; }

  using Use = std::function<void(const GatheredCells&)>;
  /// As SlabGather::gather. Collective.
  void gather(std::span<const std::int64_t> ids, std::span<const Vector3> positions,
              std::span<const std::int32_t> types, std::span<const NamedValues> arrays, const Use& use);

 private:
  MPI_Comm comm_;
  Writers writers_;
  std::size_t arrays_, at_once_;
  std::vector<std::int64_t> counts_;     ///< of each rank
  std::vector<std::int64_t> of_writer_;  ///< of all ranks of its group
};

}  // namespace vesicast::io
