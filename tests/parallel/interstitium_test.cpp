// The interstitium's arrays: what wins over what, cells smeared across ranks and periodic faces, obstacles, messages.
#include "src/interstitium/interstitium.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "decomposition/base/error.hpp"
#include "io/maps/read_map.hpp"
#include "src/base/random.hpp"
#include "src/interstitium/occupied_volume.hpp"
#include "src/tissue/sphere_volume.hpp"
#include "tests/parallel/output_support.hpp"
#include "tests/support/scenes.hpp"

namespace vesicast::interstitium_test {
namespace {

const MapReader no_maps = [](const MapFile& map, const Domain&, int) -> std::vector<double> {
  throw InputError("unexpected map " + map.file);
};

/// A reader whose map has the value f(voxel).
MapReader map_of(const std::function<double(const MapFile&, const Index3&)>& f) {
  return [f](const MapFile& map, const Domain& domain, int) {
    std::vector<double> values;
    for (std::int64_t i = 0; i < domain.owned_voxels(); ++i) values.push_back(f(map, domain.owned().voxel(i)));
    return values;
  };
}

/// The whole array on every rank, by global index; empty stays empty.
template <class T>
std::vector<double> gathered(const std::vector<T>& values, const Domain& domain) {
  if (values.empty()) return {};
  std::vector<double> all(static_cast<std::size_t>(domain.grid().size()), 0.0);
  for (std::int64_t i = 0; i < domain.owned_voxels(); ++i)
    all[static_cast<std::size_t>(domain.grid().global_index(domain.owned().voxel(i)))] =
        static_cast<double>(values[static_cast<std::size_t>(i)]);
  MPI_Allreduce(MPI_IN_PLACE, all.data(), static_cast<int>(all.size()), MPI_DOUBLE, MPI_SUM, domain.comm());
  return all;
}

Cells cells_of(const Domain& domain, const std::vector<PlacedCell>& all) {
  return {domain, test::own(domain, all)};
}

/// The layer from <= x <= to [um] across the x axis.
Region layer(const std::string& name, double from, double to) {
  Region region;
  region.name = name;
  region.shape = Shape::layer;
  region.axis = 0;
  region.from = from;
  region.to = to;
  return region;
}

/// Cells in random places of 12 x 10 x 8 voxels of 10 um, some of them on the faces of the domain and of voxels.
Parameters crowded() {
  Parameters p = test::parameters_of({12, 10, 8}, 10.0, 1.0);
  p.domain.fraction_from_cells = true;
  p.cell_types = {test::donor_type("small", 1.0), test::recipient_type("large")};
  p.cell_types[0].radius = 4.0;
  p.cell_types[1].radius = 9.0;
  return p;
}

std::vector<PlacedCell> crowd() {
  std::vector<PlacedCell> cells{{0, {0, 0, 0}, 1},        {1, {120, 100, 80}, 1}, {2, {60, 50, 40}, 1},
                                {3, {60, 49.999, 40}, 0}, {4, {0, 50, 20}, 0},    {5, {119.9, 50, 79.9}, 1}};
  Draws draws({3, Purpose::placement_jitter, 0, 0, 0});
  for (std::int64_t id = 6; id < 300; ++id) {
    const double x = draws.uniform(), y = draws.uniform(), z = draws.uniform();
    cells.push_back({id, {120.0 * x, 100.0 * y, 80.0 * z}, static_cast<std::int32_t>(id % 2)});
  }
  return cells;
}

void expect_input_error(const std::string& message, const std::function<void()>& f) {
  try {
    f();
    ADD_FAILURE() << "no error instead of: " << message;
  } catch (const AgreedError& error) {
    EXPECT_EQ(error.code(), ExitCode::bad_input);
    EXPECT_EQ(std::string(error.what()), message);
  }
}

}  // namespace

TEST(Interstitium, ConstantsNeedNoArrays) {
  Parameters p = test::parameters_of({8, 4, 4}, 10.0, 1.0);
  p.vesicles[0].matrix.emplace();
  const Domain domain = test::domain_of(test::grid_of({8, 4, 4}, 10.0));
  const Interstitium in = make_interstitium(p, domain, {}, no_maps);
  EXPECT_TRUE(in.uniform);
  EXPECT_TRUE(in.alpha.empty() && in.diffusivity[0].empty() && in.binding_sites[0].empty());
  EXPECT_TRUE(in.conductivity.empty() && in.obstacle.empty() && in.blood.empty() && in.lymph.empty());
  EXPECT_EQ(in.summary.mean_alpha, 0.2);
}

TEST(Interstitium, LaterRegionsWinOverEarlierOnesOverMapsOverConstantsKeyByKey) {
  Parameters p = test::parameters_of({8, 3, 2}, 10.0, 1.0);
  p.vesicles.push_back(p.vesicles[0]);
  p.vesicles[1].name = "microvesicle";
  for (VesicleClass& v : p.vesicles) v.matrix.emplace().sites = 5.0;
  p.domain.extracellular_fraction_map = MapFile{"m", "alpha"};
  p.vesicles[0].diffusivity_map = MapFile{"m", "D"};
  Region first = layer("first", 20.0, 60.0), second = layer("second", 40.0, 80.0), labelled;
  first.extracellular_fraction = 0.5;
  first.diffusivity = {{"exosome", 9.0}, {"microvesicle", 8.0}};
  first.conductivity = 0.25;
  first.blood.emplace();
  second.extracellular_fraction = 0.75;
  second.binding_sites = {{"microvesicle", 7.0}};
  second.blood.emplace();
  labelled.map = MapFile{"labels", "label"};
  labelled.label = 3.0;
  labelled.diffusivity = {{"exosome", 4.0}};
  labelled.lymph.emplace();
  p.regions = {first, second, labelled};
  int label_reads = 0;
  const MapReader reader = [&](const MapFile& map, const Domain& domain, int components) {
    if (map.file == "labels") ++label_reads;
    return map_of([](const MapFile& m, const Index3& v) {
      if (m.array == "label") return v[1] == 2 ? 3.0 : 2.0;
      return m.array == "alpha" ? 0.1 + 0.01 * static_cast<double>(v[0]) : 2.0 + static_cast<double>(v[2]);
    })(map, domain, components);
  };
  const Domain domain = test::domain_of(test::grid_of({8, 3, 2}, 10.0));
  const Interstitium in = make_interstitium(p, domain, {}, reader);
  EXPECT_FALSE(in.uniform);
  EXPECT_EQ(label_reads, 1);
  EXPECT_TRUE(in.binding_sites[0].empty());
  EXPECT_TRUE(in.obstacle.empty());
  EXPECT_EQ(in.summary.region_voxels, (std::vector<std::int64_t>{24, 24, 16}));
  for (std::int64_t i = 0; i < domain.owned_voxels(); ++i) {
    const Index3 v = domain.owned().voxel(i);
    const auto n = static_cast<std::size_t>(i);
    const bool in_first = v[0] >= 2 && v[0] < 6, in_second = v[0] >= 4, in_third = v[1] == 2;
    EXPECT_EQ(in.alpha[n], in_second ? 0.75 : in_first ? 0.5 : 0.1 + 0.01 * static_cast<double>(v[0]));
    EXPECT_EQ(in.diffusivity[0][n], in_third ? 4.0 : in_first ? 9.0 : 2.0 + static_cast<double>(v[2]));
    EXPECT_EQ(in.diffusivity[1][n], in_first ? 8.0 : 1.0);
    EXPECT_EQ(in.binding_sites[1][n], in_second ? 7.0 : 5.0);
    EXPECT_EQ(in.conductivity[n], in_first ? 0.25 : 0.03);
    EXPECT_EQ(in.blood[n], in_second ? 1 : in_first ? 0 : -1);
    EXPECT_EQ(in.lymph[n], in_third ? 2 : -1);
  }
}

TEST(Interstitium, NothingButTheObstacleIsInAnObstacle) {
  Parameters p = test::parameters_of({8, 3, 2}, 10.0, 1.0);
  p.domain.extracellular_fraction_map = MapFile{"m", "alpha"};  // 0 in the obstacle, which is allowed there only
  Region bone = layer("bone", 0.0, 20.0), marrow = layer("marrow", 10.0, 40.0);
  bone.obstacle = true;
  marrow.extracellular_fraction = 0.5;
  marrow.blood.emplace();
  p.regions = {bone, marrow};
  const Domain domain = test::domain_of(test::grid_of({8, 3, 2}, 10.0));
  const Interstitium in =
      make_interstitium(p, domain, {}, map_of([](const MapFile&, const Index3& v) { return v[0] < 2 ? 0.0 : 0.25; }));
  for (std::int64_t i = 0; i < domain.owned_voxels(); ++i) {
    const std::int64_t x = domain.owned().voxel(i)[0];
    const auto n = static_cast<std::size_t>(i);
    EXPECT_EQ(in.obstacle[n], x < 2 ? 1 : 0);
    EXPECT_EQ(in.alpha[n], x < 2 ? 0.0 : x < 4 ? 0.5 : 0.25);
    EXPECT_EQ(in.conductivity[n], x < 2 ? 0.0 : 0.03);
    EXPECT_EQ(in.blood[n], x == 2 || x == 3 ? 1 : -1);
  }
  EXPECT_FALSE(in.uniform);
  EXPECT_EQ(in.summary.obstacle_voxels, 12);
  EXPECT_EQ(in.summary.smallest_alpha, 0.25);
  EXPECT_EQ(in.summary.largest_alpha, 0.5);
  EXPECT_EQ(in.summary.mean_alpha, (12 * 0.5 + 24 * 0.25) / 36);
}

TEST(Interstitium, CellsFillTheirVolumeAcrossRanksAndPeriodicFaces) {
  const Parameters p = crowded();
  const std::vector<PlacedCell> cells = crowd();
  const Domain domain = test::domain_of(test::grid_of({12, 10, 8}, 10.0), {true, true, true});
  std::int64_t sum = 0, expected = 0;
  for (const std::int64_t amount : occupied_volume(domain, cells_of(domain, cells), p.cell_types)) sum += amount;
  MPI_Allreduce(MPI_IN_PLACE, &sum, 1, MPI_INT64_T, MPI_SUM, domain.comm());
  for (const PlacedCell& c : cells) {
    const double radius = c.type == 0 ? 4.0 : 9.0;
    expected += std::llround(4.0 / 3.0 * std::numbers::pi * radius * radius * radius / 1e3 / volume_unit);
  }
  EXPECT_EQ(sum, expected);
}

TEST(Interstitium, AlphaFromCellsHasTheSameBitsOnAnyNumberOfRanks) {
  const Parameters p = crowded();
  const std::vector<PlacedCell> cells = crowd();
  const Grid grid = test::grid_of({12, 10, 8}, 10.0);
  for (const std::array<bool, 3>& periodic : {std::array{false, false, false}, std::array{true, false, true}}) {
    const Domain domain = test::domain_of(grid, periodic), alone = test::domain_of(grid, periodic, MPI_COMM_SELF);
    const Interstitium in = make_interstitium(p, domain, cells_of(domain, cells), no_maps);
    const Interstitium serial = make_interstitium(p, alone, cells_of(alone, cells), no_maps);
    EXPECT_EQ(gathered(in.alpha, domain), serial.alpha);
    EXPECT_EQ(in.summary.mean_alpha, serial.summary.mean_alpha);
    EXPECT_EQ(in.summary.smallest_alpha, serial.summary.smallest_alpha);
    EXPECT_EQ(in.summary.largest_alpha, serial.summary.largest_alpha);
    EXPECT_EQ(in.summary.voxels_at_floor, serial.summary.voxels_at_floor);
    // By hand, in the order of the list.
    std::vector<std::int64_t> occupied(static_cast<std::size_t>(grid.size()), 0);
    for (const PlacedCell& c : cells)
      for (const VolumeShare& s : volume_shares(c.position, c.type == 0 ? 4.0 : 9.0, grid, periodic))
        occupied[static_cast<std::size_t>(grid.global_index(s.voxel))] += s.amount;
    std::int64_t at_floor = 0;
    for (std::size_t i = 0; i < occupied.size(); ++i) {
      const double left = 1.0 - static_cast<double>(occupied[i]) * volume_unit;
      EXPECT_EQ(serial.alpha[i], std::max(left, 0.05));
      if (left < 0.05) ++at_floor;
    }
    EXPECT_EQ(serial.summary.voxels_at_floor, at_floor);
    EXPECT_GT(at_floor, 0);
    EXPECT_EQ(serial.summary.smallest_alpha, 0.05);
    EXPECT_LE(serial.summary.largest_alpha, 1.0);
  }
}

TEST(Interstitium, RegionsAndObstaclesWinOverCells) {
  Parameters p = crowded();
  Region gap = layer("gap", 0.0, 60.0), wall = layer("wall", 60.0, 70.0);
  gap.extracellular_fraction = 0.9;
  wall.obstacle = true;
  p.regions = {gap, wall};
  p.domain.fraction_floor = 0.5;
  std::vector<PlacedCell> cells;
  for (PlacedCell c : crowd())
    if (c.position[0] < 60.0 || c.position[0] >= 70.0) cells.push_back(c);
  const Domain domain = test::domain_of(test::grid_of({12, 10, 8}, 10.0));
  const Interstitium in = make_interstitium(p, domain, cells_of(domain, cells), no_maps);
  std::int64_t at_floor = 0;
  for (std::size_t i = 0; i < in.alpha.size(); ++i) {
    const std::int64_t x = domain.owned().voxel(static_cast<std::int64_t>(i))[0];
    if (x < 6) {
      EXPECT_EQ(in.alpha[i], 0.9);
    } else if (x == 6) {
      EXPECT_EQ(in.alpha[i], 0.0);
    } else {
      EXPECT_GE(in.alpha[i], 0.5);
      if (in.alpha[i] == 0.5) ++at_floor;
    }
  }
  MPI_Allreduce(MPI_IN_PLACE, &at_floor, 1, MPI_INT64_T, MPI_SUM, domain.comm());
  EXPECT_EQ(in.summary.voxels_at_floor, at_floor);
  EXPECT_GT(at_floor, 0);
}

TEST(Interstitium, CellsInAnObstacleAreRefused) {
  Parameters p = crowded();
  p.domain.fraction_from_cells = false;
  Region bone = layer("bone", 80.0, 120.0);
  bone.obstacle = true;
  p.regions = {bone};
  const Domain domain = test::domain_of(test::grid_of({12, 10, 8}, 10.0));
  const std::vector<PlacedCell> one{{4, {20, 30, 40}, 0}, {7, {110, 5, 75}, 0}};
  expect_input_error("cell 7 lies in an obstacle, at (110, 5, 75) um",
                     [&] { (void)make_interstitium(p, domain, cells_of(domain, one), no_maps); });
  const std::vector<PlacedCell> several{{9, {81, 5, 75}, 0}, {3, {20, 30, 40}, 0}, {4, {119, 95, 12.5}, 0}};
  expect_input_error("2 cells lie in obstacles; the first is cell 4 at (119, 95, 12.5) um",
                     [&] { (void)make_interstitium(p, domain, cells_of(domain, several), no_maps); });
}

TEST(Interstitium, BadMapsAndRegionsAreRefusedWithTheSameMessageOnAnyNumberOfRanks) {
  const Domain domain = test::domain_of(test::grid_of({8, 3, 2}, 10.0));
  Parameters p = test::parameters_of({8, 3, 2}, 10.0, 1.0);
  p.domain.extracellular_fraction_map = MapFile{"m.vti", "alpha"};
  const auto bad_from = [](std::int64_t x) {
    return map_of([x](const MapFile&, const Index3& v) { return v[0] >= x ? 1.5 : 0.25; });
  };
  expect_input_error(
      "m.vti: \"alpha\" is 1.5 in voxel (6, 0, 0), centre (65, 5, 5) um (and wrong in 11 more); the extracellular "
      "fraction must be above 0 and at most 1",
      [&] { (void)make_interstitium(p, domain, {}, bad_from(6)); });
  expect_input_error("unexpected map m.vti", [&] { (void)make_interstitium(p, domain, {}, no_maps); });

  p.domain.extracellular_fraction_map.reset();
  p.vesicles[0].diffusivity_map = MapFile{"m.csv", "D"};
  expect_input_error(
      "m.csv: \"D\" is -1 in voxel (7, 2, 1), centre (75, 25, 15) um; the diffusivity [um^2/s] must be 0 or more", [&] {
        (void)make_interstitium(p, domain, {}, map_of([](const MapFile&, const Index3& v) {
                                  return v == Index3{7, 2, 1} ? -1.0 : 1.0;
                                }));
      });

  p.vesicles[0].diffusivity_map.reset();
  Region thin = layer("membrane", 31.0, 34.0);
  thin.diffusivity = {{"exosome", 0.1}};
  p.regions = {thin};
  expect_input_error("region \"membrane\" holds no voxel: no centre of a voxel (10 x 10 x 10 um) lies in its shape",
                     [&] { (void)make_interstitium(p, domain, {}, no_maps); });
  p.regions[0].name.clear();
  p.regions[0].map = MapFile{"l.vti", "label"};
  p.regions[0].label = 4.0;
  expect_input_error("region 1 holds no voxel: \"label\" of l.vti is nowhere 4",
                     [&] { (void)make_interstitium(p, domain, {}, bad_from(2)); });
  p.regions = {layer("gel", 0.0, 40.0)};
  p.regions[0].binding_sites = {{"exosome", 1.0}};
  expect_input_error("region \"gel\" gives binding sites to vesicle \"exosome\", which does not bind to the matrix",
                     [&] { (void)make_interstitium(p, domain, {}, no_maps); });
  p.regions[0] = layer("stone", 0.0, 80.0);
  p.regions[0].obstacle = true;
  expect_input_error("obstacles fill the whole domain", [&] { (void)make_interstitium(p, domain, {}, no_maps); });
}

TEST(Interstitium, AFailureOfOneRanksReaderIsEveryones) {
  const Domain domain = test::domain_of(test::grid_of({8, 3, 2}, 10.0));
  Parameters p = test::parameters_of({8, 3, 2}, 10.0, 1.0);
  p.domain.extracellular_fraction_map = MapFile{"m.vti", "alpha"};
  const MapReader last_fails = [](const MapFile&, const Domain& d, int) {
    if (d.rank() == d.size() - 1) throw InputError("m.vti: the disk is gone");
    return std::vector<double>(static_cast<std::size_t>(d.owned_voxels()), 0.5);
  };
  EXPECT_THROW((void)make_interstitium(p, domain, {}, last_fails), AgreedError);
}

TEST(ReadMap, GivesEachRankItsPart) {
  Grid grid{{3, 2, 1}, {10.0, 20.0, 30.0}, 3};
  const std::string folder = std::string(VESICAST_SOURCE_DIR) + "/tests/data/maps/";
  const Domain domain = test::domain_of(grid);
  const std::vector<double> all{0.1, 0.2, 0.3, 0.4, 0.5, 0.6};
  EXPECT_EQ(gathered(io::read_map({folder + "fraction.vti", "alpha"}, domain, 1), domain), all);
  EXPECT_EQ(gathered(io::read_map({folder + "fraction.csv", "alpha"}, domain, 1), domain), all);
  EXPECT_THROW((void)io::read_map({folder + "fraction.txt", "alpha"}, domain, 1), InputError);
  EXPECT_THROW((void)io::read_map({folder + "nowhere.csv", "alpha"}, domain, 1), InputError);
  // Bad anywhere is bad on every rank.
  EXPECT_THROW((void)io::read_map({folder + "fraction.vti", "gap"}, domain, 1), InputError);
}

TEST(ReadMap, AFieldThatTheProgramWroteIsAMap) {
  const output_test::Scratch scratch;
  const auto folder = scratch.path() / std::to_string(output_test::rank());
  std::filesystem::create_directories(folder);
  const Grid grid{{7, 6, 5}, {10.0, 2.5, 10.0 / 3.0}, 3};
  std::vector<double> all;
  for (std::int64_t i = 0; i < grid.size(); ++i) all.push_back(1.0 / (3.0 + static_cast<double>(i)));
  const std::vector<io::NamedValues> arrays{{output_test::awkward_name, all}};
  io::KnownSeries unknown;
  io::write_voxels(MPI_COMM_SELF, folder, "fields", 0, 0.0, {grid, grid.box(), {grid.box(), 1}}, arrays, {}, {},
                   unknown);
  std::string file;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".vti") file = entry.path().string();
  const Domain domain = test::domain_of(grid);
  EXPECT_EQ(gathered(io::read_map({file, output_test::awkward_name}, domain, 1), domain), all);
}

}  // namespace vesicast::interstitium_test
