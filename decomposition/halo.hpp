#pragma once
/// \file
/// Arrays with a rim of the neighbours' values: where the rim lies and who fills which part of it.
#include <mpi.h>

#include <span>
#include <vector>

#include "decomposition/domain.hpp"

namespace vesicast {

/// Which sides of a rank's box have a rim.
enum class Rim {
  everywhere,   ///< every side of every axis along which something may move, faces of the domain too
  where_joined  ///< only sides behind which there are voxels; rows (x) always keep one voxel, for mirror values
};

/// The exchange pattern for a rim of `depth` voxels (edges and corners too when depth > 1). The y and z axes have no
/// rim where they are one voxel wide and not periodic. The rim outside a face that is not periodic is never written by
/// the exchange.
class Halo {
 public:
  /// One part of the rim, and the owned voxels that are another rank's rim. Boxes are in this rank's covered indices.
  struct Link {
    int rank = 0;
    int tag_send = 0, tag_receive = 0;
    Box send, receive;
  };

  /// Where ranks own fewer voxels along an axis than `depth` the rim comes from several of them. Local.
  Halo(const Domain& domain, int depth, Rim rim = Rim::everywhere);
  /// The deepest rim, at most `wanted` voxels, that every rank of the domain can fill. Local.
  [[nodiscard]] static int possible_depth(const Domain& domain, int wanted);

  [[nodiscard]] MPI_Comm comm() const { return comm_; }
  [[nodiscard]] int self() const { return self_; }
  [[nodiscard]] const Box& owned() const { return owned_; }
  /// Owned voxels and rim, x fastest.
  [[nodiscard]] const Box& covered() const { return covered_; }
  [[nodiscard]] int depth() const { return depth_; }
  /// Are there voxels, of another rank or of this one across a periodic face, behind this side?
  [[nodiscard]] bool joined(std::size_t axis, std::size_t side) const { return joined_[axis][side]; }
  [[nodiscard]] const std::vector<Link>& links() const { return links_; }

  /// Fills the rims of arrays over covered(), all in one message per neighbour. Collective among neighbours.
  void exchange(std::span<double* const> arrays) const;

 private:
  MPI_Comm comm_;
  int self_ = 0;
  int depth_ = 1;
  Box owned_, covered_;
  std::array<std::array<bool, 2>, 3> joined_{};
  std::vector<Link> links_;
};

}  // namespace vesicast
