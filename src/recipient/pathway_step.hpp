#pragma once
/// \file
/// A recipient's pathway over a step, for many cells at once. Every cell goes through the same operations in the same
/// order, alone or beside cells of its kind, so where a block of cells begins changes no bit. Pure: no MPI, no PETSc.
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "src/base/transition.hpp"
#include "src/recipient/pools.hpp"

namespace vesicast::recipient {

/// What a step says of a cell: first its pools, then what went in by endocytosis.
inline constexpr std::size_t entered = pool_count;
inline constexpr std::size_t outcome_count = pool_count + 1;

/// The coefficients of one kind of cell: `share[from][outcome]` of what was in a living pool is there after the step.
struct PathwayStep {
  std::array<std::array<double, outcome_count>, living_pools> share{};
};

/// Out of pathway_matrix(). What was bound and neither stayed nor fused went in.
[[nodiscard]] PathwayStep pathway_step(const TransitionMatrix& matrix);

/// The pools of some cells, [cell], one array per pool, and what they did in the step.
struct PoolArrays {
  std::array<double*, pool_count> pool{};
  double* endocytosed = nullptr;
  double *at_surface = nullptr, *inside = nullptr;  ///< vesicles that unpacked in the step; set
};

/// Takes cells [begin, end), which are all of one kind, over the step.
void move_alike(const PathwayStep& step, const PoolArrays& cells, std::size_t begin, std::size_t end);

/// Takes cells [begin, end) over the step, cell c by `steps[kind[c]]`; where there is none, the cell unpacks nothing
/// and nothing changes. The bits are those of move_alike().
void move_each(std::span<const std::optional<PathwayStep>> steps, std::span<const std::uint32_t> kind,
               const PoolArrays& cells, std::size_t begin, std::size_t end);

}  // namespace vesicast::recipient
