#pragma once
/// \file
/// A sparse matrix between the cells of grids whose products are the same bits on any cut: PETSc's own sum what a rank
/// owns before what it has from others.
#include <petscmat.h>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "src/extracellular/multigrid/level.hpp"

namespace vesicast {

using MatHandle = petsc::Handle<Mat, MatDestroy>;

class OrderFreeMatrix {
 public:
  /// The entries of an assembled matrix, whose rows and columns are the cells of two grids, numbered as they number
  /// them. Entries of a row are summed in the order of their columns' places in the whole grid, x fastest. Collective.
  OrderFreeMatrix(Mat entries, const MultigridLevel& columns);
  OrderFreeMatrix(const OrderFreeMatrix&) = delete;
  OrderFreeMatrix& operator=(const OrderFreeMatrix&) = delete;
  OrderFreeMatrix(OrderFreeMatrix&&) = default;
  OrderFreeMatrix& operator=(OrderFreeMatrix&&) = default;
  ~OrderFreeMatrix() = default;

  /// Takes the entries anew; mat() stays the same object. Collective.
  void fill(Mat entries, const MultigridLevel& columns);
  /// Replaces the diagonal of a square matrix, all of which must be stored. Local.
  void set_diagonal(Vec diagonal);

  /// As PETSc's solvers want it: products, and the diagonal of a square one. Lives as long as this.
  [[nodiscard]] Mat mat() const { return shell_.get(); }
  /// y = A x. Collective.
  void multiply(Vec x, Vec y) const;

  /// The rows of this rank, for solvers that go through them.
  struct Rows {
    std::vector<std::size_t> first;     ///< of each row's entries, and their number at the end
    std::vector<std::uint32_t> column;  ///< owned columns, then those of other ranks
    std::vector<double> value;
    std::vector<std::size_t> diagonal;  ///< place of each row's diagonal entry; of a square matrix
    std::vector<std::int64_t> number;   ///< per column: where the cell stands in the whole grid, x fastest
  };
  [[nodiscard]] const Rows& rows() const { return parts_->rows; }

 private:
  using Scatter = petsc::Handle<VecScatter, VecScatterDestroy>;
  /// At an address that does not move, as PETSc's object refers to it.
  struct Parts {
    Rows rows;
    std::vector<double> seen;
    VecHandle others;  ///< over the end of `seen`
    Scatter scatter;
    std::size_t owned_columns = 0;
    void multiply(Vec x, Vec y);
    void see(Vec x);
  };
  static PetscErrorCode multiply_shell(Mat a, Vec x, Vec y);
  static PetscErrorCode diagonal_of_shell(Mat a, Vec d);

  std::unique_ptr<Parts> parts_;
  MatHandle shell_;
};

}  // namespace vesicast
