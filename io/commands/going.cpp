#include "io/commands/going.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "decomposition/collectively.hpp"
#include "decomposition/petsc.hpp"
#include "io/checkpoint/keeper.hpp"
#include "io/commands/run_report.hpp"
#include "io/output/cell_output.hpp"
#include "io/output/field_output.hpp"
#include "io/output/progress.hpp"
#include "io/output/step_log.hpp"
#include "io/output/table_output.hpp"
#include "io/run_folder/atomic_file.hpp"
#include "io/run_folder/provenance.hpp"
#include "io/run_folder/run_folder.hpp"
#include "src/parameters/parameters.hpp"
#include "src/run/simulate.hpp"

namespace vesicast::io {
namespace {

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
    if (p.output.fields_every > 0 && !p.output.tables_only) all.push_back(&fields);
    if (p.output.cells_every > 0 && !p.output.tables_only) all.push_back(&cells);
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

Schedule schedule_of(const std::vector<SeenOutput>& seen, const Outputs& outputs, Ticks now) {
  Schedule schedule;
  for (const Observer* o : outputs.all) {
    Schedule::Due& due = schedule.observers.emplace_back();
    if (o->name().empty()) {  // it has nothing to go on with
      due.seen = 1;
      due.last = now;
    } else if (const auto it = std::ranges::find(seen, o->name(), &SeenOutput::name); it != seen.end()) {
      due.seen = it->seen;
      due.last = it->last;
    }
  }
  return schedule;
}

/// A line for log.txt from a rank that does not keep the log.
void log_alone(const std::filesystem::path& folder, const std::string& text) {
  try {
    OpenFile::open(folder / run_files::log).write(text + "\n");
  } catch (const Error&) {
    // The failure itself is told all the same.
  }
}

/// The loop, with steps as the parameters want them.
RunEnd simulate_as_asked(Simulation& s, const Lookers& lookers, Schedule& schedule, Timings& timings) {
  const RunParameters& run = s.model.parameters().run;
  if (!run.automatic) return simulate(s, run.end, run.step, lookers, schedule, timings);
  StepControl control(*run.automatic, s.site);
  return simulate(s, run.end, std::ref(control), lookers, schedule, timings);
}

}  // namespace

std::vector<Note> notes_of(const Parameters& p) {
  return {{"program", "vesicast"}, {"seed", std::to_string(p.run.seed)}};
}

RunFacts facts_of(const Simulation& s) {
  return {s.comm(), s.model.parameters().run.seed, s.site.transport->integrator(), s.state.time};
}

ExitCode go(Simulation& s, RunRecord& record, Log& log, const GoOptions& options) {
  const Parameters& p = s.model.parameters();
  Outputs outputs(s, options.folder, log);
  CheckpointKeeper keeper(
      {options.folder, p.checkpoint, options.max_walltime, options.begin, record.config(), petsc::all_options()},
      outputs.all, [&] { outputs.tables.flush(); }, log);
  Schedule schedule;
  if (options.seen) {
    schedule = schedule_of(*options.seen, outputs, s.state.time);
    keeper.resumed(s.state.steps, s.state.time);
  }
  const std::int64_t first_step = s.state.steps;
  Timings timings;
  RunEnd end = RunEnd::done;
  ExitCode code = ExitCode::done;
  try {
    end = simulate_as_asked(s, {outputs.all, &keeper}, schedule, timings);
    code = end == RunEnd::done ? ExitCode::done : ExitCode::stopped_early;
    collectively(s.comm(), [&] {
      outputs.tables.close();
      if (end == RunEnd::done) keeper.ended(s.domain->rank() == 0);
      record.end(code, s.state.time, keeper.reason());
    });
  } catch (const AgreedError& e) {
    log.error(fmt::format("stopped at t = {:g} s: {}", to_seconds(s.state.time), e.what()));
    try {
      record.end(e.code(), s.state.time);
    } catch (const Error&) {
      // The disk that failed the run may fail its record too; the run's own error is the one to report.
    }
    throw;
  } catch (...) {  // this rank's alone: the others wait for it, and main ends the job
    const LocalFailure failure = describe_current_exception();
    const int rank = s.domain->rank();
    log_alone(options.folder, fmt::format("error: stopped at t = {:g} s: rank {}: {}", to_seconds(s.state.time), rank,
                                          failure.message));
    record_lone_failure(options.folder, rank, failure.code, failure.message, to_seconds(s.state.time));
    throw;
  }
  if (options.log_timing) {
    report_timing(s, log, timings, s.state.steps - first_step, p.run.automatic.has_value());
    report_balance(s, log, timings.busy, options.predicted_work);
  }
  report_end(s, log, outputs.tables.ledger().worst_residual());
  outputs.steps.summarise();
  if (end == RunEnd::stopped)
    log.info(fmt::format("stopped at t = {:g} s by {}; go on with: vesicast resume {}", to_seconds(s.state.time),
                         keeper.reason(), options.folder.string()));
  else
    log.info(fmt::format("done in {}; results in {}", duration_text(record.seconds()), options.folder.string()));
  return code;
}

}  // namespace vesicast::io
