#include "src/plan/prediction.hpp"

#include <algorithm>
#include <cmath>

#include "src/parameters/parameters.hpp"

namespace vesicast {
namespace {

Prediction predict_one(const PlannedRun& run, int ranks, const Machine& machine, int per_node) {
  const Grid grid = make_grid(run.parameters.domain);
  Prediction n;
  n.ranks = ranks;
  n.layout = uniform_layout(grid, ranks);
  const int beside = std::min(ranks, per_node);
  const StepCost cost =
      measure_step_cost(run.parameters, run.numbers, run.cells, sample_of_share(grid, ranks, run.cells.size()));
  const std::vector<Load> loads = loads_of(grid, run.cells, cost);
  const BoxCost box = box_cost(run.parameters, cost, machine.latency, bytes_per_value / machine.bandwidth);
  if (run.parameters.run.cut == CutKind::weighted) n.layout = weighted_layout(grid, ranks, loads, box);
  const std::vector<double> work = work_of_ranks(grid, n.layout, loads, box);
  n.imbalance = imbalance(work);
  n.step = std::ranges::max(work) * machine.slowing(beside) +
           std::ceil(std::log2(static_cast<double>(ranks))) * 2.0 * machine.latency;
  for (int r = 0; r < ranks; ++r) {
    const RimTraffic sent = traffic_of_rank(grid, n.layout, r, box);
    n.messages = std::max(n.messages, sent.messages);
    n.halo_bytes = std::max(n.halo_bytes, bytes_per_value * cost.sent_arrays * static_cast<double>(sent.voxels));
  }
  n.bytes = bytes_per_rank(run.parameters, run.numbers, run.cells, n.layout);
  n.run = run.steps * n.step + run.output_bytes / machine.disk;
  n.extrapolated = !machine.measured() ? ranks > 1 : ranks > machine.busy_ranks;
  return n;
}

}  // namespace

std::vector<Prediction> predict(const PlannedRun& run, std::span<const int> ranks, const Machine& machine,
                                int per_node) {
  std::vector<Prediction> all;
  double alone = 0.0;
  for (const int n : ranks) {
    all.push_back(predict_one(run, n, machine, per_node));
    if (n == 1) alone = all.back().step;
  }
  if (alone == 0.0) alone = predict_one(run, 1, machine, per_node).step;
  for (Prediction& n : all) n.efficiency = alone / (n.step * static_cast<double>(n.ranks));
  return all;
}

}  // namespace vesicast
