#pragma once
/// \file
/// The coupling errors of all cells together, by sums without an order: the same bits on any number of ranks.
#include <mpi.h>

#include <vector>

#include "decomposition/base/exact_sum.hpp"
#include "src/step_control/coupling_error.hpp"

namespace vesicast {

/// What an automatic step is limited by.
enum class StepLimit {
  receptors,   ///< free receptors fill or come free
  uptake,      ///< what is bound goes in, or unbinds
  given_back,  ///< unbinding, recycling and re-secretion change
  face,        ///< the concentration outside a face changes
  first,       ///< vesicles are on their way and no cell has met one: nothing to go by
  largest,     ///< the largest step allowed
};

/// The estimate for one length of step.
struct CouplingEstimate {
  double error = 0.0;                    ///< relative; the worst vesicle class
  StepLimit limit = StepLimit::largest;  ///< its largest part, and whose it is
  std::size_t vesicle = 0, type = 0;
};

class CouplingBounds {
 public:
  CouplingBounds(std::size_t types, std::size_t vesicles);
  /// Adds a cell: one entry per vesicle class. Local.
  void add(std::size_t type, std::span<const CellExchange> classes);
  /// Ends the adding, with the cells of all ranks (collective), or with this rank's alone (local). Throws
  /// NumericsError, agreed by all, where what was added is not finite.
  void finish(MPI_Comm comm);
  void finish();
  /// Does any cell take up the class, and has no cell met any of it while some cell secretes it or it `arrives`?
  [[nodiscard]] bool awaits(std::size_t vesicle, bool arrives) const;
  /// For a step of `dt` [s], the worst class and cell type. Per type the errors of its cells and of all processes add
  /// up without their signs, relative to what these cells exchange, or to a hundredth of what all cells exchange of
  /// the class where that is more. `face` [vesicle class]: the relative error at the faces of the domain.
  [[nodiscard]] CouplingEstimate estimate(double dt, std::span<const double> face) const;

 private:
  /// What is summed per cell type and class.
  enum Sum : std::size_t {
    flow,
    flow_change,
    recipients,  ///< ranks with any
    secretion,   ///< likewise
    receptors,
    uptake,
    given_back,
    release_slow,
    release_fast,
    sum_count
  };
  [[nodiscard]] std::size_t at(std::size_t type, std::size_t vesicle, Sum what) const {
    return (type * vesicles_ + vesicle) * sum_count + what;
  }
  /// Over all cell types.
  [[nodiscard]] double total(std::size_t vesicle, Sum what) const;

  std::size_t types_, vesicles_;
  std::vector<ExactSum> sums_;
  std::vector<bool> noted_;            ///< which sums are complete with one term
  std::vector<double> value_;          ///< of the sums, once finished
  std::vector<CouplingError> errors_;  ///< of the cell being added
};

}  // namespace vesicast
