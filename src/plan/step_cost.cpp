#include "src/plan/step_cost.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "decomposition/base/error.hpp"
#include "src/base/stopwatch.hpp"
#include "src/extracellular/flow/steady_flow.hpp"
#include "src/parameters/parameters.hpp"
#include "src/run/assemble.hpp"
#include "src/step/advance.hpp"
#include "src/step_control/step_control.hpp"

namespace vesicast {
namespace {

/// Seconds of the parts of a step in a sample, and what it did in it.
struct SampleTimes {
  double transport = 0.0, cells = 0.0;
  double sweeps = 1.0;
  std::int64_t voxels = 0, occupied = 0;
};

/// The configuration on a small piece of tissue that is everywhere alike.
Parameters sample_parameters(const Parameters& p, const Index3& voxels) {
  Parameters q = p;
  for (std::size_t a = 0; a < 3; ++a) q.domain.size[a] = p.domain.voxel[a] * static_cast<double>(voxels[a]);
  q.domain.extracellular_fraction_map.reset();
  q.domain.fraction_from_cells = false;
  q.regions.clear();
  q.tissue.clear();
  for (VesicleClass& v : q.vesicles) {
    v.diffusivity_map.reset();
    if (v.matrix) v.matrix->sites_map.reset();
  }
  if (p.flow.kind == FlowKind::map || p.flow.kind == FlowKind::darcy) {
    q.flow = {};
    q.flow.kind = FlowKind::uniform;
    q.flow.velocity = {0.3, 0.0, 0.0};
  }
  q.run.steady = false;
  return q;
}

/// Alpha and D as arrays, where they are arrays in the run, or as constants.
Interstitium sample_interstitium(const Parameters& whole, const Parameters& p, const Domain& domain) {
  Interstitium i;
  i.summary = constant_summary(p);
  i.diffusivity.resize(p.vesicles.size());
  i.binding_sites.resize(p.vesicles.size());
  if (!has_maps(whole)) return i;
  const auto n = static_cast<std::size_t>(domain.owned_voxels());
  i.uniform = false;
  i.alpha.assign(n, p.domain.extracellular_fraction);
  for (std::size_t j = 0; j < p.vesicles.size(); ++j) i.diffusivity[j].assign(n, p.vesicles[j].diffusivity);
  return i;
}

class Samples {
 public:
  Samples(const Parameters& whole, const RunNumbers& numbers, const Index3& voxels)
      : whole_(whole), numbers_(numbers), p_(sample_parameters(whole, voxels)), model_(make_model(p_)) {}

  [[nodiscard]] Grid grid() const { return make_grid(p_.domain); }

  /// Steps with `cells`, which lie in the grid.
  [[nodiscard]] SampleTimes steps(std::span<const PlacedCell> cells) const {
    Simulation s = make(MPI_COMM_SELF, uniform_layout(grid(), 1), cells);
    Stepper stepper(s.model, s.site, s.seats);
    std::optional<StepControl> control;
    if (p_.run.automatic) control.emplace(*p_.run.automatic, s.site);
    SampleTimes times{1e30, 1e30, 1.0, s.domain->owned_voxels(), static_cast<std::int64_t>(s.seats.occupied.size())};
    constexpr int steps = 4;  // the first one fills tables and caches
    for (int i = 0; i < steps; ++i) {
      Timings t;
      const std::int64_t before = s.site.transport->sweeps();
      if (control) {
        const Stopwatch watch(t.transport);
        static_cast<void>(control->choose(s.state, s.model, s.site, s.seats));
      }
      stepper.advance(s.state, numbers_.step, t);
      if (i == 0) continue;
      times.transport = std::min(times.transport, t.transport);
      times.cells = std::min(times.cells, t.cells);
      const auto fields = static_cast<double>(std::max<std::size_t>(1, s.model.fields.size()));
      times.sweeps = std::max(1.0, static_cast<double>(s.site.transport->sweeps() - before) / fields);
    }
    return times;
  }

  /// On all ranks of `comm`, which all have the cells. Collective.
  [[nodiscard]] Simulation make(MPI_Comm comm, const Layout& layout, std::span<const PlacedCell> cells) const {
    auto domain = std::make_unique<Domain>(comm, grid(), periodic_axes(p_), layout);
    std::vector<PlacedCell> mine;
    for (const PlacedCell& c : cells)
      if (domain->owner(c.position) == domain->rank()) mine.push_back(c);
    Cells own(*domain, mine, model_.cell_arrays);
    Interstitium interstitium = sample_interstitium(whole_, p_, *domain);
    const MapReader no_maps;
    std::optional<SteadyFlow> flow = make_flow(p_, *domain, interstitium, no_maps);
    Simulation s = make_simulation(std::move(domain), model_, std::move(interstitium), std::move(flow), std::move(own));
    // As many sweeps as the whole run's: its densest voxel sets them.
    for (std::size_t j = 0; j < s.seats.largest_rate.size(); ++j)
      s.seats.largest_rate[j] =
          std::max(s.seats.largest_rate[j], largest_rate_without_cells(s, j) + numbers_.transport[j].fastest_uptake);
    return s;
  }

  [[nodiscard]] std::size_t fields() const { return model_.fields.size(); }

 private:
  /// Of any voxel, from the operator alone [1/s].
  static double largest_rate_without_cells(const Simulation& s, std::size_t vesicle) {
    return s.site.operators[vesicle].largest_rate({}, {});
  }

  const Parameters& whole_;
  const RunNumbers& numbers_;
  Parameters p_;
  Model model_;
};

/// A box of the proportions of `box` with at most `most` voxels.
Index3 no_larger(Index3 box, std::int64_t most) {
  const auto volume = [&] { return box[0] * box[1] * box[2]; };
  while (volume() > most) {
    std::int64_t& longest = *std::ranges::max_element(box);
    longest = std::max<std::int64_t>(1, longest / 2);
  }
  return box;
}

/// As many voxels in rows a quarter as long, if that leaves rows.
Index3 with_short_rows(Index3 box) {
  for (int halving = 0; halving < 2; ++halving) {
    if (box[0] < 16) break;
    box[0] /= 2;
    (box[1] <= box[2] || box[2] == 1 ? box[1] : box[2]) *= 2;
  }
  return box;
}

/// Evenly over the voxels of `grid`, `count` of them.
std::vector<PlacedCell> spread_cells(const Grid& grid, std::int64_t count, std::int32_t type) {
  std::vector<PlacedCell> cells;
  const std::int64_t voxels = grid.size();
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t at = i * voxels / count;
    const Index3 v{at % grid.voxels[0], at / grid.voxels[0] % grid.voxels[1], at / (grid.voxels[0] * grid.voxels[1])};
    cells.push_back({i, grid.centre(v), type});
  }
  return cells;
}

/// Pieces of the tissue, `most` cells in all, as they lie in the order of voxels: cells of one voxel stay together, and
/// neighbours stay neighbours. The voxels of the pieces are spread over `grid` as densely as the cells' own lie.
std::vector<PlacedCell> mixture(const Grid& whole, std::span<const PlacedCell> cells, const Grid& grid,
                                std::int64_t most) {
  std::vector<std::pair<std::int64_t, std::int32_t>> order;
  order.reserve(cells.size());
  for (const PlacedCell& c : cells) order.emplace_back(whole.global_index(whole.voxel_of(c.position)), c.type);
  std::ranges::sort(order);
  constexpr std::int64_t pieces = 16;
  const auto all = static_cast<std::int64_t>(order.size());
  const std::int64_t piece = std::max<std::int64_t>(1, std::min(most, all) / pieces);
  std::vector<std::pair<std::int64_t, std::int32_t>> taken;
  for (std::int64_t k = 0; k < pieces; ++k)
    for (std::int64_t i = k * all / pieces; i < std::min((k + 1) * all / pieces, k * all / pieces + piece); ++i)
      taken.push_back(order[static_cast<std::size_t>(i)]);
  std::int64_t occupied = 0, last = -1;
  for (const auto& [voxel, type] : taken) {
    if (voxel != last) ++occupied;
    last = voxel;
  }
  std::vector<PlacedCell> placed;
  std::int64_t place = -1;
  last = -1;
  for (const auto& [voxel, type] : taken) {
    if (voxel != last) ++place;
    last = voxel;
    const std::int64_t at = std::min(grid.size() - 1, place * grid.size() / std::max<std::int64_t>(1, occupied));
    const Index3 v{at % grid.voxels[0], at / grid.voxels[0] % grid.voxels[1], at / (grid.voxels[0] * grid.voxels[1])};
    placed.push_back({static_cast<std::int64_t>(placed.size()), grid.centre(v), type});
  }
  return placed;
}

/// Of plain secretion and uptake, with the default integrator, on a processor of 2023.
StepCost typical(const Parameters& p, const RunNumbers& n) {
  StepCost c;
  const auto fields = static_cast<double>(std::max<std::size_t>(1, n.fields.fields.size()));
  for (const TransportNumbers& t : n.transport) c.sweeps = std::max(c.sweeps, static_cast<double>(t.sweeps));
  c.voxel = fields * (1.5e-9 + 0.45e-9 * c.sweeps);
  c.row = 45.0;
  c.occupied = fields * 4e-9 * c.sweeps;
  c.cell.assign(p.cell_types.size(), 20e-9 + 50e-9 * fields);
  c.sent_arrays = fields;
  return c;
}

StepCost measured(const Parameters& p, const RunNumbers& n, std::span<const PlacedCell> cells, const SampleSize& size) {
  StepCost cost;
  const Samples samples(p, n, no_larger(size.voxels, size.most_voxels));
  const SampleTimes empty = samples.steps({});
  const Index3 box = samples.grid().voxels, shorter = with_short_rows(box);
  const double long_rows = empty.transport / static_cast<double>(empty.voxels);
  cost.voxel = long_rows;
  if (shorter[0] < box[0]) {
    const SampleTimes more_rows = Samples(p, n, shorter).steps({});
    const double short_rows = more_rows.transport / static_cast<double>(more_rows.voxels);
    // long = voxel (1 + row/x), short = voxel (1 + row/x')
    const double per_row = std::max(0.0, short_rows - long_rows) /
                           (1.0 / static_cast<double>(shorter[0]) - 1.0 / static_cast<double>(box[0]));
    cost.voxel = std::max(0.2 * long_rows, long_rows - per_row / static_cast<double>(box[0]));
    cost.row = per_row / cost.voxel;
  }
  cost.sweeps = empty.sweeps;
  cost.sent_arrays = static_cast<double>(samples.fields());
  cost.cell.assign(p.cell_types.size(), 0.0);
  if (cells.empty() || size.cells <= 0) {
    cost.measured = true;
    return cost;
  }

  constexpr std::int64_t edge = 16;
  Index3 small{};
  for (std::size_t a = 0; a < 3; ++a) small[a] = std::min(edge, size.voxels[a]);
  const Samples of_types(p, n, small);
  const Grid grid = of_types.grid();
  const double none = of_types.steps({}).cells;
  for (std::size_t t = 0; t < p.cell_types.size(); ++t) {
    const std::int64_t count = std::max<std::int64_t>(16, std::min(size.cells_of_type, grid.size()));
    const SampleTimes times = of_types.steps(spread_cells(grid, count, static_cast<std::int32_t>(t)));
    cost.cell[t] = std::max(1e-9, (times.cells - none) / static_cast<double>(count));
  }

  // Together they take longer than one by one, or less; and only the mixture tells how many share a voxel.
  const Grid large = samples.grid();
  const std::vector<PlacedCell> mixed = mixture(make_grid(p.domain), cells, large, std::min(size.cells, large.size()));
  const SampleTimes together = samples.steps(mixed);
  double one_by_one = 0.0;
  for (const PlacedCell& c : mixed) one_by_one += cost.cell[static_cast<std::size_t>(c.type)];
  const double factor = std::clamp((together.cells - empty.cells) / one_by_one, 0.2, 5.0);
  for (double& c : cost.cell) c *= factor;
  cost.occupied = std::max(0.0, (together.transport - empty.transport) / static_cast<double>(together.occupied));
  cost.measured = true;
  return cost;
}

}  // namespace

namespace {

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

}  // namespace

double measure_steps(MPI_Comm comm, const Parameters& p, const RunNumbers& numbers, const SampleTissue& tissue,
                     const Layout& layout) {
  const Samples samples(p, numbers, tissue.grid.voxels);
  Simulation s = samples.make(comm, layout, tissue.cells);
  Stepper stepper(s.model, s.site, s.seats);
  std::vector<double> seconds;
  constexpr int steps = 9;
  for (int i = 0; i < steps; ++i) {
    MPI_Barrier(comm);
    double t = 0.0;
    {
      const Stopwatch watch(t);
      Timings ignored;
      stepper.advance(s.state, numbers.step, ignored);
    }
    MPI_Allreduce(MPI_IN_PLACE, &t, 1, MPI_DOUBLE, MPI_MAX, comm);
    if (i > 1) seconds.push_back(t);
  }
  return median(std::move(seconds));
}

SampleTissue sample_tissue(const Parameters& p, std::span<const PlacedCell> cells, std::int64_t most_voxels) {
  SampleTissue t{make_grid(p.domain), {cells.begin(), cells.end()}};
  if (t.grid.size() <= most_voxels) return t;
  const Grid whole = t.grid;
  t.grid.voxels = no_larger(t.grid.voxels, most_voxels);
  const double share = static_cast<double>(t.grid.size()) / static_cast<double>(whole.size());
  t.cells = mixture(whole, cells, t.grid, static_cast<std::int64_t>(share * static_cast<double>(cells.size())));
  return t;
}

SampleSize sample_of_share(const Grid& grid, int ranks, std::size_t cells) {
  const Layout uniform = uniform_layout(grid, ranks);
  SampleSize size;
  for (std::size_t a = 0; a < 3; ++a) size.voxels[a] = std::max<std::int64_t>(1, grid.voxels[a] / uniform.ranks[a]);
  size.most_voxels = 1 << 21;
  size.cells = std::clamp<std::int64_t>(static_cast<std::int64_t>(cells) / ranks, 256, 1 << 16);
  size.cells_of_type = 1 << 11;
  return size;
}

StepCost measure_step_cost(const Parameters& p, const RunNumbers& numbers, std::span<const PlacedCell> cells,
                           const SampleSize& size) {
  // What a step takes there, in at most so many voxels: where that is long, it is not tried.
  constexpr double longest_sample = 0.3;
  const double share = static_cast<double>(std::min(size.most_voxels, numbers.grid.size())) /
                       static_cast<double>(std::max<std::int64_t>(1, numbers.grid.size()));
  if (numbers.step_seconds * std::max(share, 1e-3) > longest_sample) return typical(p, numbers);
  try {
    return measured(p, numbers, cells, size);
  } catch (const Error&) {
    return typical(p, numbers);
  }
}

}  // namespace vesicast
