#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <thread>

#include "decomposition/collectively.hpp"
#include "decomposition/petsc.hpp"
#include "io/commands/input.hpp"
#include "io/commands/machine_file.hpp"
#include "io/commands/plan_text.hpp"
#include "io/commands/tissue_summary.hpp"
#include "io/output/planned.hpp"
#include "src/parameters/parameters.hpp"

namespace vesicast::io {
namespace {

PlannedDisk disk_of(const Parameters& p, const RunNumbers& n, std::size_t cells) {
  PlannedDisk d;
  for (const PlannedOutput& o : planned_outputs(p, static_cast<std::int64_t>(cells))) {
    d.outputs += o.bytes * static_cast<double>(o.times);
    d.files += o.files;
  }
  const CellPlan plan = plan_cells(p);
  double arrays = 0.0;
  for (const auto& has : plan.has) arrays += static_cast<double>(std::ranges::count(has, true));
  double fields = 0.0;
  for (const FieldKey& f : n.fields.fields) fields += p.vesicles[f.vesicle].matrix ? 2.0 : 1.0;
  d.checkpoint = 8.0 * fields * static_cast<double>(n.grid.size()) + (40.0 + 8.0 * arrays) * static_cast<double>(cells);
  d.kept = p.checkpoint.keep;
  if (p.checkpoint.every > 0) d.checkpoints += static_cast<double>(p.run.end / p.checkpoint.every);
  return d;
}

/// Rank 0's cells, on all. Collective.
std::vector<PlacedCell> on_all(MPI_Comm comm, std::vector<PlacedCell> cells) {
  auto count = static_cast<std::int64_t>(cells.size());
  MPI_Bcast(&count, 1, MPI_INT64_T, 0, comm);
  cells.resize(static_cast<std::size_t>(count));
  constexpr std::int64_t piece = 1 << 20;  // counts of MPI are int
  for (std::int64_t begin = 0; begin < count; begin += piece)
    MPI_Bcast(cells.data() + begin,
              static_cast<int>(std::min(piece, count - begin) * static_cast<std::int64_t>(sizeof(PlacedCell))),
              MPI_BYTE, 0, comm);
  return cells;
}

void check(const PlanOptions& o) {
  if (o.ranks.empty()) throw InputError("--ranks: give at least one number of ranks, as --ranks 1,8,64");
  if (!(o.efficiency > 0.0 && o.efficiency <= 1.0))
    throw InputError(fmt::format("--efficiency {:g}: above 0 and at most 1", o.efficiency));
}

}  // namespace

void plan(const PlanOptions& options, std::ostream& out) {
  const MPI_Comm comm = MPI_COMM_WORLD;
  int rank = 0, ranks = 1;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &ranks);
  collectively(comm, [&] { check(options); });
  Input input = prepare_input(comm, options.config, options.overrides);
  const Parameters& p = input.parameters();
  Machine machine;
  int per_node = options.per_node;
  collectively(comm, [&] {
    if (!options.measure && !options.machine.empty()) machine = read_machine(options.machine);
  });
  if (per_node <= 0) per_node = std::max(machine.busy_ranks, static_cast<int>(std::thread::hardware_concurrency()));
  RunNumbers numbers;
  collectively(comm, [&] {
    if (rank != 0) return;
    numbers = derive_numbers(p, tissue_summary(p, input.cells), input.cells, 1);
    if (!petsc::integrates()) require_bearable(numbers);
  });
  if (options.measure) {
    // All ranks take the samples that rank 0 takes.
    const std::vector<PlacedCell> cells = on_all(comm, input.cells);
    collectively(comm, [&] {
      if (rank != 0) numbers = derive_numbers(p, constant_summary(p), cells, 1);
    });
    machine = measure_machine(comm, p, numbers, cells);
    collectively(comm, [&] {
      if (rank != 0) return;
      machine.disk = disk_speed(std::filesystem::current_path());
      if (!options.machine.empty()) write_machine(options.machine, machine);
    });
  }
  collectively(comm, [&] {
    if (rank != 0) return;
    const PlannedDisk disk = disk_of(p, numbers, input.cells.size());
    const double steps = numbers.first ? static_cast<double>(p.run.end) / static_cast<double>(numbers.step)
                                       : static_cast<double>(numbers.steps);
    const PlannedRun run{p, numbers, input.cells, std::ceil(steps), disk.outputs + disk.checkpoints * disk.checkpoint};
    const std::vector<Prediction> all = predict(run, options.ranks, machine, per_node);
    if (options.json)
      out << plan_json(options, run, all, machine, disk);
    else
      out << plan_text(options, run, all, machine, per_node, disk);
  });
}

}  // namespace vesicast::io
