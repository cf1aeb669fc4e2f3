#pragma once
/// \file
/// The largest coupling errors of all cells: maxima only, so the same bits on any number of ranks.
#include <mpi.h>

#include <algorithm>
#include <vector>

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
  void add(std::size_t type, std::span<const CellExchange> classes, double receptors, const AcidGate& gate);
  /// The maxima over all ranks. Collective.
  void reduce(MPI_Comm comm);
  /// Does any cell take up the class, and has no cell met any of it while some cell secretes it or `arrives`?
  [[nodiscard]] bool awaits(std::size_t vesicle, bool arrives) const;
  /// For a step of `dt` [s]. The processes' errors add up, each the largest of any cell of a type, relative to the
  /// largest exchange of any cell of any type; `face` [vesicle class] is the relative error at the faces of the domain.
  [[nodiscard]] CouplingEstimate estimate(double dt, std::span<const double> face) const;

 private:
  /// What is kept per class, and per cell type and class.
  enum OfClass : std::size_t { flow, flow_change, recipients, secretion, per_class };
  enum OfType : std::size_t { receptors, uptake, given_back, release_slow, release_fast, per_type };
  [[nodiscard]] std::size_t at(std::size_t vesicle, OfClass what) const { return vesicle * per_class + what; }
  [[nodiscard]] std::size_t at(std::size_t type, std::size_t vesicle, OfType what) const {
    return vesicles_ * per_class + (type * vesicles_ + vesicle) * per_type + what;
  }
  void raise(std::size_t at, double value) { largest_[at] = std::max(largest_[at], value); }

  std::size_t types_, vesicles_;
  std::vector<double> largest_;
  std::vector<CouplingError> errors_;  ///< of the cell being added
};

}  // namespace vesicast
