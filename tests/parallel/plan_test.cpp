// The cut that costs choose, and what is predicted of it, beside a real step.
#include <gtest/gtest.h>

#include <cmath>

#include "decomposition/halo_message.hpp"
#include "src/plan/prediction.hpp"
#include "src/plan/weighted_cut.hpp"
#include "src/step/advance.hpp"
#include "tests/support/scenes.hpp"
#include "tests/support/tissue.hpp"

namespace vesicast::plan_test {
namespace {

int ranks_of_world() {
  int ranks = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  return ranks;
}

/// Cells in one corner of the domain.
std::vector<PlacedCell> corner(const Parameters& p, std::int64_t count) {
  const Grid grid = make_grid(p.domain);
  std::vector<PlacedCell> cells;
  for (std::int64_t i = 0; i < count; ++i)
    cells.push_back({i,
                     {0.3 * grid.length(0) * std::fmod(0.618 * static_cast<double>(i), 1.0),
                      0.3 * grid.length(1) * std::fmod(0.755 * static_cast<double>(i), 1.0),
                      0.3 * grid.length(2) * std::fmod(0.570 * static_cast<double>(i), 1.0)},
                     0});
  return cells;
}

}  // namespace

TEST(Plan, PredictsTheMessagesOfAStep) {
  // No cells: what travels are whole arrays.
  Parameters p = test::parameters_of({24, 20, 16}, 10.0, 0.8);
  p.cell_types = {test::donor_type("a", 1.0)};
  p.vesicles[0].initial_concentration = 1e-3;
  p.run.step = to_ticks(30.0);
  p.run.end = to_ticks(60.0);
  const Layout layout = uniform_layout(make_grid(p.domain), ranks_of_world());
  test::Scene s = test::make_scene(p, {}, &layout);
  const HaloMessage::Totals before = HaloMessage::totals();
  Timings timings;
  const std::int64_t sweeps = s.site.transport->sweeps();
  advance(s, p.run.step, timings);
  StepCost cost;
  cost.sweeps = static_cast<double>(s.site.transport->sweeps() - sweeps) / static_cast<double>(s.model.fields.size());
  cost.sent_arrays = static_cast<double>(s.model.fields.size());
  const RimTraffic sent = traffic_of_rank(s.domain->grid(), layout, s.domain->rank(), box_cost(p, cost, 0.0, 0.0));
  const HaloMessage::Totals after = HaloMessage::totals();
  EXPECT_EQ(after.messages - before.messages, sent.messages);
  EXPECT_EQ(after.bytes - before.bytes, 8 * sent.voxels * static_cast<std::int64_t>(s.model.fields.size()));
}

TEST(Plan, TheChosenCutIsTheSameOnAllRanksAndEvener) {
  Parameters p = test::parameters_of({24, 24, 24}, 10.0, 0.8);
  p.cell_types = {test::recipient_type("a")};
  p.run.step = to_ticks(30.0);
  p.run.end = to_ticks(60.0);
  const std::vector<PlacedCell> cells = corner(p, 20000);
  int rank = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  const WeightedCut cut = choose_cut(MPI_COMM_WORLD, p, rank == 0 ? cells : std::vector<PlacedCell>());
  EXPECT_EQ(cut.layout.size(), ranks_of_world());
  EXPECT_EQ(cut.layout.voxels(), make_grid(p.domain).voxels);
  EXPECT_LE(cut.imbalance, cut.uniform_imbalance + 0.02);
  if (ranks_of_world() > 1) {
    EXPECT_LT(cut.imbalance, 1.25);
    EXPECT_GT(cut.uniform_imbalance, 1.3);
  }
  for (std::size_t a = 0; a < 3; ++a)
    for (std::int64_t width : cut.layout.ownership[a]) {
      std::array<std::int64_t, 2> range{width, -width};
      MPI_Allreduce(MPI_IN_PLACE, range.data(), 2, MPI_INT64_T, MPI_MAX, MPI_COMM_WORLD);
      EXPECT_EQ(range[0], -range[1]);
    }
  p.run.cut = CutKind::uniform;
  EXPECT_EQ(choose_cut(MPI_COMM_WORLD, p, {}).layout.ownership,
            uniform_layout(make_grid(p.domain), ranks_of_world()).ownership);
}

TEST(Plan, CellsAreGatheredWithTheirTypes) {
  Parameters p = test::parameters_of({8, 8, 8}, 10.0, 0.8);
  p.cell_types = {test::recipient_type("a"), test::recipient_type("b")};
  std::vector<PlacedCell> cells = corner(p, 100);
  for (PlacedCell& c : cells) c.type = static_cast<std::int32_t>(c.id % 2);
  const test::Scene s = test::make_scene(p, cells);
  std::vector<PlacedCell> all = gather_placed(MPI_COMM_WORLD, s.state.cells);
  EXPECT_EQ(all.size(), s.domain->rank() == 0 ? cells.size() : 0U);
  if (all.empty()) return;
  std::ranges::sort(all, {}, &PlacedCell::id);
  ASSERT_EQ(all.size(), cells.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(all[i].id, cells[i].id);
    EXPECT_EQ(all[i].type, cells[i].type);
    EXPECT_EQ(all[i].position, cells[i].position);
  }
}

TEST(Plan, CostsOfEverythingCanBeMeasured) {
  // Every process on, maps, regions and a solved flow: samples are built all the same.
  for (const int dimensions : {2, 3}) {
    Parameters p = test::tissue_with_everything(dimensions);
    p.run.step = to_ticks(30.0);
    p.run.end = to_ticks(60.0);
    const std::vector<PlacedCell> cells = test::tissue_cells(p);
    const RunNumbers n = derive_numbers(p, constant_summary(p), cells, 1);
    const StepCost cost = measure_step_cost(
        p, n, cells, {.voxels = n.grid.voxels, .most_voxels = 4096, .cells = 64, .cells_of_type = 64});
    EXPECT_TRUE(cost.measured);
    EXPECT_GT(cost.voxel, 0.0);
    EXPECT_GE(cost.row, 0.0);
    EXPECT_GE(cost.sweeps, 1.0);
    ASSERT_EQ(cost.cell.size(), p.cell_types.size());
    for (const double c : cost.cell) EXPECT_GT(c, 0.0);
  }
}

TEST(Plan, SmallerSamplesAreAsDense) {
  Parameters p = test::parameters_of({32, 32, 32}, 10.0, 0.8);
  p.cell_types = {test::recipient_type("a")};
  std::vector<PlacedCell> cells = corner(p, 4096);
  const SampleTissue whole = sample_tissue(p, cells, 1 << 20), part = sample_tissue(p, cells, 4096);
  EXPECT_EQ(whole.grid.size(), 32768);
  EXPECT_EQ(whole.cells.size(), cells.size());
  EXPECT_EQ(part.grid.size(), 4096);
  EXPECT_NEAR(static_cast<double>(part.cells.size()), 512.0, 32.0);
  for (const PlacedCell& c : part.cells) EXPECT_TRUE(part.grid.contains(c.position));
}

TEST(Plan, PredictionsAddUp) {
  Parameters p = test::parameters_of({32, 32, 32}, 10.0, 0.8);
  p.cell_types = {test::recipient_type("a")};
  p.run.step = to_ticks(30.0);
  p.run.end = to_ticks(3000.0);
  const std::vector<PlacedCell> cells = corner(p, 3000);
  const RunNumbers n = derive_numbers(p, constant_summary(p), cells, 1);
  const std::vector<int> ranks{2, 1, 16};
  Machine machine;
  machine.host = "here";
  machine.busy_ranks = 4;
  machine.busy = 1.6;
  EXPECT_DOUBLE_EQ(machine.slowing(1), 1.0);
  EXPECT_DOUBLE_EQ(machine.slowing(2), 1.2);
  EXPECT_DOUBLE_EQ(machine.slowing(4), 1.6);
  const std::vector<Prediction> all = predict({p, n, cells, 100.0, 4e8}, ranks, machine, 8);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_DOUBLE_EQ(all[1].efficiency, 1.0);
  EXPECT_FALSE(all[0].extrapolated);
  EXPECT_TRUE(all[2].extrapolated);
  EXPECT_EQ(all[1].messages, 0);
  for (const Prediction& one : all) {
    EXPECT_EQ(one.layout.size(), one.ranks);
    EXPECT_DOUBLE_EQ(one.run, 100.0 * one.step + 4e8 / machine.disk);
    EXPECT_DOUBLE_EQ(one.efficiency, all[1].step / (one.step * one.ranks));
    EXPECT_GE(one.imbalance, 1.0);
  }
  EXPECT_LT(all[2].bytes, all[1].bytes);
}

}  // namespace vesicast::plan_test
