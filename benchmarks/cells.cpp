// R(dt) inside cells: cell-steps per second of the full recipient pathway, and its share of the time that reading and
// writing the cells' states takes at stream speed.
#include <fmt/format.h>

#include <cmath>
#include <random>

#include "benchmarks/harness.hpp"
#include "src/model.hpp"
#include "src/react.hpp"
#include "src/recipient/pools.hpp"

namespace vesicast::bench {
namespace {

/// 100^3 voxels of 10 um, one vesicle class with `cargo` kinds of cargo, every process of a recipient in use.
Parameters parameters(int cargo) {
  Parameters p;
  p.domain.voxel = {10.0, 10.0, 10.0};
  p.domain.size = {1000.0, 1000.0, 1000.0};
  VesicleClass vesicle;
  vesicle.name = "exosome";
  for (int q = 0; q < cargo; ++q) {
    const std::string name = fmt::format("cargo {}", q);
    p.cargo.push_back({name, 0.03 / 3600.0});
    vesicle.cargo[name] = 0.1;
  }
  p.vesicles.push_back(vesicle);
  CellType recipient;
  recipient.name = "recipient";
  Uptake u;
  u.k_recycling = 6e-5;
  u.k_late = 6e-4;
  u.k_resecretion = 1e-5;
  u.k_lysosome = 2e-4;
  u.k_degradation = 6e-5;
  u.k_back_fusion = 2.6e-5;
  u.fluid = 0.02;
  u.lysosome_share = 0.1;
  recipient.recipient["exosome"] = u;
  recipient.donor["exosome"].rate = 0.02;
  p.cell_types.push_back(recipient);
  return p;
}

void cells(benchmark::State& state, std::int64_t count, int cargo) {
  const Parameters p = parameters(cargo);
  const Grid grid = make_grid(p.domain);
  const Domain domain(MPI_COMM_SELF, grid, periodic_axes(p), uniform_layout(grid, 1));
  std::mt19937_64 random(1);
  const auto coordinate = [&] { return 1000.0 * static_cast<double>(random() >> 11) * 0x1p-53; };
  std::vector<PlacedCell> placed;
  for (std::int64_t id = 0; id < count; ++id) placed.push_back({id, {coordinate(), coordinate(), coordinate()}, 0});
  Cells all(domain, placed, plan_cells(p));
  Interstitium interstitium = make_interstitium(p, domain, all, {});
  const Model model = make_model(p, domain, all, std::move(interstitium), std::nullopt);
  State u = make_state(model, domain, std::move(all));
  for (const CellArray a : recipient::array_of)
    for (double& x : u.cells.at(a, 0)) x = 10.0;
  const Medians m = interleave(state, MPI_COMM_SELF, static_cast<double>(count), [&] { react(u, model, 15.0); });
  const double per_cell = m.work / static_cast<double>(count);
  // Read and written: the pools and `endocytosed`; per cargo what is in the cytosol and what was lost there.
  const double doubles = recipient::pool_count + 1 + 2 * cargo;
  state.counters["million_per_s"] = 1e-6 / per_cell;
  state.counters["states"] = doubles;
  state.counters["share_of_stream_speed"] = doubles * m.stream / per_cell;
}

void add_all(const Settings& settings) {
  const std::vector<std::int64_t> all{100000, 1000000}, few{1000};
  for (const std::int64_t count : settings.extent == Extent::smoke ? few : all)
    for (const int cargo : {0, 1})
      add_benchmark(fmt::format("cells/cells:{}/cargo:{}", count, cargo), settings,
                    [=](benchmark::State& state) { cells(state, count, cargo); });
}

}  // namespace
}  // namespace vesicast::bench

int main(int argc, char** argv) {
  return vesicast::bench::run(argc, argv, vesicast::bench::add_all);
}
