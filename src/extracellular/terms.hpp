#pragma once
/// \file
/// The sparse part of the operator in a step: cells' clearance and release, and the faces of the domain, per row.
#include <span>
#include <vector>

#include "src/extracellular/operator.hpp"

namespace vesicast {

/// Voxels with a first-order loss or a source beyond the stencil, sorted, with an index by row.
struct SparseTerms {
  std::vector<std::int64_t> voxel;     ///< offset in the owned box
  std::vector<double> loss;            ///< [1/s]
  std::vector<double> source;          ///< [vesicle/s]
  std::vector<std::size_t> row_begin;  ///< per row, into the above; one more than rows
};

/// Merges the exchange with the operator's boundary terms. `clearance` is per volume [um^3/s] and becomes a rate here.
[[nodiscard]] inline SparseTerms merge_terms(const Operator& op, std::span<const std::int64_t> voxel,
                                             std::span<const double> release, std::span<const double> clearance,
                                             bool inflow) {
  const Box& owned = op.shape().owned;
  const std::int64_t nx = owned.extent(0);
  SparseTerms t;
  t.row_begin.assign(static_cast<std::size_t>(owned.extent(1) * owned.extent(2)) + 1, 0);
  const auto& boundary = op.boundary();
  std::size_t b = 0, e = 0;
  while (b < boundary.size() || e < voxel.size()) {
    const bool at_boundary = b < boundary.size() && (e >= voxel.size() || boundary[b].voxel <= voxel[e]);
    const bool at_cells = e < voxel.size() && (b >= boundary.size() || voxel[e] <= boundary[b].voxel);
    const std::int64_t v = at_boundary ? boundary[b].voxel : voxel[e];
    double loss = 0.0, source = 0.0;
    if (at_cells) {
      loss += clearance[e] * op.inverse_volume(v);
      source += release[e];
      ++e;
    }
    if (at_boundary) {
      loss += boundary[b].loss;
      if (inflow) source += boundary[b].inflow;
      ++b;
    }
    t.voxel.push_back(v);
    t.loss.push_back(loss);
    t.source.push_back(source);
    ++t.row_begin[static_cast<std::size_t>(v / nx) + 1];
  }
  for (std::size_t r = 1; r < t.row_begin.size(); ++r) t.row_begin[r] += t.row_begin[r - 1];
  return t;
}

}  // namespace vesicast
