#include "src/extracellular/operator/voxel_rates.hpp"

#include <algorithm>

namespace vesicast {

VoxelRates::VoxelRates(const Domain& domain)
    : halo_(domain, sweep_depth(domain), Rim::where_joined),
      u_(static_cast<std::size_t>(halo_.covered().volume()), 0.0) {}

void VoxelRates::evaluate(const Operator& op, std::span<const std::int64_t> voxel, std::span<const double> content,
                          const Outside& outside, std::span<double> change, std::span<double> loss) {
  const SweepShape& shape = op.shape();
  double* u = u_.data();
  for_each_row(shape.owned, [&](std::int64_t x0, std::int64_t x1, std::int64_t j, std::int64_t k) {
    std::copy_n(content.data() + shape.owned.offset({x0, j, k}), x1 - x0, u + shape.covered.offset({x0, j, k}));
  });
  halo_.exchange(std::span<double* const>(&u, 1));
  std::visit(
      [&](const auto& stencil) {
        for_each_row(shape.grown(1), [&](std::int64_t x0, std::int64_t x1, std::int64_t j, std::int64_t k) {
          const Row r = shape.row(x0, x1, j, k);
          stencil.load(row_kernels(), r.at, r.n, u + r.at);
          mirror_row_ends(r, u);
        });
        for (std::size_t o = 0; o < voxel.size(); ++o) {
          const Index3 v = shape.owned.voxel(voxel[o]);
          const Row r = shape.row(v[0], v[0] + 1, v[1], v[2]);
          const double in_contents = stencil.content_to_u(r.at);
          change[o] = in_contents > 0.0 ? (stencil.point(r, 0, 1.0, u) - u[r.at]) / in_contents : 0.0;
          loss[o] = op.rate_within_walls(static_cast<std::int64_t>(r.at));
        }
      },
      op.stencil());
  for (const LocalTerm& term : op.terms()) {
    const Index3 v = shape.covered.voxel(term.at);
    if (!shape.owned.contains(v)) continue;
    const auto found = std::lower_bound(voxel.begin(), voxel.end(), shape.owned.offset(v));
    if (found == voxel.end() || *found != shape.owned.offset(v)) continue;
    const auto o = static_cast<std::size_t>(found - voxel.begin());
    change[o] += outside.inflow(term) - term.loss * content[static_cast<std::size_t>(*found)];
    loss[o] += term.loss;
  }
}

}  // namespace vesicast
