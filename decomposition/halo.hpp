#pragma once
/// \file
/// Arrays with a rim of the neighbours' values, and the exchange that fills the rim.
#include <mpi.h>

#include <span>
#include <vector>

#include "decomposition/domain.hpp"

namespace vesicast {

/// The exchange pattern for a rim of `depth` voxels on every side (edges and corners too when depth > 1). The y and z
/// axes have no rim where they are one voxel wide and not periodic. The rim outside a face that is not periodic is
/// never written by the exchange.
class Halo {
 public:
  /// Throws InputError if a rank owns fewer voxels along an axis than `depth` and must send them on. Collective.
  Halo(const Domain& domain, int depth);

  [[nodiscard]] const Box& owned() const { return owned_; }
  /// Owned voxels and rim: what an array handed to exchange() covers, x fastest.
  [[nodiscard]] const Box& covered() const { return covered_; }
  [[nodiscard]] int depth() const { return depth_; }

  /// Sends the owned values next to each neighbour and starts receiving theirs. All arrays travel in one message per
  /// neighbour. Collective among neighbours.
  void begin(std::span<double* const> arrays);
  /// Waits and fills the rims of the arrays given to begin().
  void end(std::span<double* const> arrays);
  void exchange(std::span<double* const> arrays) {
    begin(arrays);
    end(arrays);
  }

 private:
  struct Link {
    int rank = 0;
    int tag_send = 0, tag_receive = 0;
    Box send, receive;  ///< in this rank's covered indices
    std::vector<double> outgoing, incoming;
  };
  MPI_Comm comm_;
  int self_ = 0;
  int depth_ = 1;
  Box owned_, covered_;
  std::vector<Link> links_;
  std::vector<MPI_Request> requests_;
};

}  // namespace vesicast
