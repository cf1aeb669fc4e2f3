#include <fmt/format.h>

#include <sstream>

#include "decomposition/collectively.hpp"
#include "io/commands/commands.hpp"
#include "io/commands/run_record.hpp"
#include "io/commands/run_report.hpp"
#include "io/commands/run_text.hpp"
#include "io/maps/read_map.hpp"
#include "io/output/cell_output.hpp"
#include "io/output/field_output.hpp"
#include "io/output/progress.hpp"
#include "io/output/step_log.hpp"
#include "io/output/table_output.hpp"
#include "io/output/tissue_output.hpp"
#include "io/run_folder/run_folder.hpp"
#include "src/run/assemble.hpp"
#include "src/run/simulate.hpp"

namespace vesicast::io {
namespace {

std::filesystem::path folder_of(const RunOptions& options) {
  return options.output.empty() ? std::filesystem::path("runs") / options.config.stem() : options.output;
}

std::vector<Note> notes_of(const Parameters& p) {
  return {{"program", "vesicast"}, {"seed", std::to_string(p.run.seed)}};
}

/// Where the run starts from the stationary field: what was solved, in words. All ranks fail alike.
std::string start_from_stationary(Simulation& s) {
  std::string text;
  collectively(s.comm(), [&] {
    for (const StationaryField& field : start_stationary(s.state, s.model, s.site, s.seats))
      text += stationary_text(field);
  });
  return text;
}

void log_opening(Log& log, const RunOptions& options, const std::filesystem::path& folder, const Simulation& s,
                 const Opening& opening) {
  int ranks = 1;
  MPI_Comm_size(s.comm(), &ranks);
  log.info(fmt::format("vesicast run {} -> {} on {} rank{}", options.config.string(), folder.string(), ranks,
                       ranks == 1 ? "" : "s"));
  std::istringstream lines(opening.text);
  for (std::string line; std::getline(lines, line);) log.info(line);
  log.info(fmt::format("integrator   {}", s.site.transport->integrator()));
  for (const std::string& warning : opening.warnings) log.warning(warning);
}

/// All that looks on while the run goes.
struct Outputs {
  Outputs(const Simulation& s, const std::filesystem::path& folder, Log& log)
      : tables(*s.domain, folder, s.model.parameters().output.series_every),
        fields(*s.domain, folder, s.model.parameters().output.fields_every, notes_of(s.model.parameters())),
        cells(*s.domain, folder, s.model.parameters().output.cells_every, notes_of(s.model.parameters())),
        progress(log, s.state.time, s.model.parameters().run.end),
        steps(log, s.model.parameters()) {
    const Parameters& p = s.model.parameters();
    all.push_back(&tables);
    if (p.output.fields_every > 0) all.push_back(&fields);
    if (p.output.cells_every > 0) all.push_back(&cells);
    all.push_back(&progress);
    if (p.run.automatic) all.push_back(&steps);
  }
  TableOutput tables;
  FieldOutput fields;
  CellOutput cells;
  Progress progress;
  StepLog steps;
  std::vector<Observer*> all;
};

/// The loop, with steps as the parameters want them.
void simulate_as_asked(Simulation& s, Outputs& outputs, Timings& timings) {
  const RunParameters& run = s.model.parameters().run;
  if (!run.automatic) return simulate(s, run.end, run.step, outputs.all, timings);
  StepControl control(*run.automatic, s.site);
  simulate(s, run.end, std::ref(control), outputs.all, timings);
}

}  // namespace

void run(const RunOptions& options) {
  const auto begin = std::chrono::steady_clock::now();
  const MPI_Comm comm = MPI_COMM_WORLD;
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  Log log(rank == 0, !options.quiet);

  Input input = prepare_input(comm, options.config, options.overrides);
  Simulation s = assemble(input.parameters(), comm, input.cells, read_map);
  Opening opening = opening_of(s, input);
  if (input.parameters().run.steady) opening.text += start_from_stationary(s);

  const std::filesystem::path folder = folder_of(options);
  prepare(comm, folder, options.overwrite);
  RunRecord record(folder, options, input, s, begin);
  input.cells = {};
  collectively(comm, [&] {
    if (rank == 0) log.also_to(folder / run_files::log);
  });
  log_opening(log, options, folder, s, opening);
  write_interstitium(s, folder, notes_of(input.parameters()));
  write_flow(s, folder, notes_of(input.parameters()));

  Outputs outputs(s, folder, log);
  Timings timings;
  try {
    simulate_as_asked(s, outputs, timings);
    collectively(comm, [&] {
      outputs.tables.close();
      record.end(ExitCode::done);
    });
  } catch (const AgreedError& e) {
    log.error(fmt::format("stopped at t = {:g} s: {}", to_seconds(s.state.time), e.what()));
    try {
      record.end(e.code());
    } catch (const Error&) {
      // The disk that failed the run may fail its record too; the run's own error is the one to report.
    }
    throw;
  }
  if (options.log_timing) report_timing(s, log, timings, input.parameters().run.automatic.has_value());
  report_end(s, log, outputs.tables.ledger().worst_residual());
  outputs.steps.summarise();
  log.info(fmt::format("done in {}; results in {}", duration_text(record.seconds()), folder.string()));
}

}  // namespace vesicast::io
