#pragma once
/// \file
/// The sparse part of the operator in a step: cells' clearance and release, the faces of the domain and vessels, at the
/// voxels that have any, the neighbours' among the rim included.
#include <span>
#include <vector>

#include "decomposition/halo_message.hpp"
#include "src/extracellular/operator/operator.hpp"

namespace vesicast {

/// Where one operator has terms: fixed as long as the voxels of the exchange are.
struct TermPlaces {
  std::vector<std::int64_t> at;        ///< offsets in the covered box, increasing
  std::vector<std::int64_t> owned;     ///< offsets in the owned box, -1 in the rim
  std::vector<std::size_t> row_begin;  ///< per row of the covered box, into the above; one more than rows
  std::vector<double> rate;            ///< of the stencil there [1/s]
  std::vector<std::size_t> of_exchange, of_rim, of_term;  ///< positions of the exchange's voxels, arrivals, terms
};
/// `voxel`: the exchange's, offsets in the owned box, increasing. Local.
[[nodiscard]] TermPlaces place_terms(const Operator& op, std::span<const std::int64_t> voxel, const SparseRim& rim);

/// What a sweep does at one place: all it needs, side by side.
struct SweepTerm {
  std::int64_t at = 0;
  double loss = 0.0;
  double source = 0.0;  ///< pace x source, in the sweeps' unit per vesicle: u [1/s]
  double pace = 1.0;
};

/// What acts at those places in one step.
struct SparseTerms {
  const TermPlaces* places = nullptr;
  std::vector<double> loss;    ///< [1/s]
  std::vector<double> source;  ///< [vesicle/s]
  /// A voxel that would lose more than the sweep's rate q per second runs on a slower clock: all that changes it in a
  /// sweep is scaled by pace = q/(rate + loss). Its steady state and what it takes from its neighbours stay the same.
  std::vector<double> pace;
  std::vector<SweepTerm> sweep;
  std::vector<double> integral;  ///< out: time integral of what the voxel holds [vesicle s], as its losses saw it
};

/// Fills loss and source of all places but the rim's, with the inflow from `outside`, and clears integral.
/// Local.
void fill_terms(SparseTerms& terms, const Operator& op, std::span<const double> release,
                std::span<const double> clearance, const Outside& outside);
/// Adds what came in from the neighbours, then sets the pace of every place for sweeps of rate `q`, and with it what
/// the sweeps read. Local.
void fill_rim_terms(SparseTerms& terms, const Operator& op, std::span<const double> release,
                    std::span<const double> clearance);
void set_pace(SparseTerms& terms, const Operator& op, double q);

}  // namespace vesicast
