#pragma once
/// \file
/// Symmetric sweeps of Gauss and Seidel in the order of the whole grid, whatever the cut.
#include <petscpc.h>

#include <vector>

#include "src/extracellular/multigrid/order_free_matrix.hpp"

namespace vesicast {

class GaussSeidel {
 public:
  /// For the operator `a` on the cells of `level`, whose rows reach direct neighbours alone; both must outlive this.
  /// Collective.
  GaussSeidel(const OrderFreeMatrix& a, const MultigridLevel& level);
  GaussSeidel(const GaussSeidel&) = delete;
  GaussSeidel& operator=(const GaussSeidel&) = delete;
  ~GaussSeidel() = default;

  /// Makes `pc` one symmetric sweep from 0. A rank begins when those that stand before it have sent what they made of
  /// its neighbours, so that boxes are swept one diagonal of the cut after the other, forwards and back. Must outlive
  /// its use.
  void configure(PC pc);

 private:
  /// What goes to and comes from one other rank.
  struct Neighbour {
    int rank = 0;
    bool before = false;             ///< do its cells stand before this rank's?
    std::vector<std::size_t> given;  ///< owned cells that it sees
    std::vector<std::size_t> seen;   ///< places of its cells in values_
    std::vector<double> sent, received;
  };
  static PetscErrorCode apply_shell(PC pc, Vec x, Vec y);
  void apply(Vec b, Vec y);
  void find_neighbours(const MultigridLevel& level);
  void relax(std::size_t row, double b);
  void receive(bool from_before);
  void send(bool to_before);

  const OrderFreeMatrix& a_;
  MPI_Comm comm_;
  std::vector<Neighbour> neighbours_;
  std::vector<MPI_Request> sends_;
  std::vector<double> values_;  ///< over owned cells, then those of other ranks
};

}  // namespace vesicast
