// A run with every process on that is stopped in mid run, of which all that is no state is thrown away and made again,
// on the same cut or on another, with the cells as they stood or taken out and put in again: the same bits as the run
// that never stopped.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <ostream>

#include "io/checkpoint/checkpoint.hpp"
#include "src/extracellular/flow/redistribute_flow.hpp"
#include "src/ledger/communication.hpp"
#include "src/ledger/ledger.hpp"
#include "src/run/assemble.hpp"
#include "src/run/recut.hpp"
#include "src/run/simulate.hpp"
#include "src/run/stored.hpp"
#include "tests/parallel/output_support.hpp"
#include "tests/support/cuts.hpp"
#include "tests/support/everything.hpp"
#include "tests/support/tissue.hpp"

namespace vesicast::rebuilt_test {
namespace {

struct Stopped {};

/// Sees the state now and then, and stops the run after the first step beyond a time, where nobody is to see it.
class Watcher : public Observer {
 public:
  [[nodiscard]] Ticks interval() const override { return 60000; }
  void observe(const Simulation& s, std::int64_t number) override { seen.emplace_back(s.state.time, number); }
  void resume(const Simulation& /*s*/, std::int64_t number) override { resumed.push_back(number); }
  void stepped(const Simulation& s) override {
    if (stop_after && s.state.time > *stop_after && s.state.time % interval() != 0) throw Stopped();
  }
  std::optional<Ticks> stop_after;
  std::vector<std::pair<Ticks, std::int64_t>> seen;
  std::vector<std::int64_t> resumed;
};

using Make = std::function<test::Scene()>;
using Change = std::function<void(test::Scene&, int which)>;

struct Ended {
  test::Scene scene;
  std::vector<std::pair<Ticks, std::int64_t>> seen;
};

/// A run of 900 s, stopped for every change: in a window of the perturbations, and after it.
Ended run(const Make& make, bool automatic, const Change& change = {}) {
  Ended run{make(), {}};
  test::Scene& s = run.scene;
  Watcher watcher;
  Observer* const observers[] = {&watcher};
  Schedule schedule;
  Timings t;
  const auto go = [&](std::optional<Ticks> stop_after) {
    watcher.stop_after = stop_after;
    std::optional<StepControl> control;
    if (automatic) control.emplace(AutomaticStep{3e-3, 500, 64000}, s.site);
    const StepLength length = automatic ? StepLength(std::ref(*control)) : StepLength(Ticks{30000});
    simulate(s, 900000, length, observers, schedule, t);
  };
  int which = 0;
  for (const Ticks stop : {333000, 650000}) {
    if (!change) break;
    EXPECT_THROW(go(stop), Stopped);
    change(s, which++);
  }
  go(std::nullopt);
  EXPECT_EQ(watcher.resumed.size(), change ? 2u : 0u);
  run.seen = watcher.seen;
  return run;
}

template <class Range, class Other>
bool same_bits(const Range& a, const Other& b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(*a.data())) == 0);
}

/// The same fields by voxel, cells by id, ledger and matrix.
void expect_same(const Ended& a, const Ended& b) {
  EXPECT_EQ(a.seen, b.seen);
  const State &u = a.scene.state, &v = b.scene.state;
  EXPECT_EQ(u.time, v.time);
  EXPECT_EQ(u.steps, v.steps);
  for (std::size_t f = 0; f < u.fields.size(); ++f) {
    EXPECT_TRUE(same_bits(test::gather(u.fields[f], *a.scene.domain), test::gather(v.fields[f], *b.scene.domain)))
        << a.scene.model.field_name(f);
    if (u.bound_fields[f]) {
      EXPECT_TRUE(same_bits(test::gather(*u.bound_fields[f], *a.scene.domain),
                            test::gather(*v.bound_fields[f], *b.scene.domain)))
          << a.scene.model.field_name(f) << " on the matrix";
    }
  }
  ASSERT_EQ(u.cells.id, v.cells.id);
  EXPECT_EQ(u.cells.type, v.cells.type);
  EXPECT_EQ(u.cells.first_type, v.cells.first_type);
  for (std::size_t i = 0; i < cell_array_count; ++i)
    for (std::size_t which = 0; which < u.cells.count(static_cast<CellArray>(i)); ++which)
      EXPECT_TRUE(same_bits(u.cells.at(static_cast<CellArray>(i), which), v.cells.at(static_cast<CellArray>(i), which)))
          << cell_arrays[i].name;
  const Ledger one = measure_ledger(u, a.scene.model, MPI_COMM_WORLD),
               two = measure_ledger(v, b.scene.model, MPI_COMM_WORLD);
  EXPECT_LE(one.worst_residual(), 1e-12);
  for (std::size_t i = 0; i < one.balances().size(); ++i)
    for (std::size_t l = 0; l < one.balances()[i]->lines.size(); ++l)
      EXPECT_EQ(one.balances()[i]->lines[l].value, two.balances()[i]->lines[l].value) << one.balances()[i]->name;
  const auto rows = measure_communication(u, a.scene.model, MPI_COMM_WORLD),
             others = measure_communication(v, b.scene.model, MPI_COMM_WORLD);
  ASSERT_EQ(rows.size(), others.size());
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(rows[i].amount, others[i].amount);
}

/// Model, Site and Seats again, from the parameters and the state; a flow is part of what is stored, for PETSc need not
/// solve it to the same bits twice.
void rebuild(test::Scene& s, const Parameters& p, const MapReader& reader) {
  auto domain = std::make_unique<Domain>(s.comm(), s.domain->grid(), s.domain->periodic(), s.domain->layout());
  State state = std::move(s.state);
  std::optional<SteadyFlow> flow = std::move(s.site.flow);
  s = {};
  Interstitium interstitium = make_interstitium(p, *domain, state.cells, reader);
  s = make_simulation(std::move(domain), make_model(p), std::move(interstitium), std::move(flow), std::move(state));
}

/// All cells out, and in again from the other end.
void shuffle(test::Scene& s) {
  std::vector<Record> records;
  while (s.state.cells.size() > 0) records.push_back(s.state.cells.take_out(s.state.cells.size() / 2));
  for (const Record& record : records) s.state.cells.put_in(record);
  s.state.cells.sort(*s.domain);
  reseat(s);
}

struct Way {
  const char* name;
  RunMode mode;
  bool automatic;
};
void PrintTo(const Way& way, std::ostream* out) {
  *out << way.name;
}

class Rebuilt : public testing::TestWithParam<Way> {
 protected:
  /// Every process of cells, a switch of type included.
  [[nodiscard]] static Parameters parameters() {
    Parameters p = test::everything_with_a_switch({11, 9, 7});
    p.run.mode = GetParam().mode;
    p.domain.fraction_from_cells = !GetParam().automatic;  // with maps of alpha and without
    return p;
  }
  void expect_goes_on(const Change& change) const {
    const Parameters p = parameters();
    const Make make = [&] { return test::make_scene(p, test::cells_of(p)); };
    const Ended straight = run(make, GetParam().automatic);
    const Cells& cells = straight.scene.state.cells;
    std::int64_t switched = 0;
    for (std::size_t c = 0; c < cells.size(); ++c) switched += cells.type[c] != cells.first_type[c] ? 1 : 0;
    MPI_Allreduce(MPI_IN_PLACE, &switched, 1, MPI_INT64_T, MPI_SUM, MPI_COMM_WORLD);
    EXPECT_GT(switched, 10) << "too few cells have become of another type";
    expect_same(run(make, GetParam().automatic, change), straight);
  }
};

}  // namespace

TEST_P(Rebuilt, FromParametersAndState) {
  const Parameters p = parameters();
  expect_goes_on([&](test::Scene& s, int) { rebuild(s, p, test::no_maps); });
}

TEST_P(Rebuilt, OnAnotherCut) {
  expect_goes_on([&](test::Scene& s, int which) {
    const Grid& grid = s.domain->grid();
    int ranks = 1;
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    recut(s, which == 0 ? test::uneven_slabs(grid, 1) : uniform_layout(grid, ranks));
  });
}

TEST_P(Rebuilt, FromACheckpointOnAnotherCut) {
  const Parameters p = parameters();
  const output_test::Scratch scratch;
  expect_goes_on([&](test::Scene& s, int which) {
    const std::filesystem::path folder = scratch.path() / std::to_string(which);
    const Grid grid = s.domain->grid();
    EXPECT_EQ(io::write_checkpoint(s, folder, {}) > 0, s.domain->rank() == 0);
    s = {};
    const io::Manifest manifest = io::read_manifest(MPI_COMM_WORLD, folder);
    s = restore(make_model(p), MPI_COMM_WORLD, io::read_checkpoint(MPI_COMM_WORLD, folder, manifest, make_model(p)),
                test::no_maps, which == 0 ? std::optional(test::uneven_slabs(grid, 1)) : std::nullopt);
  });
}

TEST_P(Rebuilt, WithTheCellsOutAndInAgain) {
  expect_goes_on([](test::Scene& s, int) { shuffle(s); });
}

INSTANTIATE_TEST_SUITE_P(Ways, Rebuilt,
                         testing::Values(Way{"Means", RunMode::deterministic, false},
                                         Way{"ByChance", RunMode::stochastic_release, false},
                                         Way{"AutomaticSteps", RunMode::deterministic, true}),
                         [](const auto& way) { return std::string(way.param.name); });

TEST(RebuiltTissue, ATissueWithMapsVesselsAndFlow) {
  for (const int dimensions : {2, 3}) {
    SCOPED_TRACE(dimensions);
    const Parameters p = test::tissue_with_everything(dimensions);
    const Make make = [&] {
      return test::make_scene(p, test::tissue_cells(p), nullptr, MPI_COMM_WORLD, test::tissue_maps);
    };
    const Ended straight = run(make, false);
    if (dimensions == 3) {
      SCOPED_TRACE("made again");
      expect_same(run(make, false, [&](test::Scene& s, int) { rebuild(s, p, test::tissue_maps); }), straight);
    }
    {
      SCOPED_TRACE("from a checkpoint, with the flow's pressure");
      const output_test::Scratch scratch;
      expect_same(run(make, false,
                      [&](test::Scene& s, int which) {
                        const std::filesystem::path folder = scratch.path() / std::to_string(which);
                        static_cast<void>(io::write_checkpoint(s, folder, {}));
                        s = {};
                        const io::Manifest manifest = io::read_manifest(MPI_COMM_WORLD, folder);
                        s = restore(make_model(p), MPI_COMM_WORLD,
                                    io::read_checkpoint(MPI_COMM_WORLD, folder, manifest, make_model(p)),
                                    test::tissue_maps);
                      }),
                  straight);
    }
    SCOPED_TRACE("cut again");
    expect_same(
        run(make, false,
            [&](test::Scene& s, int which) {
              int ranks = 1;
              MPI_Comm_size(MPI_COMM_WORLD, &ranks);
              recut(s, which == 0 ? test::uneven_slabs(s.domain->grid(), 3) : uniform_layout(s.domain->grid(), ranks));
            }),
        straight);
  }
}

}  // namespace vesicast::rebuilt_test
