#pragma once
/// \file
/// The last sweep of a step for time polynomials that may undershoot: what leaves a voxel that would go negative is
/// scaled down until it does not.
#include <span>

#include "decomposition/base/exact_sum.hpp"
#include "decomposition/halo.hpp"
#include "src/extracellular/operator/terms.hpp"
#include "src/extracellular/sweep/work_array.hpp"

namespace vesicast {

/// A piece of a step that was just finished: N = c + dt (A avg + S), avg >= 0.
struct FinishedPiece {
  const Operator* op = nullptr;
  std::span<double> content;        ///< N over the owned box
  const double* start = nullptr;    ///< u of c over the covered box
  const double* average = nullptr;  ///< u of avg over the covered box, one voxel of its rim valid
  double dt = 0.0;                  ///< [s]
  SparseTerms* terms = nullptr;
  BinnedSum* decayed = nullptr;
};

/// Makes every content >= 0 and keeps the sum. A voxel below zero keeps what it had and lets go at most that: all that
/// leaves it is scaled by R = min(1, c/outflow) (the positivity limiter of flux-corrected transport, Zalesak 1979, with
/// c itself as the low-order solution); neighbours that then go negative follow, until there are none. Exactly >= 0,
/// conservative, the same bits on any number of ranks. Where nothing is negative nothing changes. `limit` is a buffer
/// over the covered box. Returns the number of voxels limited on this rank. Collective.
std::int64_t limit_outflow(const FinishedPiece& piece, const Halo& halo, WorkArray& limit);

}  // namespace vesicast
