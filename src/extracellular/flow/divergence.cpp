#include "src/extracellular/flow/divergence.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "decomposition/base/error.hpp"

namespace vesicast {
namespace {

/// The balance of one owned voxel, number `i` of the owned box.
Divergence balance(const FlowField& flow, const Domain& domain, std::size_t i) {
  Divergence d;
  d.voxel = domain.owned().voxel(static_cast<std::int64_t>(i));
  double largest = 0.0;
  bool finite = true;
  const auto see = [&](double flux) {
    largest = std::max(largest, std::abs(flux));
    finite = finite && std::isfinite(flux);
  };
  for (std::size_t a = 0; a < domain.grid().dimensions; ++a) {
    const double lower = flow.through(d.voxel, a, 0), upper = flow.through(d.voxel, a, 1);
    see(lower);
    see(upper);
    d.excess += upper - lower;
  }
  for (const VesselFlow* vessels : {&flow.blood, &flow.lymph}) {
    see(vessels->net(i));
    d.excess -= vessels->net(i);
  }
  if (!finite)
    d.relative = std::numeric_limits<double>::infinity();
  else if (largest > 0.0)
    d.relative = std::abs(d.excess) / largest;
  return d;
}

}  // namespace

Divergence largest_divergence(const FlowField& flow, const Domain& domain) {
  const Box grid = domain.grid().box();
  Divergence worst;
  worst.relative = -1.0;
  for (std::size_t i = 0; i < static_cast<std::size_t>(domain.owned_voxels()); ++i) {
    const Divergence d = balance(flow, domain, i);
    if (d.relative > worst.relative) worst = d;  // the owned box runs through rising global indices
  }
  double relative = worst.relative;
  MPI_Allreduce(MPI_IN_PLACE, &relative, 1, MPI_DOUBLE, MPI_MAX, domain.comm());
  const std::int64_t mine = grid.offset(worst.voxel);
  std::int64_t index = worst.relative == relative ? mine : std::numeric_limits<std::int64_t>::max();
  MPI_Allreduce(MPI_IN_PLACE, &index, 1, MPI_INT64_T, MPI_MIN, domain.comm());
  // One rank owns that voxel and has its excess; the bits travel as they are.
  const int owner = domain.layout().owner(grid.voxel(index));
  double excess = worst.excess;
  MPI_Bcast(&excess, 1, MPI_DOUBLE, owner, domain.comm());
  return {relative, excess, grid.voxel(index)};
}

void require_divergence_free(const FlowField& flow, const Domain& domain, double tolerance) {
  const Divergence d = largest_divergence(flow, domain);
  if (d.relative <= tolerance) return;
  const Vector3 x = domain.grid().centre(d.voxel);
  throw InputError(
      fmt::format("the flow is not divergence-free: what leaves voxel ({}, {}, {}) at ({:g}, {:g}, {:g}) um differs "
                  "from what enters "
                  "by {:.3g} um^3/s, {:.2e} of the largest flux through its faces; {:.2e} is allowed",
                  d.voxel[0], d.voxel[1], d.voxel[2], x[0], x[1], x[2], d.excess, d.relative, tolerance));
}

}  // namespace vesicast
