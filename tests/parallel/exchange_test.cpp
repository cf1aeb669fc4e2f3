#include <gtest/gtest.h>

#include <map>
#include <numeric>

#include "src/base/random.hpp"
#include "src/exchange/deposit_sample.hpp"
#include "src/ledger/ledger.hpp"
#include "src/run/simulate.hpp"
#include "src/step/advance.hpp"
#include "tests/support/scenes.hpp"

namespace vesicast::exchange_test {
namespace {

/// n cells of random type at random places, several in one voxel.
std::vector<PlacedCell> scattered(const Grid& grid, int n, int types) {
  std::vector<PlacedCell> cells;
  Draws draws({11, Purpose::placement_jitter, 0, 0, 0});
  for (int i = 0; i < n; ++i) {
    PlacedCell c;
    c.id = i;
    for (std::size_t a = 0; a < 3; ++a) c.position[a] = draws.uniform() * grid.length(a);
    c.type = i % types;
    cells.push_back(c);
  }
  return cells;
}

}  // namespace

TEST(DepositSample, AreAdjoint) {
  Parameters p = test::parameters_of({8, 8, 8}, 10.0, 1.0);
  p.cell_types = {test::recipient_type("a")};
  const test::Scene s = test::make_scene(p, scattered(make_grid(p.domain), 700, 1));
  const Cells& cells = s.state.cells;
  std::vector<double> a(cells.size()), c(s.seats.occupied.size()), sampled(cells.size());
  for (std::size_t i = 0; i < a.size(); ++i) a[i] = 1.0 / (1.0 + static_cast<double>(cells.id[i]));
  for (std::size_t o = 0; o < c.size(); ++o) c[o] = 3.0 + static_cast<double>(o % 17);
  // By hand: what lies in each voxel, in the order of the ids.
  std::map<std::int64_t, double> by_hand;
  for (std::size_t i = 0; i < a.size(); ++i)
    by_hand[s.domain->owned().offset(s.domain->grid().voxel_of(cells.position[i]))] += a[i];
  std::vector<double> in_parts(c.size(), 0.0);
  for (std::size_t first = 0; first < cells.size(); first += 13) {
    const auto voxel = std::span(s.seats.voxel).subspan(first, std::min<std::size_t>(13, cells.size() - first));
    deposit(voxel, std::span(a).subspan(first, voxel.size()), in_parts);
    sample(voxel, c, std::span(sampled).subspan(first, voxel.size()));
  }
  ASSERT_EQ(by_hand.size(), in_parts.size());
  for (std::size_t o = 0; o < c.size(); ++o) EXPECT_EQ(in_parts[o], by_hand.at(s.seats.occupied[o]));
  const double left = std::inner_product(in_parts.begin(), in_parts.end(), c.begin(), 0.0);
  const double right = std::inner_product(a.begin(), a.end(), sampled.begin(), 0.0);
  EXPECT_NEAR(left, right, 1e-12 * std::max(1.0, std::abs(left)));
  EXPECT_NEAR(std::accumulate(in_parts.begin(), in_parts.end(), 0.0), std::accumulate(a.begin(), a.end(), 0.0), 1e-12);
}

TEST(Exchange, CellsInOneVoxelShareByRateWhateverTheirOrder) {
  // Three recipients in one voxel, one with twice the receptors; and the same with ids turned round.
  Parameters p = test::parameters_of({4, 4, 4}, 20.0, 1.0);
  p.cell_types = {test::recipient_type("weak"), test::recipient_type("strong")};
  p.cell_types[1].receptors = 2.0 * p.cell_types[0].receptors;
  p.vesicles[0].initial_concentration = 1e-3;
  const std::vector<Vector3> places{{31.0, 31.0, 31.0}, {33.0, 33.0, 33.0}, {35.0, 30.0, 30.0}};
  const std::vector<std::int32_t> types{0, 1, 0};
  std::vector<double> bound_by_place(3, 0.0);
  for (const bool turned : {false, true}) {
    std::vector<PlacedCell> cells;
    for (std::size_t i = 0; i < 3; ++i)
      cells.push_back({turned ? 2 - static_cast<std::int64_t>(i) : static_cast<std::int64_t>(i), places[i], types[i]});
    test::Scene s = test::make_scene(p, cells);
    Timings t;
    advance(s, 30000, t);
    for (std::size_t c = 0; c < s.state.cells.size(); ++c) {
      const auto place =
          static_cast<std::size_t>(std::find(places.begin(), places.end(), s.state.cells.position[c]) - places.begin());
      const double bound = s.state.cells.at(CellArray::bound, 0)[c];
      EXPECT_GT(bound, 0.0);
      if (!turned)
        bound_by_place[place] = bound;
      else
        EXPECT_NEAR(bound, bound_by_place[place], 1e-14 * bound);
    }
    if (s.state.cells.size() == 3) {
      const double weak = bound_by_place[0], strong = bound_by_place[1];
      EXPECT_NEAR(bound_by_place[2], weak, 1e-13);
      EXPECT_NEAR(strong / weak, 2.0, 2e-3);  // the share of a vesicle on 5,000 receptors is not quite in proportion
    }
  }
}

TEST(Exchange, NeverBindsMoreThanTheReceptors) {
  Parameters p = test::parameters_of({3, 3, 3}, 20.0, 5.0);
  p.cell_types = {test::recipient_type("few")};
  p.cell_types[0].receptors = 3.0;
  p.cell_types[0].recipient["exosome"].k_on = 50.0;
  p.cell_types[0].recipient["exosome"].k_endocytosis = 1e-2;
  p.vesicles[0].initial_concentration = 1e-2;
  test::Scene s = test::make_scene(p, {{0, {30.0, 30.0, 30.0}, 0}, {1, {31.0, 30.0, 30.0}, 0}});
  Timings t;
  for (int i = 0; i < 50; ++i) {
    advance(s, 60000, t);
    ASSERT_NO_THROW(audit(s));  // bound <= receptors, all >= 0
  }
  EXPECT_LE(measure_ledger(s.state, s.model, MPI_COMM_WORLD).worst_residual(), 1e-12);
}

TEST(Exchange, SaturationSlowsUptake) {
  // With all receptors taken nothing more binds; with none taken uptake is k_on R C.
  Parameters p = test::parameters_of({3, 3, 3}, 20.0, 5.0);
  p.cell_types = {test::recipient_type("r")};
  Uptake u = test::no_uptake();
  u.k_on = 1.66e-3;
  p.cell_types[0].recipient["exosome"] = u;
  p.vesicles[0].initial_concentration = 100.0;  // far above saturation
  test::Scene s = test::make_scene(p, {{0, {30.0, 30.0, 30.0}, 0}});
  Timings t;
  for (int i = 0; i < 40; ++i) advance(s, 10000, t);
  if (s.state.cells.size() == 1) {
    EXPECT_NEAR(s.state.cells.at(CellArray::bound, 0)[0], 5000.0, 1e-6 * 5000.0);
  }
}

}  // namespace vesicast::exchange_test
