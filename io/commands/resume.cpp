#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "decomposition/collectively.hpp"
#include "decomposition/petsc.hpp"
#include "io/checkpoint/checkpoint.hpp"
#include "io/checkpoint/checkpoints.hpp"
#include "io/checkpoint/keeper.hpp"
#include "io/commands/commands.hpp"
#include "io/commands/going.hpp"
#include "io/commands/input.hpp"
#include "io/commands/input_copies.hpp"
#include "io/commands/run_text.hpp"
#include "io/config/difference.hpp"
#include "io/maps/read_map.hpp"
#include "io/run_folder/provenance.hpp"
#include "io/run_folder/run_folder.hpp"
#include "src/parameters/parameters.hpp"
#include "src/plan/weighted_cut.hpp"
#include "src/run/assemble.hpp"
#include "vesicast_version.hpp"

namespace vesicast::io {
namespace {

namespace fs = std::filesystem;

/// May the key say something else when a run is taken up again?
bool may_change(const std::string& key) {
  return key == "run.end" || key == "run.cut" || key.starts_with("output.") || key.starts_with("checkpoint.");
}

void require_same(const std::string& before, const std::string& now) {
  std::string text;
  int count = 0;
  for (const ConfigDifference& d : config_differences(before, now)) {
    if (may_change(d.key)) continue;
    const auto shown = [](const std::string& value) { return value.empty() ? "nothing" : value; };
    if (++count <= 20) text += fmt::format("\n  {} = {}, was {}", d.key, shown(d.after), shown(d.before));
  }
  if (count == 0) return;
  if (count > 20) text += fmt::format("\n  and {} more", count - 20);
  throw InputError(
      fmt::format("the configuration is not the one that the run began with (run.end, run.cut, output and "
                  "checkpoint may change):{}",
                  text));
}

/// The options of PETSc's that the run began with, where none are given now.
void take_over_petsc_options(const std::string& before) {
  const std::string now = petsc::all_options();
  if (now == before) return;
  if (!now.empty())
    throw InputError(
        fmt::format("the run began with the PETSc options \"{}\", not \"{}\"; leave them out, and they are "
                    "those again",
                    before, now));
  petsc::insert_options(before);
}

void lock_run(const fs::path& folder, PreparedFolder& prepared) {
  if (!fs::is_directory(folder)) throw InputError(fmt::format("{} is not a folder", folder.string()));
  if (!is_run_folder(folder))
    throw InputError(
        fmt::format("{} is not the folder of a vesicast run: it has no provenance.json of vesicast", folder.string()));
  prepared.lock = std::make_unique<FolderLock>(folder);
  if (checkpoints_of(folder).empty())
    throw InputError(
        fmt::format("{} has no checkpoint to go on from; begin anew: vesicast run CONFIG --output {} --overwrite",
                    folder.string(), folder.string()));
}

std::string how_it_ended(const LastAttempt& last, const PreparedFolder& prepared) {
  std::string text = last.text();
  if (prepared.lock && prepared.lock->stale()) text += fmt::format(" ({} is no more)", prepared.lock->stale()->text());
  return text;
}

/// The newest checkpoint that is whole, as a simulation.
struct Found {
  Simulation simulation;
  WeightedCut cut;
  Manifest manifest;
  fs::path folder;
};

class Finder {
 public:
  Finder(MPI_Comm comm, const fs::path& run_folder, const Parameters& parameters, const std::string& config, Log& log)
      : comm_(comm), run_folder_(run_folder), parameters_(parameters), config_(config), log_(log) {}

  Found newest() {
    for (const fs::path& folder : all_checkpoints()) {
      try {
        return taken_up(folder);
      } catch (const Damaged& e) {
        log_.warning(fmt::format("{}; an older checkpoint is used", e.what()));
      }
    }
    throw AgreedError(ExitCode::bad_input,
                      fmt::format("{} has no checkpoint that is whole; begin anew: vesicast run {} "
                                  "--output FOLDER",
                                  run_folder_.string(), (run_folder_ / run_files::config).string()));
  }

 private:
  struct Damaged : std::runtime_error {
    using std::runtime_error::runtime_error;
  };

  /// Rank 0's list, on all.
  [[nodiscard]] std::vector<fs::path> all_checkpoints() {
    std::string list;
    collectively(comm_, [&] {
      int rank = 0;
      MPI_Comm_rank(comm_, &rank);
      if (rank != 0) return;
      for (const fs::path& folder : checkpoints_of(run_folder_)) list += folder.filename().string() + "\n";
    });
    list = broadcast(comm_, list);
    std::vector<fs::path> folders;
    for (std::size_t at = 0; at < list.size();) {
      const std::size_t end = list.find('\n', at);
      folders.push_back(run_folder_ / run_files::checkpoints / list.substr(at, end - at));
      at = end + 1;
    }
    return folders;
  }

  /// `f` is collective.
  template <class F>
  static auto unless_damaged(F&& f) {
    try {
      return f();
    } catch (const AgreedError& e) {
      if (e.code() != ExitCode::bad_input) throw;
      throw Damaged(e.what());
    }
  }

  Found taken_up(const fs::path& folder) {
    Manifest manifest = unless_damaged([&] { return read_manifest(comm_, folder); });
    collectively(comm_, [&] {
      require_same(manifest.config, config_);
      if (manifest.numbers.time > parameters_.run.end)
        throw InputError(fmt::format("the run is at {:g} s already, and run.end = {:g} s",
                                     to_seconds(manifest.numbers.time), to_seconds(parameters_.run.end)));
      take_over_petsc_options(manifest.petsc_options);
    });
    if (manifest.commit != VESICAST_COMMIT)
      log_.warning(fmt::format("the checkpoint is of vesicast {} ({}), this is {} ({}): the same bits are not promised",
                               manifest.program_version, manifest.commit, VESICAST_VERSION, VESICAST_COMMIT));
    Model model = make_model(parameters_);
    Stored stored = unless_damaged([&] { return read_checkpoint(comm_, folder, manifest, model); });
    WeightedCut cut = choose_cut(comm_, parameters_, gather_placed(comm_, stored.cells));
    return {restore(std::move(model), comm_, std::move(stored), read_map, cut.layout), std::move(cut),
            std::move(manifest), folder};
  }

  MPI_Comm comm_;
  const fs::path& run_folder_;
  const Parameters& parameters_;
  const std::string& config_;
  Log& log_;
};

}  // namespace

ExitCode resume(const ResumeOptions& options) {
  const auto begin = std::chrono::steady_clock::now();
  const MPI_Comm comm = MPI_COMM_WORLD;
  int rank = 0, ranks = 1;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &ranks);
  Log log(rank == 0, !options.quiet);
  const fs::path& folder = options.folder;
  PreparedFolder prepared;
  LastAttempt last;
  int before = -1;
  collectively(comm, [&] {
    if (rank != 0) return;
    lock_run(folder, prepared);
    last = last_attempt(folder);
    before = last.exit_status.value_or(-1);
  });
  MPI_Bcast(&before, 1, MPI_INT, 0, comm);
  require_shared(comm, folder);
  const Input input = prepare_input_without_cells(comm, folder / run_files::config, options.overrides);
  const std::string config = with_names_of_copies(input.resolved.toml, folder);
  Found found = Finder(comm, folder, input.parameters(), config, log).newest();
  Simulation& s = found.simulation;
  if (before == static_cast<int>(ExitCode::done) && config == found.manifest.config) {
    log.info(fmt::format("{} has reached its end, {:g} s; a later one: --set run.end=\"...\"", folder.string(),
                         to_seconds(input.parameters().run.end)));
    return ExitCode::done;
  }
  RunRecord record = RunRecord::of_resumed_run(folder, options.command_line, config, facts_of(s), begin);
  collectively(comm, [&] {
    if (rank != 0) return;
    log.also_to(folder / run_files::log, true);
    std::error_code none;
    fs::remove(folder / stop_file, none);
  });
  log.info(fmt::format("vesicast resume {} on {} rank{}: from {}, t = {:g} s, step {}", folder.string(), ranks,
                       ranks == 1 ? "" : "s", found.folder.filename().string(), to_seconds(s.state.time),
                       s.state.steps));
  if (rank == 0) log.info(how_it_ended(last, prepared));
  if (ranks > 1) log.info(cut_text(found.cut));
  log.info(fmt::format("integrator   {}", s.site.transport->integrator()));
  return go(s, record, log,
            {.folder = folder,
             .max_walltime = options.max_walltime,
             .log_timing = options.log_timing,
             .predicted_work = found.cut.work,
             .begin = begin,
             .seen = found.manifest.outputs});
}

}  // namespace vesicast::io
