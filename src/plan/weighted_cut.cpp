#include "src/plan/weighted_cut.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "decomposition/collectively.hpp"
#include "decomposition/route.hpp"
#include "src/extracellular/flow/flow_field.hpp"
#include "src/extracellular/sweep/rim_depth.hpp"
#include "src/interstitium/interstitium.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast {
namespace {

/// On ranks that share a machine or a fast network: it only has to keep slabs from becoming too thin.
constexpr double typical_message = 2e-6, typical_rim_voxel = 3e-9;

SampleSize small_sample(const Grid& grid, const Layout& uniform) {
  SampleSize size;
  for (std::size_t a = 0; a < 3; ++a) size.voxels[a] = std::max<std::int64_t>(1, grid.voxels[a] / uniform.ranks[a]);
  size.most_voxels = 1 << 17;
  size.cells = 1 << 14;
  size.cells_of_type = 1 << 10;
  return size;
}

WeightedCut weigh(const Parameters& p, std::span<const PlacedCell> cells, int ranks) {
  const Grid grid = make_grid(p.domain);
  WeightedCut cut;
  cut.layout = uniform_layout(grid, ranks);
  if (ranks == 1) return cut;
  const RunNumbers numbers = derive_numbers(p, constant_summary(p), cells, ranks);
  const StepCost cost = measure_step_cost(p, numbers, cells, small_sample(grid, cut.layout));
  const std::vector<Load> loads = loads_of(grid, cells, cost);
  const BoxCost box = box_cost(p, cost, typical_message, typical_rim_voxel);
  cut.uniform_imbalance = imbalance(work_of_ranks(grid, cut.layout, loads, box));
  cut.layout = weighted_layout(grid, ranks, loads, box);
  cut.work = work_of_ranks(grid, cut.layout, loads, box);
  cut.imbalance = imbalance(cut.work);
  return cut;
}

}  // namespace

void broadcast_layout(MPI_Comm comm, Layout& layout) {
  MPI_Bcast(layout.ranks.data(), 3, MPI_INT, 0, comm);
  for (std::size_t a = 0; a < 3; ++a) {
    layout.ownership[a].resize(static_cast<std::size_t>(layout.ranks[a]));
    MPI_Bcast(layout.ownership[a].data(), layout.ranks[a], MPI_INT64_T, 0, comm);
  }
}

std::vector<Load> loads_of(const Grid& grid, std::span<const PlacedCell> cells, const StepCost& cost) {
  std::vector<Load> loads;
  loads.reserve(cells.size());
  std::unordered_set<std::int64_t> occupied;
  for (const PlacedCell& c : cells) {
    const Index3 voxel = grid.voxel_of(c.position);
    const bool first = occupied.insert(grid.global_index(voxel)).second;
    loads.push_back({voxel, cost.cell[static_cast<std::size_t>(c.type)] + (first ? cost.occupied : 0.0)});
  }
  return loads;
}

BoxCost box_cost(const Parameters& p, const StepCost& cost, double message, double rim_voxel) {
  BoxCost box;
  box.voxel = cost.voxel;
  box.row = cost.row;
  box.sweeps = cost.sweeps;
  box.message = message;
  box.rim_voxel = rim_voxel * cost.sent_arrays;
  box.periodic = periodic_axes(p);
  box.thinnest = p.flow.kind == FlowKind::none ? 1 : FlowField::depth;
  box.rim_depth = [](std::int64_t thinnest) { return rim_depth(thinnest); };
  return box;
}

WeightedCut choose_cut(MPI_Comm comm, const Parameters& p, std::span<const PlacedCell> cells) {
  int rank = 0, ranks = 1;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &ranks);
  WeightedCut cut;
  collectively(comm, [&] {
    if (p.run.cut == CutKind::uniform)
      cut.layout = uniform_layout(make_grid(p.domain), ranks);
    else if (rank == 0)
      cut = weigh(p, cells, ranks);
  });
  broadcast_layout(comm, cut.layout);
  std::array<double, 2> even{cut.imbalance, cut.uniform_imbalance};
  MPI_Bcast(even.data(), 2, MPI_DOUBLE, 0, comm);
  cut.imbalance = even[0];
  cut.uniform_imbalance = even[1];
  return cut;
}

std::vector<PlacedCell> gather_placed(MPI_Comm comm, const Cells& cells) {
  std::vector<PlacedCell> mine;
  mine.reserve(cells.size());
  for (std::size_t c = 0; c < cells.size(); ++c) mine.push_back({cells.id[c], cells.position[c], cells.type[c]});
  const std::vector<int> to_first(mine.size(), 0);
  return route(comm, std::span<const PlacedCell>(mine), to_first);
}

}  // namespace vesicast
