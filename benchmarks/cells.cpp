// What a step does in cells: cell-steps per second, and the share of that time in which the cells' states would be read
// and written at stream speed. `chain`: R(dt) of the recipients alone; `plain`: the whole cell step of cells that
// release at a given rate and take up; `step`: that of cells with a donor pathway. One cell type or four in random
// order; with or without a cargo that cells load and vesicles carry; cells of a type alike, or one rate different in
// each.
#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <random>
#include <tuple>
#include <utility>

#include "benchmarks/harness.hpp"
#include "src/exchange/exchange.hpp"
#include "src/exchange/secrete.hpp"
#include "src/parameters/parameters.hpp"
#include "src/recipient/pools.hpp"
#include "src/run/assemble.hpp"
#include "src/step/react.hpp"
#include "src/step/respond.hpp"
#include "src/step/route_flows.hpp"

namespace vesicast::bench {
namespace {

struct Case {
  std::int64_t cells = 0;
  int types = 1;        ///< cell types
  int cargo = 0;        ///< kinds of cargo
  bool varied = false;  ///< has every cell a rate of its own?
};

/// Every process of a recipient, at rates that differ from type to type.
CellType recipient(int number) {
  CellType type;
  type.name = fmt::format("recipient {}", number);
  const double faster = 1.0 + 0.1 * number;
  Uptake u;
  u.k_recycling = 6e-5;
  u.k_late = 6e-4 * faster;
  u.k_resecretion = 1e-5;
  u.k_lysosome = 2e-4 * faster;
  u.k_degradation = 6e-5;
  u.k_back_fusion = 2.6e-5;
  u.fluid = 0.02;
  u.lysosome_share = 0.1;
  type.recipient["exosome"] = u;
  return type;
}

/// 100^3 voxels of 10 um, one vesicle class from any source.
Parameters parameters(const Case& of) {
  Parameters p;
  p.run.track_sources = false;
  p.run.step = 30000;
  p.domain.voxel = {10.0, 10.0, 10.0};
  p.domain.size = {1000.0, 1000.0, 1000.0};
  VesicleClass vesicle;
  vesicle.name = "exosome";
  vesicle.initial_concentration = 1e-3;
  vesicle.size.mean = 0.1;
  p.vesicles.push_back(vesicle);
  for (int t = 0; t < of.types; ++t) p.cell_types.push_back(recipient(t));
  if (of.varied)
    for (CellType& type : p.cell_types) type.variation = {{Rate("k_on"), 0.3}};
  for (int q = 0; q < of.cargo; ++q) p.cargo.push_back({fmt::format("cargo {}", q), 0.03 / 3600.0});
  return p;
}

/// The recipients alone: vesicles come from elsewhere, with their cargo.
Parameters chain_parameters(const Case& of) {
  Parameters p = parameters(of);
  for (const CargoSpecies& cargo : p.cargo) p.vesicles.front().cargo[cargo.name] = 0.1;
  return p;
}

/// Cells that release at a given rate, too.
Parameters plain_parameters(const Case& of) {
  Parameters p = parameters(of);
  for (CellType& type : p.cell_types) type.donor["exosome"].rate = 0.02;
  return p;
}

/// The same with a donor pathway in every cell, which loads the cargo.
Parameters step_parameters(const Case& of) {
  Parameters p = parameters(of);
  for (CellType& type : p.cell_types) {
    type.biogenesis.emplace().exosome = "exosome";
    type.donor["exosome"] = {.rate = 0.02, .mode = ReleaseMode::pathway};
    for (const CargoSpecies& cargo : p.cargo) type.cargo[cargo.name] = {.copies = 1e4, .synthesis = {}};
  }
  return p;
}

/// The cells of a case at random places, and all that a step needs of them.
struct Scene {
  explicit Scene(const Parameters& p, const Case& of) {
    std::mt19937_64 random(1);
    const auto coordinate = [&] { return 1000.0 * static_cast<double>(random() >> 11) * 0x1p-53; };
    std::vector<PlacedCell> placed;
    for (std::int64_t id = 0; id < of.cells; ++id)
      placed.push_back({id,
                        {coordinate(), coordinate(), coordinate()},
                        static_cast<std::int32_t>((random() >> 11) % static_cast<unsigned>(of.types))});
    all = assemble(p, MPI_COMM_SELF, placed, {});
    for (std::size_t f = 0; f < all.model.fields.size(); ++f)
      for (const CellArray a : recipient::array_of)
        for (double& x : all.state.cells.at(a, f)) x = 10.0;
    tables.emplace(all.model, all.model.effective.front(), all.seats.varied, 30.0);
  }

  Simulation all;
  std::optional<StepTables> tables;  ///< of a step of 30 s, as a Stepper keeps them
};

/// Seconds that the parts of a step took so far.
struct Parts {
  double react = 0.0, secrete = 0.0, predict = 0.0, settle = 0.0, routes = 0.0;
};

/// src/step/advance.cpp without the tissue: every voxel keeps its concentration.
void cell_step(Scene& s, double dt, Parts& parts) {
  auto last = std::chrono::steady_clock::now();
  const auto book = [&](double& part) {
    const auto now = std::chrono::steady_clock::now();
    part += std::chrono::duration<double>(now - last).count();
    last = now;
  };
  const auto& [model, seats, tables] = std::tie(s.all.model, s.all.seats, *s.tables);
  State& u = s.all.state;
  react(u, model, seats, tables, 0.5 * dt, Half::first);
  respond(u, model, 0.5 * dt);
  book(parts.react);
  Released released = secrete(u, model, seats, tables.donors, dt);
  book(parts.secrete);
  Exchange x = predict(u, model, s.all.site, seats, tables.uptake, std::move(released), dt);
  book(parts.predict);
  for (std::vector<double>& integral : x.integral)
    for (double& y : integral) y = 1e-3 * dt;
  last = std::chrono::steady_clock::now();
  settle(u, model, seats, tables.uptake, x, dt);
  book(parts.settle);
  respond(u, model, 0.5 * dt);
  react(u, model, seats, tables, 0.5 * dt, Half::second);
  book(parts.react);
  book_routes(u, model, seats, tables.routes);
  change_phenotypes(u, model, seats, dt);
  book(parts.routes);
}

/// Counters of a case in which one call takes `m.work` and changes `states` doubles of every cell.
void count(benchmark::State& state, const Case& of, const Medians& m, double states) {
  state.counters["million_per_s"] = 1e-6 * static_cast<double>(of.cells) / m.work;
  state.counters["states"] = states;
  state.counters["share_of_stream_speed"] = states * static_cast<double>(of.cells) / m.ratio;
}

void chain(benchmark::State& state, const Case& of) {
  Scene s(chain_parameters(of), of);
  const Medians m = interleave(state, MPI_COMM_SELF, static_cast<double>(of.cells),
                               [&] { react(s.all.state, s.all.model, s.all.seats, *s.tables, 15.0, Half::first); });
  // The pools and `endocytosed`; per cargo what is in the cytosol and what was lost there.
  count(state, of, m, recipient::pool_count + 1 + 2 * of.cargo);
}

void whole_step(benchmark::State& state, const Parameters& parameters, const Case& of) {
  Scene s(parameters, of);
  Parts parts;
  const Medians m = interleave(state, MPI_COMM_SELF, static_cast<double>(of.cells), [&] { cell_step(s, 30.0, parts); });
  double states = 0.0;  // all arrays of a cell
  for (std::size_t a = 0; a < cell_array_count; ++a)
    for (std::size_t i = 0; i < s.all.state.cells.count(static_cast<CellArray>(a)); ++i)
      states += s.all.state.cells.at(static_cast<CellArray>(a), i).empty() ? 0.0 : 1.0;
  count(state, of, m, states);
  const double all = parts.react + parts.secrete + parts.predict + parts.settle + parts.routes;
  state.counters["share_of_react"] = parts.react / all;
  state.counters["share_of_secrete"] = parts.secrete / all;
  state.counters["share_of_predict"] = parts.predict / all;
  state.counters["share_of_settle"] = parts.settle / all;
  state.counters["share_of_routes"] = parts.routes / all;
}

void step(benchmark::State& state, const Case& of) {
  whole_step(state, step_parameters(of), of);
}

void plain(benchmark::State& state, const Case& of) {
  whole_step(state, plain_parameters(of), of);
}

void add_all(const Settings& settings) {
  const bool smoke = settings.extent == Extent::smoke;
  const auto add = [&](const char* what, void (*body)(benchmark::State&, const Case&), std::int64_t cells) {
    for (const int cargo : {0, 1})
      for (const int types : {1, 4}) {
        const Case of{cells, types, cargo};
        add_benchmark(fmt::format("cells/{}/cells:{}/cargo:{}/types:{}", what, cells, cargo, types), settings,
                      [=](benchmark::State& state) { body(state, of); });
      }
  };
  for (const std::int64_t cells : smoke ? std::vector<std::int64_t>{1000} : std::vector<std::int64_t>{100000, 1000000})
    add("chain", chain, cells);
  add("step", step, smoke ? 1000 : 100000);
  const std::int64_t cells = smoke ? 1000 : 100000;
  for (const bool varied : {false, true})
    for (const bool pathway : {false, true}) {
      const Case of{cells, 1, 0, varied};
      if (pathway && !varied) continue;  // above
      const auto run = pathway ? step : plain;
      add_benchmark(fmt::format("cells/{}{}/cells:{}/cargo:0/types:1", pathway ? "step" : "plain",
                                varied ? "_varied" : "", cells),
                    settings, [=](benchmark::State& state) { run(state, of); });
    }
}

}  // namespace
}  // namespace vesicast::bench

int main(int argc, char** argv) {
  return vesicast::bench::run(argc, argv, vesicast::bench::add_all);
}
