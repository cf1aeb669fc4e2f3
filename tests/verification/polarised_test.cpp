// Polarised release: where it arrives, across ranks, periodic faces, walls and obstacles; what the cell itself
// recaptures; and that it is the same to the last bit on any number of ranks.
#include <gtest/gtest.h>

#include <cmath>

#include "src/ledger/ledger.hpp"
#include "src/run/simulate.hpp"
#include "src/start/stationary_start.hpp"
#include "tests/support/scenes.hpp"

namespace vesicast::polarised_test {
namespace {

const Index3 voxels{8, 6, 4};

/// Cells that release and do not take up; vesicles that do not move.
Parameters still(std::size_t axis, std::size_t side, double share, BoundaryKind faces = BoundaryKind::no_flux) {
  Parameters p = test::parameters_of(voxels, 10.0, 0.0);
  test::set_boundaries(p, faces);
  CellType donor = test::donor_type("donor", 0.5);
  donor.polarised = Polarised{static_cast<int>(axis), static_cast<int>(side), share};
  p.cell_types = {donor};
  return p;
}

PlacedCell cell_in(std::int64_t id, const Index3& v, std::int32_t type = 0) {
  Vector3 at{};
  for (std::size_t a = 0; a < 3; ++a) at[a] = (static_cast<double>(v[a]) + 0.5) * 10.0;
  return {id, at, type};
}

std::vector<double> after(const Parameters& p, const std::vector<PlacedCell>& cells, double end,
                          MPI_Comm comm = MPI_COMM_WORLD) {
  test::Scene s = test::make_scene(p, cells, nullptr, comm);
  Timings t;
  simulate(s, to_ticks(end), to_ticks(10.0), {}, t);
  EXPECT_LT(measure_ledger(s.state, s.model, comm).worst_residual(), 1e-12);
  std::vector<double> all;
  for (const Field& f : s.state.fields) {
    const auto values = test::gather(f, *s.domain);
    all.insert(all.end(), values.begin(), values.end());
  }
  return all;
}

/// A tissue with polarised types of two sides, a pathway, uptake by the donors, cargo, a periodic axis and diffusion.
Parameters tissue() {
  Parameters p = test::parameters_of(voxels, 10.0, 0.5);
  for (VesicleClass& v : p.vesicles) v.boundary[0].fill({BoundaryKind::periodic, 0.0});
  p.vesicles[0].size = {1, 0.1, 0.03};
  CellType a = test::recipient_type("a"), b = test::recipient_type("b"), c = test::recipient_type("c");
  a.donor["exosome"].rate = 0.5;
  a.polarised = Polarised{0, 1, 0.6};
  test::give_pathway(b, 30.0);
  b.polarised = Polarised{1, 0, 0.3};
  c.donor["exosome"].rate = 0.1;
  p.cargo = {{"miR-21", 1e-4}};
  b.cargo["miR-21"] = {.copies = 2e4, .synthesis = {}, .sorting = {50.0, 50.0, 50.0, 50.0}};
  p.cell_types = {a, b, c};
  return p;
}
std::vector<PlacedCell> tissue_cells() {
  std::vector<PlacedCell> cells;
  std::int64_t id = 0;
  for (std::int64_t z = 0; z < voxels[2]; ++z)
    for (std::int64_t y = 0; y < voxels[1]; ++y)
      for (std::int64_t x = (y + z) % 2; x < voxels[0]; x += 2) {
        const auto place = (7 * id) % 96;  // ids in another order than the voxels
        cells.push_back(cell_in(place, {x, y, z}, static_cast<std::int32_t>(id % 3)));
        ++id;
      }
  return cells;
}

}  // namespace

TEST(Polarised, TheShareArrivesBesideTheCell) {
  const Grid grid = make_grid(still(0, 1, 0.6).domain);
  for (std::size_t axis = 0; axis < 3; ++axis)
    for (std::size_t side = 0; side < 2; ++side)
      for (std::int64_t i = 1; i + 1 < voxels[axis]; ++i) {
        Index3 v{3, 2, 1}, beside{};
        v[axis] = i;
        beside = v;
        beside[axis] += side == 1 ? 1 : -1;
        const auto field = after(still(axis, side, 0.6), {cell_in(0, v)}, 100.0);
        EXPECT_NEAR(field[static_cast<std::size_t>(grid.global_index(beside))], 30.0, 1e-10);
        EXPECT_NEAR(field[static_cast<std::size_t>(grid.global_index(v))], 20.0, 1e-10);
      }
}

TEST(Polarised, GiftsAddToWhatTheVoxelHas) {
  // Two cells of different voxels give 30 each to one, whose own cell releases 7 in the time.
  Parameters p = still(0, 1, 0.6);
  CellType other = p.cell_types[0], plain = test::donor_type("plain", 0.07);
  other.name = "other";
  other.polarised = Polarised{0, 0, 0.6};
  p.cell_types.push_back(other);
  p.cell_types.push_back(plain);
  p.run.track_sources = false;  // one field, in which all meet
  const Grid grid = make_grid(p.domain);
  const auto all = after(p, {cell_in(0, {2, 2, 1}), cell_in(1, {4, 2, 1}, 1), cell_in(2, {3, 2, 1}, 2)}, 100.0);
  EXPECT_NEAR(all[static_cast<std::size_t>(grid.global_index({3, 2, 1}))], 67.0, 1e-10);
  EXPECT_NEAR(all[static_cast<std::size_t>(grid.global_index({2, 2, 1}))], 20.0, 1e-10);
  EXPECT_NEAR(all[static_cast<std::size_t>(grid.global_index({4, 2, 1}))], 20.0, 1e-10);
}

TEST(Polarised, ThroughAPeriodicFaceAndNotThroughAWall) {
  const Grid grid = make_grid(still(0, 1, 0.6).domain);
  const Index3 last{7, 2, 1}, first{0, 2, 1};
  const auto at = [&](const std::vector<double>& f, const Index3& v) {
    return f[static_cast<std::size_t>(grid.global_index(v))];
  };
  const auto wall = after(still(0, 1, 0.6), {cell_in(0, last)}, 100.0);
  EXPECT_NEAR(at(wall, last), 50.0, 1e-10);
  const auto periodic = after(still(0, 1, 0.6, BoundaryKind::periodic), {cell_in(0, last)}, 100.0);
  EXPECT_NEAR(at(periodic, last), 20.0, 1e-10);
  EXPECT_NEAR(at(periodic, first), 30.0, 1e-10);
  Parameters p = still(0, 0, 0.6);
  Region bone;
  bone.name = "bone";
  bone.shape = Shape::box;
  bone.lower = {20.0, 0.0, 0.0};
  bone.upper = {30.0, 60.0, 40.0};
  bone.obstacle = true;
  p.regions = {bone};
  const auto obstacle = after(p, {cell_in(0, {3, 2, 1})}, 100.0);
  EXPECT_NEAR(at(obstacle, {3, 2, 1}), 50.0, 1e-10);
  EXPECT_EQ(at(obstacle, {2, 2, 1}), 0.0);
}

TEST(Polarised, WhatGoesBesideIsNotRecapturedByContact) {
  const auto recaptured = [](double share) {
    Parameters p = still(0, 1, share);
    p.vesicles[0].diffusivity = 0.5;
    p.domain.voxel = {60.0, 60.0, 60.0};
    p.domain.size = {240.0, 60.0, 60.0};
    const CellType taker = test::recipient_type("taker");
    p.cell_types[0].recipient = taker.recipient;
    p.cell_types[0].receptors = 1e6;
    test::Scene s = test::make_scene(p, {{0, {90.0, 30.0, 30.0}, 0}});
    Timings t;
    simulate(s, to_ticks(10.0), to_ticks(10.0), {}, t);
    double sum = 0.0;
    for (const double x : s.state.cells.at(CellArray::recaptured, 0)) sum += x;
    MPI_Allreduce(MPI_IN_PLACE, &sum, 1, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
    return sum;
  };
  const double all = recaptured(0.0);
  ASSERT_GT(all, 0.0);
  EXPECT_NEAR(recaptured(0.6) / all, 0.4, 1e-3);
  EXPECT_EQ(recaptured(1.0), 0.0);
}

TEST(Polarised, TheSameBitsOnAnyNumberOfRanks) {
  const auto here = after(tissue(), tissue_cells(), 200.0),
             alone = after(tissue(), tissue_cells(), 200.0, MPI_COMM_SELF);
  ASSERT_EQ(here.size(), alone.size());
  for (std::size_t i = 0; i < here.size(); ++i) EXPECT_EQ(here[i], alone[i]) << i;
}

TEST(Polarised, AStationaryStartHasIt) {
  Parameters p = tissue();
  p.run.steady = true;
  p.vesicles[0].decay = 1e-3;
  for (CellType& t : p.cell_types) {
    t.recipient.clear();
    t.cargo.clear();
  }
  p.cargo.clear();
  test::Scene s = test::make_scene(p, tissue_cells());
  (void)start_stationary(s.state, s.model, s.site, s.seats);
  std::vector<std::vector<double>> before;
  for (const Field& f : s.state.fields) before.push_back(test::gather(f, *s.domain));
  Timings t;
  simulate(s, to_ticks(200.0), to_ticks(10.0), {}, t);
  for (std::size_t f = 0; f < before.size(); ++f) {
    const auto now = test::gather(s.state.fields[f], *s.domain);
    for (std::size_t i = 0; i < now.size(); ++i)
      EXPECT_NEAR(now[i], before[f][i], 2e-3 * *std::ranges::max_element(now)) << s.model.field_name(f);
  }
}

}  // namespace vesicast::polarised_test
