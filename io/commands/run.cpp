#include <fmt/format.h>
#include <mpi.h>
#include <sys/resource.h>

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

#include "decomposition/collectively.hpp"
#include "decomposition/route.hpp"
#include "io/commands/commands.hpp"
#include "io/commands/input.hpp"
#include "io/commands/run_text.hpp"
#include "io/config/series_table.hpp"
#include "io/log/log.hpp"
#include "io/maps/read_map.hpp"
#include "io/output/cell_output.hpp"
#include "io/output/field_output.hpp"
#include "io/output/progress.hpp"
#include "io/output/step_log.hpp"
#include "io/output/table_output.hpp"
#include "io/output/tissue_output.hpp"
#include "io/run_folder/run_folder.hpp"
#include "io/text/read_text.hpp"
#include "src/model/cargo_supply.hpp"
#include "src/parameters/size_bins.hpp"
#include "src/run/simulation.hpp"
#include "src/start/stationary_start.hpp"

namespace vesicast::io {
namespace {

using Clock = std::chrono::steady_clock;

struct World {
  MPI_Comm comm = MPI_COMM_WORLD;
  int rank = 0, size = 1;
};

World world() {
  World w;
  MPI_Comm_rank(w.comm, &w.rank);
  MPI_Comm_size(w.comm, &w.size);
  return w;
}

/// The configuration, read once and resolved alike on every rank.
Resolved read_config(const World& w, const RunOptions& options) {
  const auto text_of = [&](const std::filesystem::path& file) {
    std::string text;
    collectively(w.comm, [&] {
      if (w.rank == 0) text = read_text(file);
    });
    return broadcast(w.comm, text);
  };
  const std::string text = text_of(options.config);
  TableTexts effects;
  for (const std::string& file : named_tables(text, options.config.string(), options.overrides))
    effects.emplace(file, text_of(file));
  Resolved resolved;
  collectively(w.comm, [&] { resolved = resolve(text, options.config.string(), options.overrides, effects); });
  std::map<std::string, std::string> tables;
  for (const SeriesFile& series : resolved.series) tables.emplace(series.file, text_of(series.file));
  collectively(w.comm, [&] {
    read_series(resolved, [&](const std::string& file) { return tables.at(file); });
    resolved.parameters = with_size_bins(std::move(resolved.parameters));
    check_starts(resolved.parameters);
  });
  return resolved;
}

/// This rank's cells, out of those that rank 0 placed.
Cells own_cells(const World& w, const Domain& domain, const Parameters& p, const std::vector<PlacedCell>& placed) {
  std::vector<int> destination;
  destination.reserve(placed.size());
  for (const PlacedCell& c : placed) destination.push_back(domain.owner(c.position));
  return {domain, route(w.comm, std::span<const PlacedCell>(placed), destination), plan_cells(p)};
}

Provenance make_provenance(const World& w, const RunOptions& options, const Parameters& p, const Tissue& tissue,
                           const std::string& integrator) {
  Provenance provenance;
  provenance.command_line = options.command_line;
  provenance.seed = p.run.seed;
  provenance.ranks = w.size;
  provenance.hosts = host_names(w.comm);
  provenance.petsc_version = petsc::version();
  provenance.petsc_options = petsc::all_options();
  provenance.integrator = integrator;
  std::array<char, MPI_MAX_LIBRARY_VERSION_STRING> mpi{};
  int length = 0;
  MPI_Get_library_version(mpi.data(), &length);
  provenance.mpi_version = mpi.data();
  provenance.tables = tissue.tables;
  provenance.started = std::chrono::system_clock::now();
  return provenance;
}

/// Peak resident memory of this process [MiB].
double peak_mebibytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

/// Largest and mean over the ranks, on every rank.
std::pair<double, double> spread(const World& w, double value) {
  double largest = value, sum = value;
  MPI_Allreduce(MPI_IN_PLACE, &largest, 1, MPI_DOUBLE, MPI_MAX, w.comm);
  MPI_Allreduce(MPI_IN_PLACE, &sum, 1, MPI_DOUBLE, MPI_SUM, w.comm);
  return {largest, sum / w.size};
}

void log_timing(const World& w, Log& log, const Timings& t, std::int64_t steps, bool automatic) {
  log.info("wall time by part      total, slowest rank    mean of ranks    per step");
  const auto part = [&](const char* name, double seconds) {
    const auto [largest, mean] = spread(w, seconds);
    log.info(fmt::format("  {:<11} {:>23.3f} s {:>14.3f} s {:>9.3f} ms", name, largest, mean,
                         1e3 * largest / static_cast<double>(std::max<std::int64_t>(1, steps))));
  };
  part("transport", t.transport);
  part("cells", t.cells);
  if (automatic) part("step choice", t.step_control);
  part("ledger", t.ledger);
  part("output", t.output);
  const auto [largest, mean] = spread(w, peak_mebibytes());
  log.info(fmt::format("  peak memory {:.0f} MiB on the largest rank, {:.0f} MiB on all", largest, mean * w.size));
}

std::filesystem::path default_folder(const RunOptions& options) {
  return std::filesystem::path("runs") / options.config.stem();
}

std::vector<Note> notes_of(const Parameters& p) {
  return {{"program", "vesicast"}, {"seed", std::to_string(p.run.seed)}};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace

void run(const RunOptions& options) {
  const World w = world();
  const auto begin = Clock::now();
  Log log(w.rank == 0, !options.quiet);
  const Resolved resolved = read_config(w, options);
  const Parameters& p = resolved.parameters;
  Tissue tissue;
  collectively(w.comm, [&] {
    if (w.rank != 0) return;
    tissue = read_tissue(p);
    std::set<std::string> files = map_files(p);
    for (const SeriesFile& series : resolved.series) files.insert(series.file);
    files.insert(resolved.tables.begin(), resolved.tables.end());
    for (const std::string& file : files) tissue.tables.push_back(record_input(file));
  });

  const Grid grid = make_grid(p.domain);
  std::optional<Domain> cut;
  collectively(w.comm, [&] { cut.emplace(w.comm, grid, periodic_axes(p), uniform_layout(grid, w.size)); });
  const Domain& domain = *cut;
  Cells mine = own_cells(w, domain, p, tissue.cells);
  Interstitium interstitium = make_interstitium(p, domain, mine, read_map);
  std::string text;
  std::vector<std::string> warnings = resolved.warnings;
  warnings.insert(warnings.end(), tissue.warnings.begin(), tissue.warnings.end());
  Ticks first_step = p.run.step;
  collectively(w.comm, [&] {
    if (w.rank != 0) return;
    const RunNumbers numbers = derive_numbers(p, interstitium.summary, tissue.cells, w.size);
    text = run_text(numbers, p, w.size) + tissue_text(interstitium.summary, p);
    warnings.insert(warnings.end(), numbers.warnings.begin(), numbers.warnings.end());
    first_step = numbers.step;
  });
  MPI_Bcast(&first_step, 1, MPI_INT64_T, 0, w.comm);
  std::optional<SteadyFlow> flow = make_flow(p, domain, interstitium, read_map);
  const Model model = make_model(p, domain, mine, std::move(interstitium), std::move(flow));
  if (model.flow) text += flow_text(flow_numbers(model, domain, to_seconds(first_step)), model);
  State state = make_state(model, domain, std::move(mine));
  if (p.run.steady)  // all ranks fail alike: one message, and an end in good order
    collectively(domain.comm(), [&] {
      for (const StationaryField& field : start_stationary(state, model, domain)) text += stationary_text(field);
    });

  const std::filesystem::path folder = options.output.empty() ? default_folder(options) : options.output;
  prepare(w.comm, folder, options.overwrite);
  Provenance provenance = make_provenance(w, options, p, tissue, model.transport->integrator());
  tissue.cells.clear();
  tissue.cells.shrink_to_fit();
  collectively(w.comm, [&] {
    if (w.rank != 0) return;
    provenance.config = record_input(options.config);
    write_provenance(folder, provenance);
    write_file_atomically(folder / run_files::config, resolved.toml);
    log.also_to(folder / run_files::log);
  });
  log.info(fmt::format("vesicast run {} -> {} on {} rank{}", options.config.string(), folder.string(), w.size,
                       w.size == 1 ? "" : "s"));
  for (const auto& line : lines_of(text)) log.info(line);
  log.info(fmt::format("integrator   {}", model.transport->integrator()));
  for (const std::string& warning : warnings) log.warning(warning);

  write_interstitium(domain, folder, model, notes_of(p));
  write_flow(domain, folder, model, notes_of(p));
  TableOutput tables(domain, folder, p.output.series_every);
  FieldOutput fields(domain, folder, p.output.fields_every, notes_of(p));
  CellOutput cells(domain, folder, p.output.cells_every, notes_of(p));
  Progress progress(log, state.time, p.run.end);
  std::vector<Observer*> observers;
  observers.push_back(&tables);
  if (p.output.fields_every > 0) observers.push_back(&fields);
  if (p.output.cells_every > 0) observers.push_back(&cells);
  observers.push_back(&progress);
  StepLog steps(log, p);
  std::optional<StepControl> control;
  if (p.run.automatic) {
    control.emplace(*p.run.automatic, model, domain, state);
    observers.push_back(&steps);
  }

  Timings timings;
  const auto record = [&](ExitCode code) {
    provenance.finished = std::chrono::system_clock::now();
    provenance.wall_seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    provenance.exit_status = code;
    if (w.rank == 0) write_provenance(folder, provenance);
  };
  try {
    if (control)
      simulate(state, model, domain, p.run.end, *control, observers, timings);
    else
      simulate(state, model, domain, p.run.end, p.run.step, observers, timings);
    collectively(w.comm, [&] {
      tables.close();
      record(ExitCode::done);
    });
  } catch (const AgreedError& e) {
    log.error(fmt::format("stopped at t = {:g} s: {}", to_seconds(state.time), e.what()));
    try {
      record(e.code());
    } catch (const Error&) {
      // The disk that failed the run may fail its record too; the run's own error is the one to report.
    }
    throw;
  }
  if (options.log_timing) log_timing(w, log, timings, state.steps, control.has_value());
  const double residual = tables.ledger().worst_residual();
  log.info(fmt::format("ledger closes to {:.1e}", residual));
  if (residual > 1e-8) log.warning(fmt::format("{} conserves only to its tolerance", model.transport->integrator()));
  log.info(fmt::format("{} steps, {} stencil sweeps", state.steps, model.transport->sweeps()));
  steps.summarise();
  double least = model.transport->most_negative();
  MPI_Allreduce(MPI_IN_PLACE, &least, 1, MPI_DOUBLE, MPI_MIN, w.comm);
  if (least < 0.0)
    log.warning(fmt::format("{} left voxels as low as {:.3g} vesicles", model.transport->integrator(), least));
  for (const std::string& name : petsc::unused_options())
    log.warning(fmt::format("the PETSc option -{} was not used by anything", name));
  log.info(fmt::format("done in {}; results in {}",
                       duration_text(std::chrono::duration<double>(Clock::now() - begin).count()), folder.string()));
}

}  // namespace vesicast::io
