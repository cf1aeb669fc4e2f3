#include <fmt/format.h>

#include <sstream>

#include "decomposition/collectively.hpp"
#include "io/commands/commands.hpp"
#include "io/commands/going.hpp"
#include "io/commands/run_report.hpp"
#include "io/commands/run_text.hpp"
#include "io/maps/read_map.hpp"
#include "io/output/tissue_output.hpp"
#include "io/run_folder/atomic_file.hpp"
#include "io/run_folder/run_folder.hpp"
#include "io/tables/csv_writer.hpp"
#include "src/plan/weighted_cut.hpp"
#include "src/run/assemble.hpp"

namespace vesicast::io {
namespace {

std::filesystem::path folder_of(const RunOptions& options) {
  return options.output.empty() ? std::filesystem::path("runs") / options.config.stem() : options.output;
}

/// Where the run starts from the stationary field: what was solved, in words. All ranks fail alike, but for memory.
std::string start_from_stationary(Simulation& s) {
  std::string text;
  try {
    for (const StationaryField& field : start_stationary(s.state, s.model, s.site, s.seats))
      text += stationary_text(field);
  } catch (const MemoryError&) {
    throw;  // of this rank alone
  } catch (const Error& e) {
    throw AgreedError(e.code(), e.what());
  }
  return text;
}

/// What tables call their cells, as a table; nothing where none has ids.
void write_cell_ids(const std::filesystem::path& folder, const std::vector<TableId>& ids) {
  if (ids.empty()) return;
  TableText text{"id", "group", "table_id"};
  for (const TableId& one : ids) {
    text.add(one.cell).add(std::string_view(one.group)).add(std::string_view(one.id));
    text.end_row();
  }
  write_file_atomically(folder / run_files::cell_ids, text.text());
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

}  // namespace

ExitCode run(const RunOptions& options) {
  const auto begin = std::chrono::steady_clock::now();
  const MPI_Comm comm = MPI_COMM_WORLD;
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  Log log(rank == 0, !options.quiet);

  Input input = prepare_input(comm, options.config, options.overrides);
  const WeightedCut cut = choose_cut(comm, input.parameters(), input.cells);
  Simulation s = assemble(input.parameters(), comm, input.cells, read_map, cut.layout);
  Opening opening = opening_of(s, input);
  if (s.domain->size() > 1) opening.text += cut_text(cut) + '\n';
  if (input.parameters().run.steady) opening.text += start_from_stationary(s);

  const std::filesystem::path folder = folder_of(options);
  const PreparedFolder prepared = prepare(comm, folder, options.overwrite);
  RunRecord record = RunRecord::of_new_run(folder, options, input.files, input.resolved.toml, facts_of(s), begin);
  collectively(comm, [&] {
    if (rank != 0) return;
    write_cell_ids(folder, input.table_ids);
    log.also_to(folder / run_files::log);
  });
  input.cells = {};
  input.table_ids = {};
  log_opening(log, options, folder, s, opening);
  if (!prepared.moved_aside.empty())
    log.info(fmt::format("the unfinished run that was there is now {}", prepared.moved_aside.string()));
  if (!input.parameters().output.tables_only) {
    write_interstitium(s, folder, notes_of(input.parameters()));
    write_flow(s, folder, notes_of(input.parameters()));
  }
  return go(s, record, log,
            {.folder = folder,
             .max_walltime = options.max_walltime,
             .log_timing = options.log_timing,
             .predicted_work = cut.work,
             .begin = begin,
             .seen = std::nullopt});
}

}  // namespace vesicast::io
