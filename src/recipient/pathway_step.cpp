#include "src/recipient/pathway_step.hpp"

#include <cstring>

#include "src/base/loops.hpp"

namespace vesicast::recipient {

PathwayStep pathway_step(const TransitionMatrix& matrix) {
  PathwayStep step;
  for (int from = 0; from < living_pools; ++from)
    for (int to = 0; to < pool_count; ++to)
      step.share[static_cast<std::size_t>(from)][static_cast<std::size_t>(to)] = matrix(to, from);
  double inside = matrix(back_fused, bound) + matrix(degraded, bound);
  for (int to = early_endosome; to < living_pools; ++to) inside += matrix(to, bound);
  step.share[bound][entered] = inside;
  return step;
}

void move_alike(const PathwayStep& step, const PoolArrays& cells, std::size_t begin, std::size_t end) {
  static_assert(living_pools == 4);
  const PathwayStep s = step;
  double *const in_bound = cells.pool[bound], *const in_early = cells.pool[early_endosome],
                *const in_late = cells.pool[late_endosome], *const in_lysosome = cells.pool[lysosome],
                *const is_fused = cells.pool[fused], *const is_back_fused = cells.pool[back_fused],
                *const is_degraded = cells.pool[degraded];
  VESICAST_INDEPENDENT
  for (std::size_t c = begin; c < end; ++c) {
    const double b = in_bound[c], e = in_early[c], l = in_late[c], y = in_lysosome[c];
    const auto after = [&](std::size_t to) {
      return ((s.share[bound][to] * b + s.share[early_endosome][to] * e) + s.share[late_endosome][to] * l) +
             s.share[lysosome][to] * y;
    };
    const double surface = after(fused), inside = after(back_fused);
    in_bound[c] = after(bound);
    in_early[c] = after(early_endosome);
    in_late[c] = after(late_endosome);
    in_lysosome[c] = after(lysosome);
    is_fused[c] += surface;
    is_back_fused[c] += inside;
    is_degraded[c] += after(degraded);
    cells.endocytosed[c] += after(entered);
    cells.at_surface[c] = surface;
    cells.inside[c] = inside;
  }
}

namespace {

/// All outcomes of one cell side by side.
using Outcomes [[gnu::vector_size(sizeof(PathwayStep::share[0]))]] = double;

void move_one(const PathwayStep& step, const PoolArrays& cells, std::size_t c) {
  std::array<Outcomes, living_pools> share;
  std::memcpy(share.data(), step.share.data(), sizeof(share));
  const Outcomes after =
      ((share[bound] * cells.pool[bound][c] + share[early_endosome] * cells.pool[early_endosome][c]) +
       share[late_endosome] * cells.pool[late_endosome][c]) +
      share[lysosome] * cells.pool[lysosome][c];
  for (std::size_t to = 0; to < living_pools; ++to) cells.pool[to][c] = after[to];
  for (std::size_t to = living_pools; to < pool_count; ++to) cells.pool[to][c] += after[to];
  cells.endocytosed[c] += after[entered];
  cells.at_surface[c] = after[fused];
  cells.inside[c] = after[back_fused];
}

}  // namespace

void move_each(std::span<const std::optional<PathwayStep>> steps, std::span<const std::uint32_t> kind,
               const PoolArrays& cells, std::size_t begin, std::size_t end) {
  for (std::size_t c = begin; c < end; ++c)
    if (const auto& step = steps[kind[c]])
      move_one(*step, cells, c);
    else
      cells.at_surface[c] = cells.inside[c] = 0.0;
}

}  // namespace vesicast::recipient
